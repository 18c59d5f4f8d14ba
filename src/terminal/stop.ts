import * as vscode from "vscode";
import type { JudgedLaunch } from "../core/lint.ts";
import { insertable, literal } from "../core/word.ts";
import { portOf } from "./listening.ts";
import { runIn } from "./run-in.ts";
import type { Running } from "./running.ts";
import type { Started } from "./started.ts";

/** How long a server may take to end after it was asked to, and how long after the first of several Ctrl-C. */
const patienceMs = 30_000;
const pauseMs = 500;

/**
 * Stops a launch as its tool wants to be stopped; answers whether it has ended. A container is stopped by its engine, a
 * server in the background by its own command, and what holds a terminal by Ctrl-C, as often as it takes.
 */
export async function stop({ started, judged }: Running): Promise<boolean> {
  const line = stopLine(judged);
  if (started.isRunning()) {
    if (line !== undefined && judged.launch.runs.container) return fromOutside(started, line);
    return interrupted(started, judged);
  }
  // Compose replaces what has changed by itself.
  if (line === undefined) return judged.launch.runs.on === "container";
  return (await started.run(line)).code === 0;
}

/** The command that ends a launch; nothing where Ctrl-C does, or where nobody knows one. */
export function stopLine(judged: JudgedLaunch): string | undefined {
  const { runs, tool } = judged.launch;
  const port = portOf(judged);
  const { container } = runs;
  if (container) {
    const name = literal(container.name);
    if (name !== undefined && insertable(name)) return `${container.program} stop ${name}`;
    return port === undefined
      ? undefined
      : `${container.program} stop $(${container.program} ps -q --filter publish=${port})`;
  }
  if (runs.on === "container" || runs.sshHost) return undefined;
  return tool.stop?.replace("{port}", String(port ?? "")).trim();
}

async function interrupted(started: Started, { launch: { tool } }: JudgedLaunch): Promise<boolean> {
  const times = tool.interrupts ?? 1;
  for (let time = 1; time <= times; time++) {
    started.interrupt();
    if (await endedWithin(started, time < times ? pauseMs : patienceMs)) return true;
  }
  return false;
}

/** What holds its own terminal is stopped in another one, where its user sees how. */
async function fromOutside(started: Started, line: string): Promise<boolean> {
  const terminal = vscode.window.createTerminal({ name: "Launch Guard", cwd: started.folder });
  void runIn(terminal, line);
  const ended = await endedWithin(started, patienceMs);
  if (ended) terminal.dispose();
  return ended;
}

async function endedWithin({ ended }: Started, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const answer = await Promise.race([ended.then(() => true), late]);
  clearTimeout(timer);
  return answer;
}
