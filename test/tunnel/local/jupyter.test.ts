import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { message, render } from "../../../src/core/message.ts";
import type { Environment } from "../../../src/tunnel/environment.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import { localLink } from "../../../src/tunnel/local/link.ts";
import { realParts } from "../../../src/tunnel/parts.ts";
import { openService } from "../../../src/tunnel/serve.ts";
import { nobody } from "../near.ts";
import { pythonEnvironment } from "../python.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { listeningOn } from "../security/kernel.ts";

const python = pythonEnvironment();
const never = new AbortController().signal;

if (python !== undefined) {
  describe("a real JupyterLab on this machine", function () {
    this.timeout(60_000);
    let folder: Scratch;
    let jupyter: ChildProcess;
    let port: number;

    before(async () => {
      folder = scratch();
      const command = [join(python, "bin", "jupyter-lab"), "--ip=0.0.0.0", "--port=0", "--no-browser", "--allow-root"];
      const env = { HOME: folder.path, TMPDIR: folder.path, PATH: process.env["PATH"] };
      jupyter = spawn(join(python, "bin", "python"), command, {
        cwd: folder.path,
        env,
        stdio: ["ignore", "ignore", "pipe"],
      });
      port = await portOf(jupyter);
      await answers(port);
    });
    after(() => {
      jupyter.kill("SIGKILL");
      folder.remove();
    });

    it("is found where the network can reach it, and ended so that nothing listens there", async () => {
      assert.deepEqual(listeningOn(port), [`00000000:${port.toString(16).toUpperCase().padStart(4, "0")}`]);
      const service = openService(environmentIn(folder), nobody, quiet, quiet, {}, onlyPort(port));
      const { servers } = await service.auditHere({}, never);
      const found = servers.find(({ server: { target } }) => target.kind === "tcp" && target.port === port);
      assert.ok(found?.process);
      assert.deepEqual([found.server.kind, found.server.reach, found.server.auth], ["jupyter", "network", "on"]);
      assert.match(found.findings.map((each) => render(each.message)).join(), /^Jupyter listens on every interface/);

      const [command] = await service.commandsHere(found.process, never);
      assert.deepEqual(command, {
        words: [join(python, "bin", "jupyter-lab"), "--ip=0.0.0.0", "--port=0", "--no-browser", "--allow-root"],
        folder: folder.path,
      });

      const ended = once(jupyter, "exit");
      await service.stopHere({ process: found.process, kind: "jupyter" }, never);
      assert.deepEqual(listeningOn(port), [], "the kernel says that nothing listens");
      assert.deepEqual(await ended, [0, null], "it ended as Jupyter does that is told to");
      await service.close({}, never);
    });
  });
}

/** The port that it says it got; read to the end, so that it never waits for us. */
async function portOf({ stderr }: ChildProcess): Promise<number> {
  assert.ok(stderr);
  const lines = createInterface({ input: stderr });
  const port = new Promise<number>((resolve) =>
    lines.on("line", (line) => {
      const [, said] = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(line) ?? [];
      if (said !== undefined) resolve(Number(said));
    }),
  );
  return Promise.race([port, once(lines, "close").then(() => Promise.reject(new Error("JupyterLab did not start")))]);
}

/** It says its port before it listens there (`init_httpserver` of jupyter_server/serverapp.py, 2.21.1). */
async function answers(port: number): Promise<void> {
  const isThere = () =>
    fetch(`http://127.0.0.1:${port}/api`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isThere())) await wait(20);
}

function environmentIn({ path }: Scratch): Environment {
  const env = { PATH: process.env["PATH"], HOME: path, TMPDIR: path };
  return {
    home: path,
    user: "ada",
    env,
    platform: process.platform,
    stateFolder: join(path, "state"),
    bundleFolder: "dist",
  };
}

/** What else listens on this machine is not asked anything: it belongs to others. */
function onlyPort(port: number): typeof realParts {
  return {
    ...realParts,
    localLink(environment) {
      const link = localLink(environment);
      return {
        ...link,
        async open(target, signal) {
          if (target.kind === "tcp" && target.port === port) return link.open(target, signal);
          throw new TunnelError("nothing-listens", message("Nothing listens there."));
        },
      };
    },
  };
}

const quiet = () => undefined;
