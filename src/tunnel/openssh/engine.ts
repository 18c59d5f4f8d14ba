import { access, constants, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { message } from "../../core/message.ts";
import type { Environment } from "../environment.ts";
import { asTunnelError, TunnelError } from "../error.ts";
import type { Host } from "../host/host.ts";
import type { Engine, Link, Peer, Session } from "../link.ts";
import type { Target } from "../target.ts";
import { type Facts, peerOf } from "./facts.ts";
import { makeFolder, removeStale } from "./folder.ts";
import { type Forward, type Forwards, openForwards } from "./forwards.ts";
import { attend, liveMaster } from "./live.ts";
import { startMaster } from "./master.ts";
import { addForward, cancelForward, forwardText, type Mux, runOver } from "./mux.ts";
import { supervise } from "./supervisor.ts";
import { connectWithoutMux } from "./without-mux.ts";

/**
 * Links made by the system's `ssh`, 8.4 or newer: over the user's own running master where there is one, otherwise over
 * one of ours, which dies with us. On Windows, where OpenSSH has no masters, over single processes.
 */
export const connectOpenssh: Engine = async (host, session, signal) => {
  const ssh = await sshOf(session.environment);
  if (session.environment.platform === "win32") return connectWithoutMux(ssh, host, session, signal);
  await removeStale(session.environment, ssh);
  const live = await liveMaster(ssh, host, signal);
  return live ? linkOverLive(live, host, session) : linkOverOwn(ssh, host, session, signal);
};

/** Its path, where it can be run; rejects with `ssh-missing`. */
export async function sshOf({ ssh }: Environment): Promise<string> {
  try {
    if (ssh === undefined) throw new Error("There is none in the PATH.");
    if (ssh.includes("/")) await access(ssh, constants.X_OK);
    return ssh;
  } catch (error) {
    throw new TunnelError("ssh-missing", message("There is no OpenSSH client on this machine."), error);
  }
}

async function linkOverOwn(ssh: string, host: Host, session: Session, signal: AbortSignal): Promise<Link> {
  const master = await startMaster(ssh, host, session, signal, (folder) => [
    "-M",
    "-S",
    join(folder, "ctl"),
    "-N",
    "-T",
  ]);
  const { folder, facts, hops } = master;
  const mux = { ssh, control: join(folder, "ctl") };
  // They end with the master.
  const remove = async () => {};
  const opens = tells(facts) ? { opens: master.opens } : {};
  const forwards = openForwards(
    async (target) => {
      const path = join(folder, nextName());
      await addForward(mux, path, target);
      return { at: { path }, remove, ...opens };
    },
    (until) => roundTripOver(mux, until),
  );
  void master.gone.then(() => forwards.close());
  const close = async () => {
    await forwards.close();
    await master.stop();
  };
  const peer = peerOf(
    facts,
    hops.map((hop) => hop.host.name),
  );
  return { ...linkOver(mux, host, forwards), peer, gone: master.gone, close };
}

/** A master of the user tells nothing of its connection, and stays when we go: our forwards are taken out of it. */
async function linkOverLive(mux: Mux, host: Host, session: Session): Promise<Link> {
  const folder = await makeFolder(session.environment);
  const guard = supervise({ folder, ssh: mux.ssh, command: [], env: { ...session.environment.env } }, () => {});
  const presence = attend(mux);
  const forwards = openForwards(
    (target) => addTo(mux, folder, target),
    (until) => roundTripOver(mux, until),
  );
  let closed = false;
  const gone = presence.gone.then(async () => {
    await forwards.close();
    await guard.stop();
    const ended = message("The ssh master for {host} ended.", { host: host.name });
    return closed ? undefined : new TunnelError("connection-lost", ended);
  });
  const close = async () => {
    closed = true;
    presence.leave();
    await gone;
  };
  const because = message("It uses the ssh connection that is already open.");
  const peer: Peer = { engine: "openssh", hops: [...host.jumps, host.name], because };
  return { ...linkOver(mux, host, forwards), peer, gone, close };
}

/** Noted before it is made: the supervisor, or our next start, takes it back if we die. */
async function addTo(mux: Mux, folder: string, target: Target): Promise<Forward> {
  const path = join(folder, nextName());
  const text = forwardText(path, target);
  await writeFile(`${path}.forward`, `${mux.control}\n${text}\n`);
  await addForward(mux, path, target);
  return { at: { path }, remove: () => cancelForward(mux, text) };
}

let names = 0;
const nextName = () => `${++names}.s`;

function linkOver(mux: Mux, host: Host, { open }: Forwards): Pick<Link, "host" | "open" | "run" | "probe"> {
  return {
    host,
    open,
    run: (command, input, signal) => runOver(mux, command, input, signal),
    probe: (timeoutMs) => probeOver(host, mux, timeoutMs),
  };
}

/** LogVerbose is there from 8.5 on; without it a channel's success is not logged. */
function tells({ version: [major, minor] }: Facts): boolean {
  return major > 8 || (major === 8 && minor >= 5);
}

/**
 * A session that ends at once, whatever the account's shell. `-O check` would ask the local master only. Any answer
 * will do, a refusal too: it came from the far side.
 */
async function roundTripOver(mux: Mux, signal: AbortSignal): Promise<void> {
  try {
    await runOver(mux, "exit 0", "", signal);
  } catch (error) {
    if (!(error instanceof TunnelError && error.code === "cannot-look")) throw error;
  }
}

async function probeOver({ name: host }: Host, mux: Mux, timeoutMs: number): Promise<void> {
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    await roundTripOver(mux, limit);
  } catch (error) {
    if (limit.aborted) throw new TunnelError("timed-out", message("{host} did not answer in time.", { host }), error);
    throw asTunnelError(error, "connection-lost", message("The connection to {host} was lost.", { host }));
  }
}
