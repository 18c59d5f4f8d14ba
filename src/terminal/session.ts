import * as vscode from "vscode";
import type { Commands, TerminalCommandId } from "../editor/commands.ts";
import { type Log, logBug } from "../editor/log.ts";
import type { SafeLine } from "../editor/machine/restart.ts";
import type { Session } from "../editor/session.ts";
import { settingReader } from "../editor/setting-reader.ts";
import type { StatusItem } from "../editor/status-item.ts";
import { runningSection } from "./exposures-section.ts";
import { watchGone } from "./gone.ts";
import { type Guard, guardCommand } from "./guard.ts";
import { judging } from "./judging.ts";
import { lineOf } from "./line.ts";
import { openTokenLinks } from "./links.ts";
import { listAgain } from "./list-again.ts";
import { thisMachine } from "./machine.ts";
import { notify } from "./notice.ts";
import { type Kept, rememberRunning } from "./remembered.ts";
import { runSafely } from "./run-safely.ts";
import { type Running, type RunningLaunches, runningLaunches } from "./running.ts";
import { terminalSettingsSchema } from "./settings.ts";
import type { OnStarted, Started } from "./started.ts";
import { showInStatusBar } from "./status-bar.ts";
import { stop } from "./stop.ts";
import { watchDebugging } from "./watch-debug.ts";
import { watchTasks } from "./watch-tasks.ts";
import { watchTerminals } from "./watch-terminals.ts";

/** The terminal guard of a window at work. */
export type TerminalSession = vscode.Disposable & {
  readonly commands: Commands<TerminalCommandId>;
  readonly safeLine: SafeLine;
};

/** What the linter's half is needed for here. It takes its time to load, and commands are watched meanwhile. */
export type Linting = Pick<Session, "lent" | "linter" | "exposures">;

export function startTerminalSession(
  context: vscode.ExtensionContext,
  linting: Promise<Linting>,
  status: StatusItem,
  log: Log,
): TerminalSession {
  const machine = thisMachine(context);
  const running = runningLaunches();
  const gone = watchGone(running, machine.isHere);
  const settings = settingReader(terminalSettingsSchema, log);
  const failed = (error: unknown) => logBug(log, "A command could not be looked at.", error);
  const tell = (launch: Running) => void notify(launch, machine).catch(failed);
  const guarding = linting.then(
    ({ lent, linter }): Guard => ({ judging: judging(lent, linter), ...{ running, gone, settings, tell } }),
  );
  const onStarted: OnStarted = (started) => void guarding.then((guard) => guardCommand(started, guard)).catch(failed);
  const parts = vscode.Disposable.from(
    ...[watchTerminals, watchTasks, watchDebugging].map((watch) => watch(machine, onStarted)),
    showInStatusBar(running, status),
    openTokenLinks(running),
    gone,
    running,
  );
  const again = (kept: Kept, started: Started) =>
    void guarding.then((guard) => listAgain(kept, started, guard)).catch(failed);
  const later: vscode.Disposable[] = [rememberRunning(running, context.workspaceState, machine, again)];
  linting.then(({ exposures }) => later.push(exposures.add(runningSection(running, machine)))).catch(failed);
  return {
    commands: commandsOf(running),
    safeLine: async (words) => safeLineOf(words, await guarding),
    dispose: () => vscode.Disposable.from(...later, parts).dispose(),
  };
}

/** The line for a server that runs on this machine by these words, wherever it was started. */
async function safeLineOf(words: readonly string[], { judging }: Guard): Promise<string | undefined> {
  const folder = vscode.Uri.file("/");
  const text = lineOf(words, "posix");
  const judged = await judging({ typed: { text, shell: "posix", folder: folder.path, on: "host", env: {} }, folder });
  const safe = judged?.safe();
  return safe?.files.size === 0 ? safe.text : undefined;
}

/** Each is given the row of the view; a row whose launch is gone does nothing any more. */
function commandsOf(running: RunningLaunches): Commands<TerminalCommandId> {
  const withLaunch = (act: (launch: Running) => unknown) => async (given: unknown) => {
    // What a menu hands over is the row that the view was given.
    const launch = running.find((given as Pick<vscode.TreeItem, "id"> | undefined)?.id ?? "");
    return launch && act(launch);
  };
  return {
    "launchGuard.runSafely": withLaunch(runSafely),
    "launchGuard.stopLaunch": withLaunch((launch) => stopListed(launch, running)),
    "launchGuard.showLaunchTerminal": withLaunch(({ started }) => started.terminal?.show()),
  };
}

/** What does not end by itself, and what nobody can see ending, is taken off the list all the same where it was stopped. */
async function stopListed(launch: Running, running: RunningLaunches): Promise<void> {
  if (await stop(launch)) running.remove(launch);
  else void vscode.window.showWarningMessage(vscode.l10n.t("It does not end. Stop it by hand in its terminal."));
}
