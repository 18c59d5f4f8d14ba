import type { Host } from "../../../src/tunnel/host/host.ts";

/** A resolved host, as far as keys and logins go. */
export function hostWith(more: Partial<Host> = {}): Host {
  return {
    name: "gpu",
    hostname: "127.0.0.1",
    port: 22,
    user: "me",
    userKnownHostsFiles: [],
    globalKnownHostsFiles: [],
    hashKnownHosts: false,
    strictHostKeyChecking: "ask",
    identityFiles: [],
    identitiesOnly: false,
    methods: ["publickey", "keyboard-interactive", "password"],
    jumps: [],
    compression: false,
    onlySystemSsh: [],
    algorithms: {},
    localForwards: [],
    problems: [],
    ...more,
  };
}
