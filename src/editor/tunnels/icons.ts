import * as vscode from "vscode";
import type { ShownTunnel } from "./tunnels.ts";

/** One drawing for each state in `media`, light and dark: an arch, and in it a mark that tells the states apart. */
export const stateIcons = ["connecting", "up", "checking", "reconnecting", "failed", "closed"] as const;
type StateIcon = (typeof stateIcons)[number];

/** The icon of a tunnel's state; one that was stopped or not opened in this session is closed. */
export function iconOf({ status }: ShownTunnel, extension: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const state = status?.state.state ?? "stopped";
  const icon: StateIcon = state === "stopped" ? "closed" : state;
  return { light: drawing(extension, `${icon}-light`), dark: drawing(extension, `${icon}-dark`) };
}

function drawing(extension: vscode.Uri, name: string): vscode.Uri {
  return vscode.Uri.joinPath(extension, "media", "tunnel", `${name}.svg`);
}
