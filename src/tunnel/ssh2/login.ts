import type { Duplex } from "node:stream";
import type { AuthHandlerMiddleware, NextAuthHandler } from "ssh2";
import { message } from "../../core/message.ts";
import { type Authenticator, authenticator } from "../auth/authenticator.ts";
import { asTunnelError, cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Host } from "../host/host.ts";
import { fingerprintOf } from "../known-hosts/key-blob.ts";
import type { Session } from "../link.ts";
import { knownKeyTypes } from "../trust.ts";
import { algorithmsFor } from "./algorithms.ts";
import { type Attendance, attend } from "./attendance.ts";
import { beginConnection, type Connection, type VerifiedConfig, type Wire } from "./connection.ts";
import { timedOut, wayFailure } from "./failure.ts";
import { type HostKey, hostKeyOf } from "./host-key.ts";
import { type Patience, patience } from "./patience.ts";
import type { OpenTransport } from "./transport.ts";

/** A connection whose user is logged in, and the host's key. */
export type LoggedIn = { readonly connection: Connection; readonly hostKey: Buffer };

/**
 * Connects to one host and logs in. A server that does not wait for an answer is connected to again when the answer is
 * there: once for each answer, which is not asked for again, and only if it still shows the same key.
 */
export async function logIn(host: Host, session: Session, open: OpenTransport, signal: AbortSignal): Promise<LoggedIn> {
  const limits = patience();
  const attendance = attend(session.prompts, limits.pause, limits.resume);
  const attended = { ...session, prompts: attendance.prompts };
  const hostKey = hostKeyOf(host, attended, signal);
  const algorithms = algorithmsFor(host, await knownKeyTypes(host));
  const attempt = { host, session: attended, open, limits, attendance, hostKey, algorithms };
  for (;;) {
    // Ends what the login still has open, questions and the connection to an agent.
    const over = new AbortController();
    try {
      return await logInOnce(attempt, AbortSignal.any([signal, over.signal]));
    } catch (error) {
      if (signal.aborted) throw cancelled();
      if (!isLoss(error) || !(await attendance.unheard())) throw error;
      await hostKey.decided();
      session.log("info", `${host.name} did not wait for the answer; connecting again`);
      attendance.again();
    } finally {
      limits.stop();
      over.abort();
    }
  }
}

type Attempt = {
  readonly host: Host;
  readonly session: Session;
  readonly open: OpenTransport;
  readonly limits: Patience;
  readonly attendance: Attendance;
  readonly hostKey: HostKey;
  readonly algorithms: VerifiedConfig["algorithms"];
};

async function logInOnce(attempt: Attempt, signal: AbortSignal): Promise<LoggedIn> {
  const { host, session, limits, hostKey, algorithms } = attempt;
  const transport = await openInTime(attempt, signal);
  let login: Authenticator | undefined;
  const begin = async () => {
    const key = hostKey.accepted();
    if (!key) throw new Error("ssh2 wants to log in before the host's key is accepted.");
    login ??= await authenticator(host, session, fingerprintOf(key), signal);
    return login;
  };
  const config = (wire: Wire): VerifiedConfig => ({
    username: host.user,
    algorithms,
    hostVerifier: hostKey.verifier(wire),
    authHandler: handler(attempt, begin, wire),
  });
  const connection = beginConnection(host, transport, config, () => login?.failure());
  connection.client.on("banner", (text) => announce(host, session, text));
  await readyInTime(connection, limits, signal);
  return { connection, hostKey: hostKey.accepted() ?? Buffer.alloc(0) };
}

async function openInTime({ host, open, limits }: Attempt, signal: AbortSignal): Promise<Duplex> {
  const tooLate = new AbortController();
  limits.allow(connectMs(host), () => tooLate.abort());
  try {
    return await open(AbortSignal.any([signal, tooLate.signal]));
  } catch (error) {
    throw tooLate.signal.aborted ? timedOut(host) : wayFailure(host, error);
  }
}

async function readyInTime(connection: Connection, limits: Patience, signal: AbortSignal): Promise<void> {
  const { host, client, fail, ready } = connection;
  const abort = () => fail(cancelled());
  signal.addEventListener("abort", abort, { once: true });
  limits.allow(connectMs(host), () => fail(timedOut(host)));
  client.once("handshake", () => limits.allow(loginMs, () => fail(timedOut(host))));
  try {
    if (signal.aborted) abort();
    await ready;
  } finally {
    limits.stop();
    signal.removeEventListener("abort", abort);
  }
}

/** ssh2 calls it for the first method, and each time the server has refused one or wants one more. */
function handler(
  { host, limits, attendance }: Attempt,
  begin: () => Promise<Authenticator>,
  { fail, alive }: Wire,
): AuthHandlerMiddleware {
  return (methodsLeft, partialSuccess, answer) => {
    attendance.heard();
    limits.allow(loginMs, () => fail(timedOut(host)));
    const ifAlive: NextAuthHandler = (method) => alive() && answer(method);
    begin()
      .then((login) => login.next(methodsLeft, partialSuccess, ifAlive))
      .catch((error: unknown) => {
        const values = { host: host.name, methods: host.methods.join(", ") };
        const said = message("The login to {host} could not be prepared.", values);
        fail(asTunnelError(error, "auth-refused", said));
      });
  };
}

function isLoss(error: unknown): boolean {
  return error instanceof TunnelError && (error.code === "connection-lost" || error.code === "unreachable");
}

/** Milliseconds, as ConnectTimeout covers them in OpenSSH: for the connection, and again for what precedes the login. */
function connectMs({ connectTimeoutMs, proxyCommand }: Host): number {
  // The program may have a login of its own, in a browser for instance.
  return connectTimeoutMs ?? (proxyCommand === undefined ? 30_000 : loginMs);
}

/** Milliseconds for each answer of the server; somebody may have to touch a key or a phone first. As LoginGraceTime. */
const loginMs = 120_000;

function announce({ name: host }: Host, { prompts }: Session, text: string): void {
  const banner = harmless(text).trim();
  if (banner !== "") prompts.notice(message("{host} says: {banner}", { host, banner }));
}
