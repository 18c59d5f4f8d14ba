import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { nameOf } from "../../tunnel/discovery/candidates.ts";
import type { Machine, RemoteServer, ServiceKind } from "../../tunnel/discovery/server.ts";
import type { EngineName } from "../../tunnel/link.ts";
import type { Desk } from "./desk.ts";
import { telling } from "./failures.ts";
import { pickHost } from "./hosts.ts";
import { openSaved } from "./open-saved.ts";
import { type Leave, withProgress } from "./pick.ts";
import type { SavedTunnel } from "./saved-tunnel.ts";
import { type Choice, pickServer } from "./servers.ts";
import type { ShownTunnel } from "./tunnels.ts";
import { usualName } from "./words.ts";

/** What is known before the first question. */
export type Known = {
  readonly host?: string;
  readonly engine?: EngineName;
  /** What is looked for, and by which port it is known: offered first. */
  readonly kind?: ServiceKind;
  readonly port?: number;
  /** Whether going back from the first question leads somewhere. */
  readonly canGoBack?: boolean;
};

/** Host, then a server found there or an address, then the tunnel. Each step can be cancelled, and taken back. */
export async function openTunnel(desk: Desk, known: Known = {}): Promise<ShownTunnel | Leave> {
  // Whoever has chosen a host does not choose it again when something fails.
  let now = known;
  const onHost = (host: string) => {
    now = { ...known, host };
  };
  const ways = {
    tryAgain: () => openTunnel(desk, now),
    useSystemSsh: () => openTunnel(desk, { ...now, engine: "openssh" }),
  };
  const tunnel = await desk.attention.during(() => telling(desk.log, ways, () => choose(desk, known, onHost)));
  if (tunnel === undefined || typeof tunnel === "string") return tunnel ?? "cancel";
  return openSaved(desk, tunnel);
}

/** Going back from the servers leads to the hosts, unless the host was settled before. */
async function choose(desk: Desk, known: Known, onHost: (host: string) => void): Promise<SavedTunnel | Leave> {
  const hosts = { title: vscode.l10n.t("Open a Tunnel"), steps: 2, canGoBack: known.canGoBack === true };
  const picked = known.host ? { value: known.host } : await pickHost(desk.tunnels, hosts);
  if (typeof picked === "string") return picked;
  onHost(picked.value);
  const host = { host: picked.value, ...(known.engine && { engine: known.engine }) };
  const title = vscode.l10n.t("Looking at {host}…", { host: host.host });
  const found = await withProgress(title, (signal) => desk.tunnels.service.discover(host, signal));
  const choice = await pickServer(host.host, found, known);
  if (choice === "back" && !known.host) return choose(desk, known, onHost);
  return typeof choice === "string" ? choice : tunnelTo(host, choice.value, found.machine);
}

function tunnelTo(host: Pick<SavedTunnel, "host" | "engine">, choice: Choice, machine: Machine): SavedTunnel {
  const chosen = { id: randomUUID(), ...host };
  if ("server" in choice)
    return { ...chosen, ...placeOf(choice.server), name: usualName({ ...host, ...choice.server }), machine };
  const { target, kind } = choice;
  // Its token is read by the name that discovery will have for it.
  const known = kind && { kind, server: nameOf(kind, { target }) };
  return { ...chosen, target, ...known, basePath: "/", name: usualName({ ...host, ...choice }) };
}

function placeOf({ kind, target, basePath, name, folder }: RemoteServer) {
  return { kind, target, basePath, server: name, ...(folder !== undefined && { folder }) };
}
