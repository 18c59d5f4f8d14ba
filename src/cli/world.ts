import type { isReadable, linksOf, lint, mayBeReadable } from "../core/lint.ts";
import type { Disk } from "./disk.ts";

export type Engine = {
  readonly lint: typeof lint;
  readonly linksOf: typeof linksOf;
  readonly isReadable: typeof isReadable;
  readonly mayBeReadable: typeof mayBeReadable;
};

/** Where text is written to; `columns` is the width of a terminal. */
export type Output = { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };

/** All that the command line touches outside itself, so that a test can be the world. */
export type World = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  readStdin(): Promise<Uint8Array>;
  readonly disk: Disk;
  /** Loaded when it is needed: `--help` does not wait for parsers. */
  readonly engine: Engine;
};

/** Tells the user something that is not part of the report. */
export function complain({ stderr }: Pick<World, "stderr">, sentence: string): void {
  stderr.write(`launch-guard: ${sentence}\n`);
}
