import type { Link } from "../../../src/tunnel/link.ts";
import { localLink as linkHere } from "../../../src/tunnel/local/link.ts";
import { hostWith } from "../host-with.ts";

/** A link to this very machine without ssh between, as a login with `env` to a far one would see it. */
export function localLink(env: Readonly<Record<string, string>>): Link {
  const home = env["HOME"] ?? process.cwd();
  const environment = { home, user: "ada", env, platform: process.platform, stateFolder: home, bundleFolder: "dist" };
  return {
    ...linkHere(environment),
    host: hostWith({ name: "gpubox", user: "ada", methods: [] }),
    peer: { engine: "ssh2", fingerprint: "SHA256:none", keyType: "ssh-ed25519", hops: ["gpubox"] },
  };
}
