import * as vscode from "vscode";
import type { CommandId } from "../commands.ts";
import type { Desk } from "./desk.ts";
import { telling } from "./failures.ts";
import { type Leave, withProgress } from "./pick.ts";
import type { SavedTunnel } from "./saved-tunnel.ts";
import type { ShownTunnel } from "./tunnels.ts";
import { serviceOf } from "./words.ts";

/** Opens a tunnel, visibly, and tells what fails with the buttons that help. */
export function openSaved(desk: Desk, tunnel: SavedTunnel): Promise<ShownTunnel | Leave> {
  const saved = knownAs(desk, tunnel);
  const title = vscode.l10n.t("Opening {service} on {host}…", { service: serviceOf(saved), host: saved.host });
  return visibly(desk, saved, title, (signal) => desk.tunnels.open(saved, signal));
}

/** Connects a tunnel again that was lost or has failed. */
export function reconnect(desk: Desk, { saved }: ShownTunnel): Promise<ShownTunnel | Leave> {
  const title = vscode.l10n.t("Connecting to {host} again…", { host: saved.host });
  return visibly(desk, saved, title, (signal) => desk.tunnels.reconnect(saved.id, signal));
}

/** A tunnel of another window that is used here is asked for here too, so that it goes on when that window closes. */
export async function used({ tunnels }: Desk, tunnel: ShownTunnel): Promise<ShownTunnel> {
  if (!tunnel.status?.elsewhere) return tunnel;
  await tunnels.open(tunnel.saved, new AbortController().signal);
  return tunnels.find(tunnel.saved.id) ?? tunnel;
}

/** The same place of the same host is the same tunnel, however often it is chosen. */
function knownAs({ tunnels }: Desk, tunnel: SavedTunnel): SavedTunnel {
  const place = ({ host, target }: SavedTunnel) => JSON.stringify([host, target]);
  const same = tunnels.all().find(({ saved }) => place(saved) === place(tunnel));
  return same ? { ...tunnel, id: same.saved.id, name: same.saved.name } : tunnel;
}

async function visibly(
  desk: Desk,
  saved: SavedTunnel,
  title: string,
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<ShownTunnel | Leave> {
  const ways = {
    tryAgain: () => openSaved(desk, saved),
    useSystemSsh: () => openSaved(desk, { ...saved, engine: "openssh" }),
    chooseServer: () => vscode.commands.executeCommand("launchGuard.openTunnel" satisfies CommandId, saved.host),
  };
  const tunnel = await desk.attention.during(() =>
    telling(desk.log, ways, async () => {
      await withProgress(title, work);
      const opened = desk.tunnels.find(saved.id);
      if (opened) await desk.opened(opened);
      return opened;
    }),
  );
  return tunnel ?? "cancel";
}
