import { type Message, message } from "../../core/message.ts";
import { TunnelError, type TunnelErrorCode } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Host } from "../host/host.ts";

/** How far a connection has come. */
export type Stage = "connecting" | "logging in" | "up";

/** Why no way to the host's port could be had: what the socket, or the program that stands in for it, said. */
export function wayFailure(host: Host, error: unknown): TunnelError {
  if (error instanceof TunnelError) return error;
  const { hostname, port } = host;
  const [code, template] = wayFailures[codeOf(error) ?? ""] ?? [
    "unreachable",
    "{hostname} cannot be reached: {reason}",
  ];
  return new TunnelError(code, message(template, { hostname, port, reason: reasonOf(error) }), error);
}

const wayFailures: Readonly<Record<string, readonly [TunnelErrorCode, string]>> = {
  ENOTFOUND: ["host-unknown", "There is no host behind the name {hostname}."],
  EAI_AGAIN: ["unreachable", "The name {hostname} could not be looked up just now."],
  ECONNREFUSED: ["unreachable", "Nothing accepts connections at {hostname}, port {port}."],
  EHOSTUNREACH: ["unreachable", "There is no way to {hostname} in this network."],
  ENETUNREACH: ["unreachable", "There is no way to {hostname} in this network."],
  ETIMEDOUT: ["timed-out", "{hostname} did not answer in time."],
};

/** What an error of ssh2, or a connection's end without one, means at each stage. Logins that fail are not told here. */
export function failureOf(host: Host, stage: Stage, error?: Error): TunnelError {
  if (error instanceof TunnelError) return error;
  const text = error?.message ?? "";
  const what = /no matching (.+)$/.exec(text)?.[1];
  if (stage === "connecting" && what !== undefined) {
    const template = "{host} and the built-in engine have no algorithm in common ({what}).";
    return new TunnelError("no-common-algorithm", message(template, { host: host.name, what }), error);
  }
  if (/signature verification failed|Wrong signature type|Malformed signature/.test(text)) {
    const template = "{host} could not prove that the key it showed is its own.";
    return new TunnelError("host-key-unknown", message(template, { host: host.name }), error);
  }
  const [code, template] = ends[stage];
  return new TunnelError(code, withReason(message(template, { host: host.name }), error), error);
}

const ends: Readonly<Record<Stage, readonly [TunnelErrorCode, string]>> = {
  connecting: ["unreachable", "{host} ended the connection before the login."],
  "logging in": ["connection-lost", "{host} ended the connection during the login."],
  up: ["connection-lost", "The connection to {host} was lost."],
};

/** The server may say why; what a socket says of its end is no news. */
function withReason(said: Message, error: Error | undefined): Message {
  if (!error || codeOf(error) !== undefined) return said;
  return message("{said} ({reason})", { ...said.values, said, reason: reasonOf(error) });
}

export function timedOut({ name }: Host): TunnelError {
  return new TunnelError("timed-out", message("{host} did not answer in time.", { host: name }));
}

export function silent({ name }: Host): TunnelError {
  return new TunnelError("connection-lost", message("{host} no longer answers.", { host: name }));
}

/** The code of a system error; ssh2 gives numbers to what a server said. */
function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message || codeOf(error) : String(error);
  return harmless(text ?? "", { oneLine: true, most: 200 });
}
