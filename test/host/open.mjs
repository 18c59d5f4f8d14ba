/**
 * Opens a real VS Code with the packaged extension, to try it by hand.
 *
 *     node test/host/open.mjs [folder]    # or: npm run editor -- [folder]; the default is examples/
 *
 * Installs the newest launch-guard-*.vsix of the root and prints an address for a browser on this machine (to look at it
 * from another machine, use an SSH tunnel: ssh -L PORT:127.0.0.1:PORT host). Settings are fresh each time; the folder is
 * the real one, and files are saved only when asked. Ctrl-C ends it and leaves nothing behind.
 */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { root, setUp } from "./setup.mjs";

await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main() {
  const folder = process.argv[2] ? resolve(process.argv[2]) : join(root, "examples");
  await stat(folder);
  await setUp();
  // Loaded only now: what it imports is installed by the set-up.
  const { installVsix, newestVsix, startServer, stopOnSignals } = await import("./editor.mjs");
  const vsix = await newestVsix();

  const extensionsDir = await mkdtemp(join(tmpdir(), "launch-guard-extensions-"));
  stopOnSignals(() => rm(extensionsDir, { recursive: true, force: true }));
  await installVsix(extensionsDir, vsix);
  const server = await startServer({ extensionsDir });
  console.log(`Installed ${vsix}\nOpen ${server.url(folder)}\nCtrl-C ends it.`);
}
