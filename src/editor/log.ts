import * as vscode from "vscode";

export type Log = vscode.LogOutputChannel;

/** What Launch Guard does, for those who wonder. Paths and counts only: no text of a file, so no secret either. */
export function openLog(): Log {
  return vscode.window.createOutputChannel("Launch Guard", { log: true });
}

/** Runs one piece of work; a bug of ours in it is logged with its stack and spoils nothing else. */
export function guarded(log: Log, what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    logBug(log, what, error);
  }
}

export function logBug(log: Log, what: string, error: unknown): void {
  log.error(what, error instanceof Error ? (error.stack ?? error.message) : String(error));
}
