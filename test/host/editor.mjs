/**
 * The parts of a real editor: VS Code's server, extensions installed into it, and the browser that shows it.
 *
 *     const server = await startServer({ extensionsDir });
 *     await installVsix(extensionsDir, "launch-guard-0.1.0.vsix");
 *     const browser = await launchBrowser();
 *     await (await browser.newPage()).goto(server.url("/some/folder"));
 *     await server.stop();
 *
 * Servers listen on 127.0.0.1 only, at a port the system picks. Everything they write goes to a temporary folder, and
 * `stop()` returns when the last process and that folder are gone. Needs what `setup.mjs` installs.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chromium } from "playwright-core";
import { chromiumBinary, nodeBinary, root, vscodeDir } from "./setup.mjs";

const startTimeoutMs = 60_000;
/** VS Code takes a few seconds to leave by itself after SIGTERM: it gives extensions time to deactivate. */
const stopTimeoutMs = 10_000;

/** Settings that keep the editor quiet: nothing phones home, nothing pops up, nothing is saved unasked. */
const quietSettings = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "git.enabled": false,
  "github.gitAuthentication": false,
  // With workspace trust on, folders are then in restricted mode without a dialog in the way.
  "security.workspace.trust.startupPrompt": "never",
  // In a browser the default is to save after a delay, which would change the files one looks at.
  "files.autoSave": "off",
};

/** The servers that run and the folders that exist now, so that nothing stays behind however this process ends. */
const running = new Set();
const homes = new Set();
process.once("exit", () => {
  for (const server of running) server.kill();
  for (const dir of homes) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

/**
 * Starts VS Code. `settings` go on top of the quiet ones, `machineSettings` are those of scope `machine`, `env` on top of a minimal environment; the extension host and
 * terminals see that environment. With `workspaceTrust` folders start untrusted, as on a user's machine.
 */
export async function startServer({
  extensionsDir,
  userDataDir,
  settings = {},
  machineSettings = {},
  env = {},
  workspaceTrust = false,
} = {}) {
  const home = await temporaryHome();
  const dataDir = userDataDir ?? join(home.dir, "data");
  await mkdir(join(dataDir, "User"), { recursive: true });
  await writeFile(join(dataDir, "User", "settings.json"), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  await mkdir(join(dataDir, "Machine"), { recursive: true });
  await writeFile(join(dataDir, "Machine", "settings.json"), JSON.stringify(machineSettings, null, 2));

  const child = spawn(
    nodeBinary,
    [
      ...["out/server-main.js", "--host", "127.0.0.1", "--port", "0", "--without-connection-token"],
      ...["--accept-server-license-terms", "--disable-telemetry", "--disable-getting-started-override"],
      ...(workspaceTrust ? [] : ["--disable-workspace-trust"]),
      ...["--server-data-dir", dataDir, "--user-data-dir", dataDir],
      ...["--extensions-dir", extensionsDir ?? join(home.dir, "extensions")],
    ],
    { cwd: vscodeDir, env: { ...home.env, ...env }, detached: true, stdio: ["ignore", "pipe", "pipe"] },
  );
  let stopped;
  const server = {
    port: 0,
    /** Holds everything that the server and what runs in it write: `data` is the editor's, `home` its terminals'. */
    home: home.dir,
    /** The last of what the server printed; worth showing when something fails. */
    output: "",
    url: (folder) => `http://127.0.0.1:${server.port}/?folder=${encodeURIComponent(folder)}`,
    stop: () => (stopped ??= stop(child, home.dir).finally(() => running.delete(server))),
    kill: () => signalGroup(child.pid, "SIGKILL"),
  };
  running.add(server);
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => (server.output = (server.output + text).slice(-20_000)));

  try {
    server.port = await listening(child, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** The launch-guard-*.vsix that was packaged last in the main project. */
export async function newestVsix() {
  const names = (await readdir(root)).filter((name) => /^launch-guard-.*\.vsix$/.test(name));
  const files = await Promise.all(
    names.map(async (name) => ({ path: join(root, name), made: (await stat(join(root, name))).mtimeMs })),
  );
  const newest = files.sort((a, b) => b.made - a.made)[0];
  if (!newest) throw new Error(`There is no launch-guard-*.vsix in ${root}; make one with: npx vsce package`);
  return newest.path;
}

/** Installs an extension the way a user does. */
export async function installVsix(extensionsDir, vsix) {
  const home = await temporaryHome();
  const dataDir = join(home.dir, "data");
  const args = ["--extensions-dir", extensionsDir, "--server-data-dir", dataDir, "--user-data-dir", dataDir];
  const child = spawn(nodeBinary, ["out/server-main.js", "--install-extension", vsix, "--force", ...args], {
    cwd: vscodeDir,
    env: home.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  await removeHome(home.dir);
  // The words are asked for as well: an exit code alone says too little about what was installed.
  if (code !== 0 || !output.includes("was successfully installed"))
    throw new Error(`Installing ${vsix} failed (exit ${code}):\n${output}`);
}

/** A headless browser; close it when done. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: chromiumBinary,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
    // Signals are handled in one place, `stopOnSignals`.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** From now on Ctrl-C and `kill` first stop every server and then do `cleanUp`, so that nothing stays behind. */
export function stopOnSignals(cleanUp = async () => {}) {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
  for (const [signal, number] of Object.entries(numbers))
    process.once(signal, async () => {
      await Promise.allSettled([...running].map((server) => server.stop()));
      await cleanUp();
      process.exit(128 + number);
    });
}

/** A folder of its own for one run of VS Code, and the minimal environment that keeps the run inside. */
async function temporaryHome() {
  const dir = await mkdtemp(join(tmpdir(), "launch-guard-editor-"));
  homes.add(dir);
  const folder = async (name) => {
    await mkdir(join(dir, name), { mode: 0o700 });
    return join(dir, name);
  };
  const env = {
    PATH: process.env.PATH,
    SHELL: "/bin/bash",
    LANG: "C.UTF-8",
    // No extension gallery, so that nothing is looked up on the internet.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    HOME: await folder("home"),
    TMPDIR: await folder("tmp"),
    XDG_RUNTIME_DIR: await folder("run"),
  };
  return { dir, env };
}

async function removeHome(dir) {
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  homes.delete(dir);
}

/** Waits until the server says which port it got. */
function listening(child, server) {
  let timer;
  const port = new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`VS Code did not start, ${why}:\n${server.output}`));
    timer = setTimeout(fail, startTimeoutMs, "time ran out");
    child.once("error", (error) => fail(error.message)).once("exit", () => fail("it ended"));
    child.stdout.on("data", () => {
      const found = server.output.match(/listening on (\d+)/)?.[1];
      if (found) resolve(Number(found));
    });
  });
  return port.finally(() => clearTimeout(timer));
}

/** Ends the server with everything it started, and removes its folder. */
async function stop(child, home) {
  signalGroup(child.pid, "SIGTERM");
  const deadline = Date.now() + stopTimeoutMs;
  for (let left = await processesOf(home); left.length > 0; left = await processesOf(home)) {
    if (Date.now() > deadline) for (const pid of left) signalProcess(pid, "SIGKILL");
    // The end of a process that is not our child is not announced by any event.
    await wait(50);
  }
  await removeHome(home);
}

/**
 * The living processes whose environment names this temporary folder. The process group alone would not do: terminals
 * have sessions of their own, and a zombie nobody reaps would look alive.
 */
async function processesOf(home) {
  const found = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // A process may end while we look, and other users' processes cannot be read.
    const environment = await readFile(`/proc/${name}/environ`, "utf8").catch(() => "");
    if (environment.includes(`${home}/`)) found.push(Number(name));
  }
  return found;
}

function signalGroup(pid, signal) {
  if (pid !== undefined) signalProcess(-pid, signal);
}

function signalProcess(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
