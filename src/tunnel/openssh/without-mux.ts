import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { message } from "../../core/message.ts";
import { asTunnelError, TunnelError } from "../error.ts";
import type { Host } from "../host/host.ts";
import type { Link, Session } from "../link.ts";
import { type Target, targetText } from "../target.ts";
import { peerOf } from "./facts.ts";
import { failureOf } from "./failure.ts";
import { type Forward, openForwards } from "./forwards.ts";
import { readLogLines } from "./log-lines.ts";
import { destination, logging, startMaster } from "./master.ts";
import { forwardText, runProgram } from "./mux.ts";
import { superviseOnWindows } from "./supervisor.ts";

/**
 * The system's `ssh` where it has no masters: Windows. Weaker than elsewhere in three ways. Every target and every
 * command logs in anew, and without a question, so only keys that an agent holds or that have no passphrase will do. A
 * forward is a loopback port, which other users of this machine can connect to. And the config's own forwards cannot be
 * left out (`ClearAllForwardings` would drop ours too), so a host that has some is refused. No test runs it on Windows.
 */
export async function connectWithoutMux(ssh: string, host: Host, session: Session, signal: AbortSignal): Promise<Link> {
  const base = await startMaster(ssh, host, session, signal, () => ["-N", "-T"]);
  const args = ["-F", join(base.folder, "config"), "-o", "BatchMode=yes"];
  const to = destination(host, base.hops);
  const run: Link["run"] = (command, input, until) => runProgram(ssh, [...args, "-T", ...to, command], input, until);
  const roundTrip = async (until: AbortSignal) => {
    const { code } = await run("exit 0", "", until);
    // What `ssh` itself ends with where it cannot log in.
    if (code === 255) throw new TunnelError("connection-lost", message("{host} did not answer.", { host: host.name }));
  };
  const forwards = openForwards(async (target) => {
    await refuseForwards(ssh, [...args, ...unclear, "-G", ...to], host);
    return addPort(target, session, host, (port) => [ssh, ...args, ...logging, ...forwarding(port, target), ...to]);
  }, roundTrip);
  void base.gone.then(() => forwards.close());
  return {
    host,
    peer: peerOf(
      base.facts,
      base.hops.map((hop) => hop.host.name),
    ),
    open: forwards.open,
    run,
    async probe(timeoutMs) {
      const said = message("{host} did not answer in time.", { host: host.name });
      await roundTrip(AbortSignal.timeout(timeoutMs)).catch((error) => {
        throw asTunnelError(error, "timed-out", said);
      });
    },
    gone: base.gone,
    async close() {
      await forwards.close();
      await base.stop();
    },
  };
}

/** The command line's word is the first that OpenSSH reads, so a forward given there is not dropped. */
const unclear = ["-o", "ClearAllForwardings=no"];

function forwarding(port: number, target: Target): readonly string[] {
  const forward = forwardText(`127.0.0.1:${port}`, target);
  return [...unclear, "-o", "ExitOnForwardFailure=yes", "-N", "-T", "-L", forward];
}

async function refuseForwards(ssh: string, args: readonly string[], { name: host }: Host): Promise<void> {
  const { stdout } = await runProgram(ssh, args, "", AbortSignal.timeout(5000));
  if (!/^(?:local|remote|dynamic)forward /m.test(stdout)) return;
  const said = "The ssh config has forwards for {host}, which the system's ssh would open too on this machine.";
  throw new TunnelError("bad-request", message(said, { host }));
}

async function addPort(
  target: Target,
  { environment, log }: Session,
  { name }: Host,
  command: (port: number) => readonly string[],
): Promise<Forward> {
  const port = await freePort();
  const lines = readLogLines(log);
  const child = superviseOnWindows({ command: command(port), env: environment.env }, lines.line);
  const ended = child.ended.then(() => {
    const failure = failureOf(name, lines.plain, 0);
    lines.opens.end(failure);
    throw failure;
  });
  await Promise.race([lines.ready, ended]);
  ended.catch((error) => log("info", `the way to ${targetText(target)} ended: ${String(error)}`));
  return { at: { host: "127.0.0.1", port }, opens: lines.opens, remove: child.stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
