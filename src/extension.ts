import * as vscode from "vscode";
import { commandIds } from "./editor/commands.ts";
import { logBug, openLog } from "./editor/log.ts";
import type { Session } from "./editor/session.ts";

/** Wires the parts. Parsers and tables are loaded afterwards, so that nobody waits for us when the editor starts. */
export function activate(context: vscode.ExtensionContext): void {
  const log = openLog();
  context.subscriptions.push(log);
  let started: Promise<Session> | undefined;

  async function start(): Promise<Session> {
    const { startSession } = await import("./editor/session.ts");
    const session = await startSession(context.extensionUri, log);
    context.subscriptions.push(session);
    return session;
  }

  function session(): Promise<Session> {
    started ??= start();
    return started;
  }

  for (const id of commandIds)
    context.subscriptions.push(
      vscode.commands.registerCommand(id, async (...given: unknown[]) => (await session()).commands[id](...given)),
    );
  setTimeout(() => session().catch((error) => logBug(log, "Launch Guard could not start.", error)), 0);
}
