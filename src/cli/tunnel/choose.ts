import { type Message, message } from "../../core/message.ts";
import type { Discovery, RemoteServer } from "../../tunnel/discovery/server.ts";
import { TunnelError } from "../../tunnel/error.ts";
import { harmless } from "../../tunnel/harmless.ts";
import { targetText } from "../../tunnel/target.ts";
import type { Session } from "./session.ts";
import { table } from "./session.ts";
import type { To } from "./to.ts";

export type Wanted = Exclude<To, { readonly target: unknown }>;

/** The one server that is meant, if need be by asking; one's own before those of others. */
export async function chooseServer(
  { servers, limits }: Discovery,
  host: string,
  wanted: Wanted | undefined,
  session: Session,
): Promise<RemoteServer> {
  for (const limit of limits) session.say(limit);
  const fitting = servers.filter((server) => fits(server, wanted)).toSorted((a, b) => Number(b.own) - Number(a.own));
  const [first, ...more] = fitting;
  if (!first) throw nothingThere(host, wanted);
  const server = more.length === 0 ? first : await ask(fitting, host, session);
  if (server.node !== undefined) throw elsewhere(server, server.node);
  return server;
}

function fits({ kind, name }: RemoteServer, wanted: Wanted | undefined): boolean {
  if (!wanted) return true;
  return "kind" in wanted ? kind === wanted.kind : name === wanted.named;
}

async function ask(servers: readonly RemoteServer[], host: string, session: Session): Promise<RemoteServer> {
  const { terminal, signal } = session;
  if (!terminal) throw new TunnelError("bad-request", several(servers, host));
  const rows = servers.map((server, index) => [` ${index + 1}`, ...serverRow(server)]);
  terminal.write(`Several servers run on ${host}:\n${table(rows)}`);
  for (;;) {
    const typed = await terminal.ask(`Which one? (1 to ${servers.length}) `, { hidden: false }, signal);
    if (typed === undefined) throw new TunnelError("cancelled", message("No server was chosen."));
    const chosen = /^\d+$/.test(typed.trim()) ? servers[Number(typed) - 1] : undefined;
    if (chosen) return chosen;
  }
}

/** What tells servers apart. */
export function serverRow({ name, target, version, owner, own, folder, node }: RemoteServer): readonly string[] {
  const whose = own ? "yours" : (owner ?? "");
  const cells = [name, targetText(target), version ?? "", whose, folder ?? "", node === undefined ? "" : `on ${node}`];
  return cells.map((cell) => harmless(cell, { oneLine: true }));
}

function several(servers: readonly RemoteServer[], host: string): Message {
  const names = servers.map(({ name }) => harmless(name, { oneLine: true })).join(", ");
  return message("Several servers run on {host}; choose one with --to: {names}", { host, names });
}

function nothingThere(host: string, wanted: Wanted | undefined): TunnelError {
  if (!wanted) return new TunnelError("nothing-listens", message("No ML server was found on {host}.", { host }));
  const name = "kind" in wanted ? wanted.kind : wanted.named;
  return new TunnelError("nothing-listens", message("No server {name} was found on {host}.", { name, host }));
}

function elsewhere({ name }: RemoteServer, node: string): TunnelError {
  return new TunnelError(
    "other-node",
    message("{name} runs on {node}, and this login ended on another node.", { name, node }),
  );
}
