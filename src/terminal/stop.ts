import * as vscode from "vscode";
import type { ShellName } from "../core/command/typed.ts";
import type { StartedContainer } from "../core/invocation.ts";
import type { JudgedLaunch } from "../core/lint.ts";
import { insertable, literal } from "../core/word.ts";
import { fromHere, isBeyondKeys } from "./from-here.ts";
import { portThere } from "./listening.ts";
import { runIn } from "./run-in.ts";
import type { Running } from "./running.ts";
import type { Started } from "./started.ts";

/** How long a server may take to end after it was asked to, and how long after the first of several Ctrl-C. */
const patienceMs = 30_000;
const pauseMs = 500;

/**
 * Stops a launch as its tool wants to be stopped; answers whether it has ended. A container is stopped by its engine, a
 * server in the background by its own command, and what holds a terminal by Ctrl-C, as often as it takes. A server on a
 * host outlives an `ssh` that passes no terminal on: there it is ended by another one.
 */
export async function stop({ started, judged }: Running): Promise<boolean> {
  const line = stopLine(judged, started.typed.shell);
  const { on, container } = judged.launch.runs;
  if (started.isRunning()) {
    if (line !== undefined && (container || isBeyondKeys(judged))) return fromOutside(started, line);
    return !isBeyondKeys(judged) && interrupted(started, judged);
  }
  // Compose replaces what has changed by itself.
  if (line === undefined) return on === "container";
  return (await started.run(line)).code === 0;
}

/** The command that ends a launch, for a shell of this machine; nothing where Ctrl-C does, or where nobody knows one. */
function stopLine(judged: JudgedLaunch, shell: ShellName): string | undefined {
  const { runs } = judged.launch;
  const line = runs.container ? containerStop(runs.container, portThere(judged)) : serverStop(judged);
  return line === undefined ? undefined : fromHere(line, judged, shell);
}

function containerStop({ program, name: word }: StartedContainer, port: number | undefined): string | undefined {
  const name = literal(word);
  if (name !== undefined && insertable(name)) return `${program} stop ${name}`;
  return port === undefined ? undefined : `${program} stop $(${program} ps -q --filter publish=${port})`;
}

function serverStop(judged: JudgedLaunch): string | undefined {
  const { runs, tool } = judged.launch;
  if (runs.on === "container") return undefined;
  const port = portThere(judged);
  const own = tool.stop?.replace("{port}", String(port ?? "")).trim();
  if (!runs.ssh || port === undefined) return own;
  // The path of `ssh HOST` may lack the tool's own program: fuser(1) ends what of its user's own holds the port.
  const holder = `fuser -k -TERM ${port}/tcp`;
  return own === undefined ? holder : `${own} || ${holder}`;
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
  // It may ask: for a password, or about a key.
  terminal.show();
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
