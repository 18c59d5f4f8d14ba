import { render } from "../../core/message.ts";
import type { Audit, AuditedServer } from "../../tunnel/audit/audit.ts";
import type { OtherListener, RemoteServer } from "../../tunnel/discovery/server.ts";
import { harmless } from "../../tunnel/harmless.ts";
import { targetText } from "../../tunnel/target.ts";
import { type Paint, paintFor } from "../paint.ts";
import type { World } from "../world.ts";

/** An audit for people: each server with what is wrong with it, then what else listens to the network. */
export function auditText(
  { machine, servers, others, limits }: Audit,
  host: string,
  world: World | Pick<World, "stdout" | "env">,
): string {
  const paint = paintFor(world);
  return [
    servers.length === 0 ? `No ML server was found on ${host} (${oneLine(machine.hostname)}).` : "",
    ...servers.flatMap((audited) => serverLines(audited, paint)),
    ...(others.length === 0 ? [] : [paint("path", "Also reachable from the network"), ...others.map(otherLine)]),
    ...limits.map((limit) => paint("quiet", render(limit))),
  ]
    .filter((line) => line !== "")
    .map((line) => `${line}\n`)
    .join("");
}

function serverLines({ server, findings }: AuditedServer, paint: Paint): string[] {
  const { name, target, owner, own, node } = server;
  const whose = own ? "yours" : owner;
  const facts = [targetText(target), reaches[server.reach], logins[server.auth], whose, node && `on ${node}`];
  const known = facts.filter((fact) => fact !== undefined).join(", ");
  return [
    `${paint("path", oneLine(name))} ${oneLine(known)}`,
    ...findings.map(({ severity, rule, message }) => {
      return `  ${paint(severity, severity)} ${paint("quiet", rule)} ${oneLine(render(message))}`;
    }),
  ];
}

const reaches: Record<RemoteServer["reach"], string> = {
  loopback: "loopback only",
  network: "open to the network",
  socket: "a socket",
};

const logins: Record<RemoteServer["auth"], string> = {
  on: "asks for a login",
  off: "login turned off",
  none: "has no login",
  unknown: "login unknown",
};

function otherLine({ target, process, owner }: OtherListener): string {
  return oneLine(`  ${[targetText(target), process, owner].filter((part) => part !== undefined).join(", ")}`);
}

function oneLine(text: string): string {
  return harmless(text, { oneLine: true });
}
