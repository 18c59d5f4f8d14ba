import { writeFileSync } from "node:fs";
import type { Prompts } from "../../../src/tunnel/prompts.ts";
import { openService } from "../../../src/tunnel/serve.ts";
import type { TunnelService } from "../../../src/tunnel/service.ts";
import type { TunnelStatus } from "../../../src/tunnel/status.ts";
import type { Scratch } from "../scratch.ts";
import type { Sshd } from "../sshd.ts";

/** Our machine, with an ssh config whose host `far` is an sshd with a known key; nothing is ever asked. */
export function near(
  sshd: Sshd,
  address: string,
  folder: Scratch,
  onTunnel: (status: TunnelStatus) => void,
): TunnelService {
  const configFile = folder.file("config");
  writeFileSync(folder.file("known_hosts"), sshd.knownHostsLine(`[${address}]:${sshd.port}`));
  writeFileSync(configFile, configText(sshd, address, folder.file("known_hosts")));
  const environment = {
    home: folder.path,
    user: sshd.user,
    env: { PATH: process.env["PATH"], HOME: folder.path },
    platform: process.platform,
    configFile,
    ssh: "/usr/bin/ssh",
    stateFolder: folder.file("local-state"),
    bundleFolder: "dist",
  };
  return openService(environment, nobody, () => undefined, onTunnel);
}

function configText(sshd: Sshd, address: string, knownHosts: string): string {
  return [
    "Host far",
    `HostName ${address}`,
    `Port ${sshd.port}`,
    `User ${sshd.user}`,
    `IdentityFile ${sshd.userKey.file}`,
    "IdentitiesOnly yes",
    "IdentityAgent none",
    `UserKnownHostsFile ${knownHosts}`,
    "",
  ].join("\n");
}

const nobody: Prompts = {
  hostKey: () => Promise.reject(new Error("asked about a host key")),
  secret: () => Promise.reject(new Error("asked for a secret")),
  interactive: () => Promise.reject(new Error("asked a question")),
  notice: () => undefined,
};
