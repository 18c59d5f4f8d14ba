import * as vscode from "vscode";
import { literal } from "../core/word.ts";
import type { CommandId } from "../editor/commands.ts";
import type { Wish } from "../editor/tunnels/wish.ts";
import { portOf } from "./listening.ts";
import type { Machine } from "./machine.ts";
import { runSafely } from "./run-safely.ts";
import type { Running } from "./running.ts";

/** The host that a launch runs on, where a tunnel would lead to it: of `ssh HOST …`, or of the window. */
export function tunnelHost({ judged }: Running, machine: Machine): string | undefined {
  return literal(judged.launch.runs.sshHost) ?? machine.sshHost;
}

/** Runs it safely where it runs, and opens a tunnel to it from here. */
export async function openTunnelInstead(running: Running, machine: Machine): Promise<void> {
  if (!(await runSafely(running))) return;
  const { launch } = running.judged;
  const typedHost = literal(launch.runs.sshHost);
  const port = typedHost === undefined ? portOf(running.judged) : launch.endpoints[0]?.ports[0]?.from;
  const wish: Wish = {
    tool: launch.tool.id,
    ...(port !== undefined && { port }),
    ...(typedHost !== undefined
      ? { namedHost: typedHost }
      : machine.sshHost !== undefined && { remoteHost: machine.sshHost }),
  };
  const command: CommandId = "launchGuard.openTunnel";
  await vscode.commands.executeCommand(command, wish);
}
