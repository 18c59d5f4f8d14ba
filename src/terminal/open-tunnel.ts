import * as vscode from "vscode";
import { typedPath } from "../core/command/typed.ts";
import { destination } from "../core/ssh.ts";
import type { CommandId } from "../editor/commands.ts";
import type { Wish } from "../editor/tunnels/wish.ts";
import { portThere } from "./listening.ts";
import type { Machine } from "./machine.ts";
import { runSafely } from "./run-safely.ts";
import type { Running } from "./running.ts";

/** The host that a launch runs on, where a tunnel would lead to it: of `ssh HOST …`, or of the window. */
export function tunnelHost({ judged }: Running, { sshHost }: Machine): string | undefined {
  const { ssh } = judged.launch.runs;
  return ssh ? destination(ssh) : sshHost;
}

/** Runs it safely where it runs, and opens a tunnel to it from here. */
export async function openTunnelInstead(running: Running, machine: Machine): Promise<void> {
  if (!(await runSafely(running))) return;
  const port = portThere(running.judged);
  const wish: Wish = {
    tool: running.judged.launch.tool.id,
    ...(port !== undefined && { port }),
    ...hostOf(running, machine),
  };
  const command: CommandId = "launchGuard.openTunnel";
  await vscode.commands.executeCommand(command, wish);
}

/** Whoever types `ssh HOST` is connected to it already; a task, a debug configuration or a script is a file. */
function hostOf(running: Running, machine: Machine): Pick<Wish, "remoteHost" | "namedHost"> {
  const host = tunnelHost(running, machine);
  if (host === undefined) return {};
  const { ssh } = running.judged.launch.runs;
  const isNamed = ssh && (running.started.name !== undefined || ssh.host.at.path !== typedPath);
  return isNamed ? { namedHost: host } : { remoteHost: host };
}
