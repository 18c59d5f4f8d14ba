import * as vscode from "vscode";
import * as z from "zod/mini";
import { shellNames, typedPath } from "../core/command/typed.ts";
import { applyEdits } from "../core/text.ts";
import { ending } from "./ending.ts";
import type { Machine } from "./machine.ts";
import { runIn } from "./run-in.ts";
import type { Running, RunningLaunches } from "./running.ts";
import type { Started } from "./started.ts";

/** What is kept of a command over a reload of the window: enough to judge it again, and no secret. */
const keptSchema = z.array(
  z.object({
    /** Of the terminal's shell, which outlives the window. */
    pid: z.number(),
    text: z.string(),
    shell: z.enum(shellNames),
    folder: z.string(),
    /** Whether the text is what was typed; a secret in it was left out. */
    isWhole: z.boolean(),
    detached: z.boolean(),
    since: z.number(),
  }),
);
export type Kept = z.infer<typeof keptSchema>[number];

const key = "launchGuard.running";

/** Longer than any window stays away; what is older belongs to a terminal that is gone. */
const longestMs = 30 * 24 * 3600 * 1000;

/**
 * Keeps what runs in terminals as it changes, and hands over what was kept as its terminals turn up: they outlive the
 * window, and are back some time after it.
 */
export function rememberRunning(
  running: RunningLaunches,
  state: vscode.Memento,
  machine: Machine,
  listAgain: (kept: Kept, started: Started) => void,
): vscode.Disposable {
  let waiting = keptIn(state);

  async function turnedUp(terminal: vscode.Terminal): Promise<void> {
    const pid = await terminal.processId;
    const own = waiting.filter((kept) => kept.pid === pid);
    waiting = waiting.filter((kept) => kept.pid !== pid);
    const texts = new Map(own.map((kept) => [kept.text, kept]));
    for (const kept of texts.values()) listAgain(kept, startedBefore(kept, terminal, machine));
  }

  for (const terminal of vscode.window.terminals) void turnedUp(terminal);
  return vscode.Disposable.from(
    vscode.window.onDidOpenTerminal((terminal) => void turnedUp(terminal)),
    running.onDidChange(async () => {
      const kept = await Promise.all(running.all().map(keep));
      await state.update(key, [...waiting, ...kept.filter((each) => each !== undefined)]);
    }),
  );
}

function keptIn(state: vscode.Memento): Kept[] {
  const read = keptSchema.safeParse(state.get(key) ?? []);
  return read.success ? read.data.filter(({ since }) => since > Date.now() - longestMs) : [];
}

async function keep({ started, judged, since }: Running): Promise<Kept | undefined> {
  const pid = await started.terminal?.processId;
  if (pid === undefined || started.name !== undefined) return undefined;
  const secrets = judged.findings.filter(({ rule, at }) => rule === "token-leak" && at.path === typedPath);
  const text = applyEdits(
    started.typed.text,
    secrets.map(({ at }) => ({ ...at, text: "***" })),
  );
  const { shell } = started.typed;
  const { detached } = judged.launch;
  return { pid, text, shell, folder: started.folder.toString(), isWhole: secrets.length === 0, detached, since };
}

function startedBefore(
  { text, shell, folder, isWhole, detached }: Kept,
  terminal: vscode.Terminal,
  { on }: Machine,
): Started {
  const uri = vscode.Uri.parse(folder);
  const end = ending();
  if (detached) end.end(0);
  const parts = vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution((event) => event.terminal === terminal && over()),
    vscode.window.onDidEndTerminalShellExecution((event) => event.terminal === terminal && over()),
    vscode.window.onDidCloseTerminal((closed) => closed === terminal && over()),
  );
  function over(): void {
    parts.dispose();
    end.end(undefined);
  }
  return {
    typed: { text, shell, folder: uri.path, on, env: {} },
    folder: uri,
    terminal,
    isCertain: true,
    isVouchedFor: isWhole,
    ended: end.ended,
    isRunning: () => !end.isOver(),
    interrupt: () => terminal.sendText("\u0003", false),
    run: (line) => runIn(terminal, line),
  };
}
