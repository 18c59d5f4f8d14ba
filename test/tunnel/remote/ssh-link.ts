import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import type { Link } from "../../../src/tunnel/link.ts";
import { localLink } from "../launcher/local-link.ts";
import type { Scratch } from "../scratch.ts";
import type { Sshd } from "../sshd.ts";

/** A link that runs commands through a real sshd, by the system's ssh: what a login shell does to them is its own. */
export function sshLink(scratch: Scratch, sshd: Sshd): Link {
  const knownHosts = scratch.file(`known-${sshd.port}`);
  writeFileSync(knownHosts, sshd.knownHostsLine());
  const options = [`UserKnownHostsFile=${knownHosts}`, `IdentityFile=${sshd.userKey.file}`, "BatchMode=yes"];
  const args = ["-F", "none", "-T", ...options.flatMap((option) => ["-o", option]), "-p", String(sshd.port)];
  return {
    ...localLink({}),
    async run(command, input, signal) {
      const ssh = spawn("/usr/bin/ssh", [...args, `${sshd.user}@127.0.0.1`, command], { signal });
      ssh.on("error", () => undefined);
      ssh.stdin.on("error", () => undefined);
      ssh.stdin.end(input);
      const [stdout, stderr, [code]] = await Promise.all([text(ssh.stdout), text(ssh.stderr), once(ssh, "close")]);
      return { stdout, stderr, code: typeof code === "number" ? code : undefined };
    },
  };
}
