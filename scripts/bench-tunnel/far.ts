import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Sshd, startSshd } from "../../test/tunnel/sshd.ts";

/** The far machine: sshd and the server behind it. Everything is on 127.0.0.1. */
export type Far = {
  readonly folder: string;
  readonly sshd: Sshd;
  /** The server's own port. */
  readonly port: number;
  /** A way to sshd with a round trip time; 0 is sshd itself. */
  line(roundTripMs: number): Promise<{ readonly port: number; close(): void }>;
  /** An ssh config whose host `far` is sshd at the end of a line. */
  config(sshPort: number): string;
  stop(): Promise<void>;
};

/** One cipher for everybody; the one that every contender prefers or can do without native code. */
const cipher = "aes128-gcm@openssh.com";

export async function startFar(folder: string): Promise<Far> {
  const place = { path: folder, file: (name: string) => join(folder, name), remove: () => undefined };
  const sshd = await startSshd(place, { config: [`Ciphers ${cipher}`] });
  const peer = await startServer(["peer.js"]);
  return {
    folder,
    sshd,
    port: peer.port,
    async line(roundTripMs) {
      if (roundTripMs === 0) return { port: sshd.port, close: () => undefined };
      const relay = await startServer(["relay.js", String(sshd.port), String(roundTripMs)]);
      return { port: relay.port, close: () => relay.process.kill() };
    },
    config(sshPort) {
      const file = join(folder, `config-${sshPort}`);
      const known = join(folder, `known-${sshPort}`);
      writeFileSync(known, sshd.knownHostsLine(`[127.0.0.1]:${sshPort}`));
      writeFileSync(file, configText(sshd, sshPort, known));
      return file;
    },
    async stop() {
      peer.process.kill();
      await sshd.stop();
    },
  };
}

function configText(sshd: Sshd, port: number, knownHosts: string): string {
  return [
    "Host far",
    "  HostName 127.0.0.1",
    `  Port ${port}`,
    `  User ${sshd.user}`,
    `  IdentityFile ${sshd.userKey.file}`,
    "  IdentitiesOnly yes",
    "  IdentityAgent none",
    `  UserKnownHostsFile ${knownHosts}`,
    "  GlobalKnownHostsFile /dev/null",
    `  Ciphers ${cipher}`,
    "",
  ].join("\n");
}

/** A script of ours that prints the port it listens on. */
async function startServer([script = "", ...args]: string[]): Promise<{ process: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join("out/scripts", script), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) return { process: child, port: Number(line) };
  throw new Error(`${script} did not start`);
}
