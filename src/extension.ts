import * as vscode from "vscode";
import { type CommandId, commandIds, isTerminalCommand, isTunnelCommand } from "./editor/commands.ts";
import { logBug, openLog } from "./editor/log.ts";
import type { SafeLine } from "./editor/machine/restart.ts";
import type { Session } from "./editor/session.ts";
import { openStatusItem } from "./editor/status-item.ts";
import type { TunnelSession } from "./editor/tunnels/session.ts";
import type { TerminalSession } from "./terminal/session.ts";

/** Wires the parts. Parsers, tables, terminals and tunnels are loaded afterwards, so that nobody waits for us when the editor starts. */
export function activate(context: vscode.ExtensionContext): void {
  const log = openLog();
  const status = openStatusItem();
  context.subscriptions.push(log, status);
  const session = once(async (): Promise<Session> => {
    const { startSession } = await import("./editor/session.ts");
    return kept(await startSession(context.extensionUri, log));
  });
  const tunnels = once(async (): Promise<TunnelSession> => {
    const { startTunnelSession } = await import("./editor/tunnels/session.ts");
    const safeLine: SafeLine = async (words) => (await terminals()).safeLine(words);
    return kept(startTunnelSession(context, status, log, safeLine));
  });
  const terminals = once(async (): Promise<TerminalSession> => {
    const { startTerminalSession } = await import("./terminal/session.ts");
    return kept(startTerminalSession(context, session(), status, log));
  });

  function kept<T extends vscode.Disposable>(part: T): T {
    context.subscriptions.push(part);
    return part;
  }

  async function run(id: CommandId, given: readonly unknown[]): Promise<unknown> {
    if (isTunnelCommand(id)) return (await tunnels()).commands[id](...given);
    if (isTerminalCommand(id)) return (await terminals()).commands[id](...given);
    return (await session()).commands[id](...given);
  }

  for (const id of commandIds)
    context.subscriptions.push(vscode.commands.registerCommand(id, (...given: unknown[]) => run(id, given)));
  const failed = (error: unknown) => logBug(log, "Launch Guard could not start.", error);
  setTimeout(() => {
    terminals().catch(failed);
    tunnels().catch(failed);
  }, 0);
}

/** What is started on first use. */
function once<T>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  return () => {
    started ??= start();
    return started;
  };
}
