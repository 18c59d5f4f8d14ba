import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Duplex, type Readable, type Writable } from "node:stream";
import { message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Host } from "../host/host.ts";
import type { Session } from "../link.ts";
import { inPackets, type OpenTransport } from "./transport.ts";

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * The stdio of the config's ProxyCommand, run as OpenSSH runs it (`ssh_proxy_connect` in sshconnect.c): by the user's
 * shell, which it replaces. It ends with the stream, and with us, as its standard input does.
 */
export function overProgram(host: Host, command: string, { environment, log }: Session): OpenTransport {
  return async (signal) => {
    if (signal.aborted) throw cancelled();
    const windows = environment.platform === "win32";
    const [program, args] = windows
      ? [command, []]
      : [environment.env["SHELL"] || "/bin/sh", ["-c", `exec ${command}`]];
    const env = { ...environment.env };
    const child: Child = spawn(program, args, { env, shell: windows, stdio: ["pipe", "pipe", "pipe"] });
    const said = lastWords(child, (line) => log("info", `ProxyCommand of ${host.name}: ${line}`));
    return inPackets(streamOf(child, () => ended(host, said())));
  };
}

function streamOf(child: Child, failure: () => TunnelError): Duplex {
  const { stdin, stdout } = child;
  const stream = new Duplex({
    read: () => void stdout.resume(),
    write: (chunk: Buffer, _encoding, done) => void stdin.write(chunk, () => done()),
    writev: (chunks, done) => void stdin.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), () => done()),
    final: (done) => void stdin.end(() => done()),
    destroy(error, done) {
      void endOf(child).then(() => done(error));
    },
  });
  // A program that ends takes the connection with it. What it has said of that may still be on its way.
  const over = () => {
    const limit = setTimeout(() => stream.destroy(failure()), lastWordsMs);
    child.once("close", () => {
      clearTimeout(limit);
      stream.destroy(failure());
    });
  };
  stdout.on("data", (chunk: Buffer) => stream.push(chunk) || stdout.pause());
  stdout.once("end", over);
  for (const emitter of [child, stdin, stdout, child.stderr]) emitter.on("error", over);
  // For its whole life, also before ssh2 has its own.
  stream.on("error", () => {});
  return stream;
}

/** OpenSSH sends SIGHUP too; what does not heed it is ended. */
async function endOf(child: Child): Promise<void> {
  child.stdin.destroy();
  child.stdout.destroy();
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGHUP");
  const deadline = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await exited;
  clearTimeout(deadline);
}

const graceMs = 1000;

/** A child of its own may keep its standard error open for good. */
const lastWordsMs = 250;

/** Its standard error, line by line; returns what tells the last one. */
function lastWords(child: Child, onLine: (line: string) => void): () => string {
  let last = "";
  createInterface({ input: child.stderr }).on("line", (line) => {
    last = harmless(line, { oneLine: true, most: 300 });
    onLine(last);
  });
  return () => last;
}

function ended({ name: host }: Host, last: string): TunnelError {
  const said =
    last === ""
      ? message("The ProxyCommand of {host} ended.", { host })
      : message("The ProxyCommand of {host} ended: {last}", { host, last });
  return new TunnelError("unreachable", said);
}
