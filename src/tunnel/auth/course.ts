import { type Message, message, sentences } from "../../core/message.ts";
import { TunnelError } from "../error.ts";
import type { Host } from "../host/host.ts";
import type { Log } from "../log.ts";

/** What has happened in one login so far; its failure is told from this. */
export class Course {
  /** The methods that the server accepts now; absent until it has said so. */
  accepted: readonly string[] | undefined;
  /** How often each method was tried; for `publickey`, with how many keys. */
  readonly tried = new Map<string, number>();
  /** A key has signed since the server last named its methods. */
  keyTaken = false;
  /** Keys that only the system's ssh can use. */
  unusable: readonly string[] = [];
  silentAgent: string | undefined;
  /** The person gave up, and with them the login. */
  gaveUp: TunnelError | undefined;
  /** There was nobody to ask; other methods may do. */
  unanswered: TunnelError | undefined;
  /** The server would have taken a key, but nobody knew the passphrase. */
  locked: TunnelError | undefined;
  readonly log: Log;

  constructor(log: Log) {
    this.log = log;
  }

  /** Keeps what went wrong with a question or a key; the login goes on with what is left. */
  keep(error: unknown): undefined {
    this.log("info", `login: ${String(error)}`);
    if (!(error instanceof TunnelError)) return;
    if (error.code === "cancelled") this.gaveUp ??= error;
    else if (error.code === "passphrase-wrong") this.locked ??= error;
    else this.unanswered ??= error;
  }
}

/** Why the server did not let the user in. */
export function failureOf(host: Host, course: Course): TunnelError {
  const { gaveUp, unanswered, locked, tried, silentAgent } = course;
  if (gaveUp) return gaveUp;
  if (unanswered) return unanswered;
  if (locked && ![...tried.keys()].some((method) => method !== "publickey")) return locked;
  const code = silentAgent !== undefined && tried.size === 0 ? "agent-unreachable" : "auth-refused";
  return new TunnelError(code, refusal(host, course));
}

/** The keys that made a login fail and that only the system's ssh can use; nothing where another engine is no help. */
export function needsSystemSsh(error: TunnelError): string | undefined {
  const keys = error.said.values["needsSystemSsh"];
  return typeof keys === "string" ? keys : undefined;
}

function refusal({ name, user, methods: preferred }: Host, course: Course): Message {
  const { accepted = preferred, tried, silentAgent } = course;
  const unusable = accepted.includes("publickey") ? course.unusable : [];
  const values = { host: name, user, tried: triedText(tried), methods: accepted.join(", ") };
  const said = sentences(
    tried.size === 0
      ? message("{host} did not let {user} in: there was nothing to try of what it accepts.", values)
      : message("{host} did not let {user} in. Tried: {tried}.", values),
    ...(silentAgent === undefined
      ? []
      : [message("The ssh agent at {agent} does not answer.", { agent: silentAgent })]),
    ...(unusable.length === 0
      ? []
      : [message("Left out, as only the system's ssh can use them: {keys}.", { keys: unusable.join(", ") })]),
  );
  const needed = unusable.length === 0 ? {} : { needsSystemSsh: unusable.join(", ") };
  return message(said.template, { ...values, ...needed, ...said.values });
}

function triedText(tried: Course["tried"]): string {
  return [...tried].map(([method, times]) => (times > 1 ? `${method} (${times}×)` : method)).join(", ");
}
