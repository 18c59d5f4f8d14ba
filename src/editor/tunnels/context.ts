import * as vscode from "vscode";
import { serviceKinds } from "../../tunnel/discovery/server.ts";
import type { ShownTunnel } from "./tunnels.ts";

const states = ["connecting", "up", "checking", "reconnecting", "failed", "stopped"] as const;

/** Every word that the menus of `package.json` may ask a row of the view for; a test compares the two. */
export const contextWords: readonly string[] = ["tunnel", "open", "closed", ...states, ...serviceKinds];

/** What a row is to the menus: `tunnel open up jupyter`, `tunnel closed stopped`. */
export function contextOf(tunnel: ShownTunnel): string {
  const state: (typeof states)[number] = tunnel.status?.state.state ?? "stopped";
  const words = ["tunnel", isOpen(tunnel) ? "open" : "closed", state, tunnel.saved.kind];
  return words.filter((word) => word !== undefined).join(" ");
}

/** What the menus of `package.json` may ask of the window. */
export const contextKeys = [
  // Asked in the negative, because nothing is known before the first tunnel was looked up.
  "launchGuard.hasNoTunnels",
  "launchGuard.hasOpenTunnels",
  "launchGuard.hasVllmTunnels",
] as const;
type ContextKeys = Readonly<Record<(typeof contextKeys)[number], boolean>>;

/** Tells the menus what there is to do something with. */
export function tellMenus(tunnels: readonly ShownTunnel[]): void {
  const open = tunnels.filter(isOpen);
  const keys: ContextKeys = {
    "launchGuard.hasNoTunnels": tunnels.length === 0,
    "launchGuard.hasOpenTunnels": open.length > 0,
    "launchGuard.hasVllmTunnels": open.some(({ saved }) => saved.kind === "vllm"),
  };
  for (const [key, value] of Object.entries(keys)) void vscode.commands.executeCommand("setContext", key, value);
}

function isOpen({ status }: ShownTunnel): boolean {
  return status !== undefined && status.state.state !== "stopped" && status.state.state !== "failed";
}
