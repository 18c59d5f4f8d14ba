import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A 0700 folder for one suite, with what tests put there; short, because a unix socket's path may have 107 bytes. */
export type Scratch = { readonly path: string; file(name: string): string; remove(): void };

export function scratch(): Scratch {
  const path = mkdtempSync(join(tmpdir(), "lg-"));
  chmodSync(path, 0o700);
  return {
    path,
    file: (name) => join(path, name),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

export type KeyPair = { readonly file: string; readonly publicFile: string };

/** Makes a key with `ssh-keygen`. */
export function makeKey(file: string, { type = "ed25519", passphrase = "", bits = "" } = {}): KeyPair {
  const size = bits === "" ? [] : ["-b", bits];
  execFileSync("ssh-keygen", ["-q", "-t", type, ...size, "-N", passphrase, "-C", "test", "-f", file]);
  return { file, publicFile: `${file}.pub` };
}

/** The fingerprint as `ssh-keygen -l` prints it: `SHA256:…`. */
export function fingerprintOf(publicFile: string): string {
  const printed = execFileSync("ssh-keygen", ["-l", "-f", publicFile], { encoding: "utf8" });
  return printed.split(" ")[1] ?? "";
}
