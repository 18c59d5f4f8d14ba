/** What a person does with terminals and what runs in them, beside the keys and clicks of `workbench.mjs`. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Jupyter and a docker that do nothing: scripts of Python, which nothing follows. */
export async function standIn() {
  const folder = await mkdtemp(join(tmpdir(), "stand-in-"));
  const program = async (name, body) => {
    const path = join(folder, name);
    await writeFile(path, `#!/usr/bin/python3\nimport sys, time\n${body}\n`, { mode: 0o755 });
    return path;
  };
  const sleeps = [
    "if '--version' not in sys.argv:",
    "    print('serving', flush=True)",
    "    try: time.sleep(600)",
    "    except KeyboardInterrupt: pass",
  ].join("\n");
  return {
    jupyter: await program("jupyter", sleeps),
    docker: await program("docker", ""),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export function withShell(shell) {
  return {
    "terminal.integrated.profiles.linux": { [shell]: { path: shell } },
    "terminal.integrated.defaultProfile.linux": shell,
  };
}

/** The item of ours, while it counts servers that others can reach. */
export function statusBar(page) {
  return page.locator('.statusbar-item[aria-label*="Servers that others can reach"]');
}

/** The rows of what runs now whose name has this text. */
export function running(page, name) {
  return page.locator(".pane-body .monaco-list-row", { hasText: name });
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
