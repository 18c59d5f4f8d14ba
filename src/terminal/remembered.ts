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

/** Keeps what runs in terminals as it changes. */
export function keepRunning(running: RunningLaunches, state: vscode.Memento): vscode.Disposable {
  return running.onDidChange(async () => {
    const kept = await Promise.all(running.all().map(keep));
    await state.update(
      key,
      kept.filter((each) => each !== undefined),
    );
  });
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

/** The commands of before a reload whose terminals are still there; each ends with the next that happens in its terminal. */
export async function remembered(state: vscode.Memento, machine: Machine): Promise<{ kept: Kept; started: Started }[]> {
  const read = keptSchema.safeParse(state.get(key) ?? []);
  if (!read.success) return [];
  const terminals = await Promise.all(
    vscode.window.terminals.map(async (terminal) => ({ terminal, pid: await terminal.processId })),
  );
  const texts = new Map(read.data.map((kept) => [`${kept.pid} ${kept.text}`, kept]));
  return [...texts.values()].flatMap((kept) => {
    const terminal = terminals.find(({ pid }) => pid === kept.pid)?.terminal;
    return terminal ? [{ kept, started: startedBefore(kept, terminal, machine) }] : [];
  });
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
