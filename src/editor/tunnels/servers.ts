import * as vscode from "vscode";
import type { Discovery, OtherListener, RemoteServer, ServiceKind } from "../../tunnel/discovery/server.ts";
import { type Target, targetText } from "../../tunnel/target.ts";
import { localized } from "../localized.ts";
import { type Leave, type PickItem, pickOne, section } from "./pick.ts";
import { serviceName } from "./words.ts";

/** What the user chose on a host: a server that was found, or an address they know. */
export type Choice = { readonly server: RemoteServer } | { readonly target: Target; readonly kind?: ServiceKind };

/** What is known of the server that is looked for. */
export type Wanted = { readonly kind?: ServiceKind; readonly port?: number };

const icons: Readonly<Record<ServiceKind, string>> = {
  jupyter: "notebook",
  mlflow: "beaker",
  tensorboard: "graph-line",
  ray: "server-environment",
  vllm: "comment-discussion",
  ollama: "comment-discussion",
  streamlit: "browser",
  gradio: "browser",
  marimo: "notebook",
  dask: "server-environment",
  triton: "comment-discussion",
};

/** Asks which of a host's servers, or which port or unix socket. */
export function pickServer(
  host: string,
  { servers, others, limits }: Discovery,
  wanted: Wanted = {},
): Promise<{ readonly value: Choice } | Leave> {
  const first = servers.toSorted((a, b) => likeness(b, wanted) - likeness(a, wanted));
  return pickOne<Choice>({
    title: vscode.l10n.t("Open a tunnel to {host}", { host }),
    step: 2,
    steps: 2,
    placeholder: vscode.l10n.t("Choose a server, or type a port, host:port or /path/to.sock"),
    items: [
      ...section(vscode.l10n.t("as its launch says"), portItem(wanted, [...servers, ...others])),
      ...section(vscode.l10n.t("servers found there"), first.map(serverItem)),
      ...section(vscode.l10n.t("also listening"), others.map(otherItem)),
      ...section<Choice>(
        vscode.l10n.t("could not be looked at"),
        limits.map((limit) => ({ label: `$(info) ${localized(limit)}` })),
      ),
      ...(servers.length + others.length > 0 ? [] : [{ label: vscode.l10n.t("No server was found. Type a port.") }]),
    ],
    typed(text) {
      const target = targetOf(text);
      const label = `$(plug) ${vscode.l10n.t("Open this")}`;
      return target && { label, description: targetText(target), value: { target } };
    },
  });
}

function likeness({ kind, target }: RemoteServer, wanted: Wanted): number {
  return (isAt(target, wanted.port) ? 2 : 0) + (kind === wanted.kind ? 1 : 0);
}

function isAt(target: Target, port: number | undefined): boolean {
  return target.kind === "tcp" && target.port === port;
}

/** A port that is known and where nothing listens yet: its server may still be starting, or be started later. */
function portItem({ port, kind }: Wanted, found: readonly { readonly target: Target }[]): PickItem<Choice>[] {
  if (port === undefined || found.some(({ target }) => isAt(target, port))) return [];
  const target: Target = { kind: "tcp", host: "127.0.0.1", port };
  const description = vscode.l10n.t("nothing listens there yet");
  return [{ label: `$(plug) ${targetText(target)}`, description, value: { target, ...(kind && { kind }) } }];
}

/** The name, where it listens, whose it is, and a warning where the network can reach it. */
function serverItem(server: RemoteServer): PickItem<Choice> {
  const { target, owner, own, node, folder, reach, auth } = server;
  const open = reach === "network" && auth !== "on";
  const facts = [
    own ? undefined : vscode.l10n.t("of {owner}", { owner: owner ?? vscode.l10n.t("somebody else") }),
    node && vscode.l10n.t("on node {node}", { node }),
    folder,
    reachText(reach),
    open && vscode.l10n.t("without a login"),
  ];
  return {
    label: serverLabel(server),
    description: targetText(target),
    detail: facts.filter((fact) => typeof fact === "string" && fact !== "").join(" · "),
    value: { server },
  };
}

/** `$(notebook) Jupyter 2.14.0`. */
export function serverLabel({ kind, version }: RemoteServer): string {
  return `$(${icons[kind]}) ${serviceName(kind)}${version === undefined ? "" : ` ${version}`}`;
}

function reachText(reach: RemoteServer["reach"]): string | undefined {
  return reach === "network" ? vscode.l10n.t("$(warning) the network can reach it") : undefined;
}

/** Something that listens and is no server that we know. */
export function otherItem({ target, process, owner, reach }: OtherListener): PickItem<Choice> {
  const facts = [process, owner, reachText(reach)].filter((fact) => fact !== undefined).join(" · ");
  return { label: `$(plug) ${targetText(target)}`, description: facts, value: { target } };
}

/** `8888`, `node7:8888`, `[::1]:8888`, `/run/jupyter.sock`; nothing else is an address. */
export function targetOf(text: string): Target | undefined {
  if (text.startsWith("/")) return { kind: "unix", path: text };
  const [, bracketed, plain, digits] = /^(?:(?:\[([\da-fA-F:]+)\]|([\w.-]+)):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (!(port >= 1 && port <= 65_535)) return undefined;
  return { kind: "tcp", host: bracketed ?? plain ?? "127.0.0.1", port };
}
