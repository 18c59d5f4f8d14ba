import { verdictOf } from "../core/command/judge.ts";
import type { JudgedLaunch } from "../core/lint.ts";
import { isAtLeast } from "../core/severity.ts";
import type { Gone } from "./gone.ts";
import { heard } from "./ignored.ts";
import type { Judged, Judging } from "./judging.ts";
import { portThere } from "./listening.ts";
import type { Running, RunningLaunches } from "./running.ts";
import type { TerminalSettings } from "./settings.ts";
import type { Started } from "./started.ts";

export type Guard = {
  readonly judging: Judging;
  readonly running: RunningLaunches;
  readonly gone: Gone;
  settings(): TerminalSettings;
  /** Tells of a launch; its user may take as long as they like to answer. */
  tell(launch: Running): void;
};

/** Lists the launches of a command while they run, and tells once of the worst of them. */
export async function guardCommand(started: Started, guard: Guard): Promise<void> {
  const judged = await guard.judging(started);
  if (judged) attend(started, judged, guard);
}

/** What is detached runs on when its command has ended well; anything else runs as long as its command. */
function attend(started: Started, judged: Judged, guard: Guard): void {
  const listAll = (detached: boolean) =>
    judged.launches
      .filter(({ launch }) => launch.detached === detached)
      .flatMap((launch) => {
        const listed = listedFor(launch, started, guard);
        if (!listed) return [list(launch, started, judged, guard)];
        // It has ended with the first of the two that ends.
        void started.ended.then(() => guard.running.remove(listed));
        return [];
      });
  // Its files were read meanwhile, so it may be over.
  if (started.isRunning()) tellWorst(listAll(false), guard);
  if (!judged.launches.some(({ launch }) => launch.detached)) return;
  void started.ended.then(({ code }) => {
    if (code === 0) tellWorst(listAll(true), guard);
  });
}

/** The same launch on the list: a terminal tells as well of what a task or a debugger starts in it. */
function listedFor(judged: JudgedLaunch, started: Started, { running }: Guard): Running | undefined {
  return running.all().find((other) => isSame(other, judged, started));
}

function isSame(other: Running, judged: JudgedLaunch, { name, terminal }: Started): boolean {
  const isOtherTeller = (other.started.name === undefined) !== (name === undefined);
  // A debugger does not say which terminal it uses.
  const terminals = [other.started.terminal, terminal];
  const mayBeThere = terminals[0] === terminals[1] || terminals.includes(undefined);
  const { tool } = judged.launch;
  return (
    isOtherTeller &&
    mayBeThere &&
    other.judged.launch.tool.id === tool.id &&
    portThere(other.judged) === portThere(judged)
  );
}

/** Puts a launch on the list, until its command has ended or, where it outlives that, until it is seen to be gone. */
export function list(
  launch: JudgedLaunch,
  started: Started,
  command: Judged,
  { running, gone, settings }: Guard,
  since = Date.now(),
): Running {
  const verdict = verdictOf(heard(launch, started.typed.text, settings()));
  const listed = running.add({ started, command, judged: launch, verdict, since });
  if (launch.launch.detached) void gone.watch(listed);
  else void started.ended.then(() => running.remove(listed));
  return listed;
}

/** Nobody is disturbed for a line that was guessed from the screen. */
function tellWorst(launches: readonly Running[], { settings, tell }: Guard): void {
  const level = settings()["terminal.notify"];
  if (level === "off") return;
  const loud = launches.filter(
    ({ started, verdict }) => started.isCertain && verdict && isAtLeast(verdict.severity, level),
  );
  const worst = loud.find(({ verdict }) => verdict?.severity === "error") ?? loud[0];
  if (worst) tell(worst);
}
