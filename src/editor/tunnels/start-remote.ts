import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { nameOf } from "../../tunnel/discovery/candidates.ts";
import type { Startable, StartedServer } from "../../tunnel/launcher/started.ts";
import { localized } from "../localized.ts";
import type { Desk } from "./desk.ts";
import { telling } from "./failures.ts";
import { pickHost } from "./hosts.ts";
import { openSaved } from "./open-saved.ts";
import type { Known } from "./open-tunnel.ts";
import { askText, type Leave, withProgress } from "./pick.ts";
import type { SavedTunnel } from "./saved-tunnel.ts";
import type { ShownTunnel } from "./tunnels.ts";
import { serviceName, usualName } from "./words.ts";

/** Host, then folder; then a server is started there on its loopback, and reached. */
export async function startRemote(desk: Desk, kind: Startable, known: Known = {}): Promise<ShownTunnel | Leave> {
  const ways = {
    tryAgain: () => startRemote(desk, kind, known),
    useSystemSsh: () => startRemote(desk, kind, { ...known, engine: "openssh" }),
  };
  const tunnel = await desk.attention.during(() => telling(desk.log, ways, () => start(desk, kind, known)));
  if (tunnel === undefined || typeof tunnel === "string") return tunnel ?? "cancel";
  return openSaved(desk, tunnel);
}

async function start(desk: Desk, kind: Startable, known: Known): Promise<SavedTunnel | Leave> {
  const service = serviceName(kind);
  const title = vscode.l10n.t("Start {service} on a Host", { service });
  const hosts = { title, steps: 2, canGoBack: known.canGoBack === true };
  const picked = known.host ? { value: known.host } : await pickHost(desk.tunnels, hosts);
  if (typeof picked === "string") return picked;
  const host = { host: picked.value, ...(known.engine && { engine: known.engine }) };
  const folder = await askText({
    ...{ title, step: 2, steps: 2, canGoBack: !known.host },
    prompt: vscode.l10n.t("The folder on {host} that it works in; ~ is your home.", host),
    value: "~",
  });
  if (folder === "back") return start(desk, kind, known);
  if (folder === "cancel") return folder;
  const starting = vscode.l10n.t("Starting {service} on {host}…", { service, host: host.host });
  const request = { ...host, kind, folder: folder.value, socket: false };
  const started = await withProgress(starting, (signal) => desk.tunnels.service.start(request, signal));
  for (const note of started.notes) void vscode.window.showInformationMessage(localized(note));
  return tunnelTo(host, started);
}

function tunnelTo(host: Pick<SavedTunnel, "host" | "engine">, started: StartedServer): SavedTunnel {
  const { kind, target, basePath, folder } = started;
  return {
    id: randomUUID(),
    ...host,
    kind,
    target,
    basePath,
    // Its token is read by the name that discovery has for it, which is not the launcher's.
    server: nameOf(kind, { target }),
    folder,
    name: usualName({ ...host, kind, target }),
  };
}
