import { harmless } from "../harmless.ts";
import { fingerprintOf, keyTypeOf } from "../known-hosts/key-blob.ts";
import type { Engine, Peer, Session } from "../link.ts";
import { openStream } from "./channels.ts";
import type { Connection } from "./connection.ts";
import { silent } from "./failure.ts";
import { type Way, wayTo } from "./hops.ts";
import { softwareOf } from "./internals.ts";
import { type LoggedIn, logIn } from "./login.ts";
import { run } from "./run.ts";
import { keepAlive } from "./sign-of-life.ts";

/** Links made by the built-in engine: ssh2, over a transport of ours. */
export const connectSsh2: Engine = async (host, session, signal) => {
  const way = await wayTo(host, session, signal);
  const loggedIn = await logIn(host, session, way.open, signal).catch(async (error: unknown) => {
    await way.close();
    throw error;
  });
  const { connection } = loggedIn;
  const stopAsking = askForLife(connection, session);
  const gone = connection.gone.then(async (reason) => {
    stopAsking();
    await way.close();
    return reason;
  });
  return {
    host,
    peer: peerOf(loggedIn, way),
    open: (target, until) => openStream(connection, target, until),
    run: (command, input, until) => run(connection, command, input, until),
    probe: connection.probe,
    gone,
    async close() {
      await connection.close();
      await gone;
    },
  };
};

function peerOf({ connection, hostKey }: LoggedIn, { hops }: Way): Peer {
  const software = softwareOf(connection.client);
  const cipher = connection.cipher();
  return {
    engine: "ssh2",
    fingerprint: fingerprintOf(hostKey),
    keyType: harmless(keyTypeOf(hostKey) ?? "", { oneLine: true }),
    hops,
    ...(cipher === undefined ? {} : { cipher }),
    ...(software === undefined ? {} : { software: harmless(software, { oneLine: true, most: 200 }) }),
  };
}

/**
 * The first answers also tell how long a round trip takes while nothing else is under way. There are three of them,
 * because one alone may have met a busy machine.
 */
function askForLife({ host, transport, probe, fail }: Connection, { keepaliveSeconds }: Session): () => void {
  // Whether it came in time is for the count to say.
  const ask = () => probe(keepaliveSeconds * 3000).catch(() => undefined);
  void ask().then(ask).then(ask);
  return keepAlive(transport, keepaliveSeconds, ask, () => fail(silent(host)));
}
