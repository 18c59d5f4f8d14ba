import { writeFileSync } from "node:fs";
import type { Environment } from "../../src/tunnel/environment.ts";
import type { Prompts } from "../../src/tunnel/prompts.ts";
import type { Scratch } from "./scratch.ts";
import type { Sshd } from "./sshd.ts";

/** Our machine, with an ssh config in which an sshd at `address` has this name and a key that is known. */
export function nearMachine(folder: Scratch, sshd: Sshd, name: string, address = "127.0.0.1"): Environment {
  const [configFile, knownHosts] = [folder.file("config"), folder.file("known_hosts")];
  writeFileSync(knownHosts, sshd.knownHostsLine(`[${address}]:${sshd.port}`));
  writeFileSync(
    configFile,
    [
      `Host ${name}`,
      `HostName ${address}`,
      `Port ${sshd.port}`,
      `User ${sshd.user}`,
      `IdentityFile ${sshd.userKey.file}`,
      "IdentitiesOnly yes",
      "IdentityAgent none",
      `UserKnownHostsFile ${knownHosts}`,
      "GlobalKnownHostsFile none",
      "",
    ].join("\n"),
  );
  return {
    home: folder.path,
    user: sshd.user,
    env: { PATH: process.env["PATH"], HOME: folder.path, XDG_RUNTIME_DIR: folder.path },
    platform: process.platform,
    configFile,
    ssh: "/usr/bin/ssh",
    stateFolder: folder.file("state"),
    bundleFolder: "dist",
  };
}

/** With a known key and one without a passphrase there is nothing to ask. */
export const nobody: Prompts = {
  hostKey: () => Promise.reject(new Error("asked about a host key")),
  secret: () => Promise.reject(new Error("asked for a secret")),
  interactive: () => Promise.reject(new Error("asked a question")),
  notice: () => undefined,
};
