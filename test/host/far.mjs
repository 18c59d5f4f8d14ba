/**
 * A far machine for the tests in a real editor: a private sshd on 127.0.0.1, and an ssh config that knows it as
 * `gpubox`. Its key is not known yet, and the user's key wants a passphrase. Real servers run there where the Python
 * environment exists (`python3 test/tunnel/python-environment.py`), whose programs are on its PATH.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./setup.mjs";
import { until } from "./until.mjs";

export const passphrase = "correct horse battery staple";

/** Starts the machine. `stop()` ends everything on it and removes its files. Without `asks` the key has no passphrase. */
export async function farMachine({ asks = true } = {}) {
  const path = mkdtempSync(join(tmpdir(), "lgh-"));
  const folder = {
    path,
    file: (name) => join(path, name),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
  const { startSshd, makeKey } = await harness(folder);
  const home = folder.file("home");
  mkdirSync(join(home, "tmp"), { recursive: true });
  const userKey = makeKey(folder.file("key"), asks ? { passphrase } : {});
  const programs = [pythonPrograms(), process.env.PATH].filter((part) => part !== undefined);
  const variables = {
    HOME: home,
    TMPDIR: join(home, "tmp"),
    PATH: programs.join(":"),
    MLFLOW_DISABLE_TELEMETRY: "true",
  };
  // sshd obeys the first line only; SHLVL is what its usual configuration in the tests sets.
  const config = [
    `SetEnv SHLVL=1 ${Object.entries(variables)
      .map((pair) => pair.join("="))
      .join(" ")}`,
  ];
  const knownHosts = folder.file("known_hosts");
  let sshd = await startSshd(folder, { config, userKey });
  const { port, hostKey } = sshd;
  const configFile = folder.file("config");
  writeFileSync(configFile, configText(sshd, userKey, knownHosts));

  return {
    path,
    home,
    port,
    user: sshd.user,
    configFile,
    keyFile: userKey.file,
    knownHosts,
    sshd: () => sshd,
    fingerprint: sshd.fingerprint,
    /** Its user has trusted it before. */
    trusted: () => writeFileSync(knownHosts, sshd.knownHostsLine()),
    /** How often somebody has connected to it. */
    connections: () =>
      sshd
        .log()
        .split("\n")
        .filter((line) => line.includes("Connection from")).length,
    /** Ends sshd and every session, as a machine that goes down does. */
    goDown: () => sshd.stop(),
    /** It comes back with the key it had, or with another one. */
    async comeBack({ key = hostKey, name = "sshd" } = {}) {
      sshd = await startSshd(folder, { config, userKey, port, hostKey: key, name });
    },
    makeKey: (name) => makeKey(folder.file(name)),
    /** Starts a server there that lives until `stop`; answers when it does. */
    async run(program, args, { url }) {
      spawn(program, args, { env: { ...process.env, ...variables }, stdio: "ignore", detached: true });
      await until(() => answers(url));
    },
    async stop() {
      await sshd.stop();
      // Servers outlive their session, as on any machine; what runs there has that home.
      for (const pid of processesWith(`HOME=${home}`)) kill(pid);
      folder.remove();
    },
  };
}

/** Where the programs of the Python environment are; the answer is worked out, and its absence said, once. */
let programs;

/** The Python environment's programs, or nothing where it was not made; with LAUNCH_GUARD_REQUIRE_ALL=1 that throws. */
export function pythonPrograms() {
  programs ??= { folder: lookForPrograms() };
  return programs.folder;
}

function lookForPrograms() {
  try {
    const script = join(root, "test", "tunnel", "python-environment.py");
    return join(execFileSync("python3", [script, "--if-ready"], { encoding: "utf8" }).trim(), "bin");
  } catch (error) {
    if (process.env.LAUNCH_GUARD_REQUIRE_ALL === "1") throw error;
    console.log("SKIPPED: the Python environment is missing; python3 test/tunnel/python-environment.py makes it.");
    return undefined;
  }
}

/** The processes of this machine in whose environment this text stands. */
export function processesWith(text) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(text))
    .map(Number);
}

/** The command line of a process, or nothing where it has ended. */
export function commandLineOf(pid) {
  return textOf(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
}

/** What listens on this machine, by the kernel's word: proc_net_tcp(5) writes 127.0.0.1:80 as `0100007F:0050`. */
function listeners() {
  const rows = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => readFileSync(file, "utf8").split("\n").slice(1));
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state]) => state === "0A")
    .map(([, local]) => local);
}

/** The addresses on which anything listens at a port; `0100007F` is 127.0.0.1. */
export function listeningOn(port) {
  const end = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return listeners()
    .filter((local) => local.endsWith(end))
    .map((local) => local.slice(0, -end.length));
}

/** What listens beyond loopback. */
export function openListeners() {
  return listeners().filter(
    (local) => !/^(0100007F|0{24}0100007F|0{8}0{8}FFFF00000100007F|0{24}01000000):/.test(local),
  );
}

function environmentOf(pid) {
  return textOf(`/proc/${pid}/environ`);
}

/** A process may end while one looks, and those of other users cannot be read. */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

async function harness(folder) {
  const { build } = createRequire(join(root, "package.json"))("esbuild");
  const outfile = folder.file("harness.mjs");
  const contents = `export * from "./test/tunnel/sshd.ts"; export * from "./test/tunnel/scratch.ts";`;
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
  return import(pathToFileURL(outfile).href);
}

function configText({ port, user }, { file }, knownHosts) {
  return [
    "Host gpubox",
    "  HostName 127.0.0.1",
    `  Port ${port}`,
    `  User ${user}`,
    `  IdentityFile ${file}`,
    "  IdentitiesOnly yes",
    "  IdentityAgent none",
    `  UserKnownHostsFile ${knownHosts}`,
    "  GlobalKnownHostsFile /dev/null",
    "",
  ].join("\n");
}

async function answers(url) {
  const answer = await fetch(url).catch(() => undefined);
  return answer !== undefined && answer.status < 500;
}

function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
