import { setMaxListeners } from "node:events";
import type { Duplex } from "node:stream";
import { Client, type ConnectConfig, type HostVerifier } from "ssh2";
import { message } from "../../core/message.ts";
import { TunnelError } from "../error.ts";
import type { Host } from "../host/host.ts";
import { type Trunk, timeLimit } from "./channels.ts";
import { failureOf, type Stage, timedOut } from "./failure.ts";
import { keepKeyObjects, keepsNoInput } from "./internals.ts";
import { roundTrip } from "./sign-of-life.ts";
import { lend } from "./transport.ts";
import { receiveWindows } from "./window.ts";

/** One ssh2 client over one transport, from before its login to its end. */
export type Connection = Trunk & {
  readonly host: Host;
  readonly transport: Duplex;
  /** The cipher towards us, once there is one. */
  cipher(): string | undefined;
  /** Settles when the user is logged in; rejects with why they never will be. */
  readonly ready: Promise<void>;
  /** Ends it for a reason, unless it has ended for another. */
  fail(error: TunnelError): void;
  /** Asks for a sign of life. */
  probe(timeoutMs: number): Promise<void>;
  /** Settles when nothing of it is left: with why, or with nothing where it was closed. */
  readonly gone: Promise<TunnelError | undefined>;
  close(): Promise<void>;
};

/**
 * What ssh2 is given. It accepts every host key when it has no verifier, so here it cannot be left out; and no agent
 * can be forwarded, as there is no word for it.
 */
export type VerifiedConfig = Required<Pick<ConnectConfig, "username" | "authHandler" | "algorithms">> & {
  readonly hostVerifier: HostVerifier;
};

/** The time limits are ours (`patience.ts`), and so are the signs of life. Vendors other than OpenSSH have its forwards. */
const settings = { readyTimeout: 0, keepaliveInterval: 0, strictVendor: false } as const satisfies ConnectConfig;

/** What the callbacks of a login may do to the connection. */
export type Wire = Pick<Connection, "fail"> & {
  /** Whether ssh2 may still be given answers; it throws, where nobody hears it, when it can no longer send them. */
  alive(): boolean;
};

/** Begins to connect. `loginFailure` says why a login was refused, once it was. */
export function beginConnection(
  host: Host,
  transport: Duplex,
  config: (wire: Wire) => VerifiedConfig,
  loginFailure: () => TunnelError | undefined,
): Connection {
  const client = new Client();
  const over = new AbortController();
  // Every channel listens to it.
  setMaxListeners(0, over.signal);
  let stage: Stage = "connecting";
  let cipher: string | undefined;
  let failure: TunnelError | undefined;
  let roundTripMs = Number.POSITIVE_INFINITY;

  function fail(error: TunnelError): void {
    failure ??= error;
    transport.destroy();
  }

  client.on("error", (error) => {
    // A key that cannot sign; the login goes on with the next.
    if (error.level === "agent") return;
    const refused = stage === "logging in" && isRefusal(error) ? loginFailure() : undefined;
    fail(refused ?? failureOf(host, stage, error));
  });
  client.on("change password", () => fail(passwordExpired(host)));
  client.on("handshake", ({ sc }) => {
    if (stage === "connecting") stage = "logging in";
    cipher = sc.cipher;
    keepKeyObjects(client);
    lend(transport, keepsNoInput(client));
  });
  // At once: right after this event ssh2 ends its channels as if all had arrived.
  client.on("close", () => over.abort(failure ?? failureOf(host, stage)));
  const gone = ended(over.signal);
  const loggedIn = new Promise<void>((resolve) => client.once("ready", resolve));
  const ready = Promise.race([loggedIn, gone]).then(() => {
    if (over.signal.aborted) throw over.signal.reason;
    stage = "up";
  });

  async function probe(timeoutMs: number): Promise<void> {
    const limit = timeLimit(timeoutMs);
    try {
      roundTripMs = Math.min(roundTripMs, await roundTrip(client, over.signal, limit.signal));
    } catch (error) {
      throw limit.signal.aborted ? timedOut(host) : error;
    } finally {
      limit.clear();
    }
  }

  let closed = false;
  async function close(): Promise<void> {
    closed = true;
    await leave(client, transport, gone);
  }

  const alive = () => !transport.destroyed && !transport.readableEnded;
  client.connect({ ...settings, ...config({ fail, alive }), sock: transport });
  return {
    ...{ host, client, transport, lost: over.signal, windows: receiveWindows(() => roundTripMs) },
    ...{ ready, fail, probe, close, cipher: () => cipher },
    gone: gone.then((reason) => (closed ? undefined : reason)),
  };
}

function ended(lost: AbortSignal): Promise<TunnelError> {
  return new Promise((resolve) => {
    lost.addEventListener("abort", () => resolve(lost.reason), { once: true });
  });
}

/** Says goodbye, and goes when that is on its way; a dead link does not take it. */
async function leave(client: Client, transport: Duplex, gone: Promise<unknown>): Promise<void> {
  const limit = setTimeout(() => transport.destroy(), goodbyeMs);
  client.end();
  transport.end(() => transport.destroy());
  await gone;
  clearTimeout(limit);
}

const goodbyeMs = 500;

/** ssh2 has nothing left to try, or the server says that it was too much (`MaxAuthTries` of sshd). */
function isRefusal(error: Error & { readonly level?: string }): boolean {
  return error.level === "client-authentication" || error.message.includes("Too many authentication failures");
}

function passwordExpired({ name: host }: Host): TunnelError {
  const template = "{host} wants a new password to be chosen first. Log in once with ssh to do that.";
  return new TunnelError("auth-refused", message(template, { host, methods: "password" }));
}
