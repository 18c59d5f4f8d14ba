/**
 * Our end of a tunnel, in a process of its own, as the command line and the editor use it: the main thread, and the
 * worker beside it. `near.js ENGINE SSH-CONFIG STATE-FOLDER PORT [in-thread]` opens a tunnel from host `far` to
 * 127.0.0.1:PORT there, and answers to lines on standard input with lines on standard output.
 */
import { resolve } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { environmentOf } from "../../src/tunnel/environment.ts";
import type { EngineName } from "../../src/tunnel/link.ts";
import type { Prompts } from "../../src/tunnel/prompts.ts";
import { openService } from "../../src/tunnel/serve.ts";
import { startService } from "../../src/tunnel/worker/client.ts";

const [engine = "ssh2", configFile = "", stateFolder = "", port = "0", where = "worker"] = process.argv.slice(2);

/** Nothing is ever asked here: the key is known and the user's key has no passphrase. */
const prompts: Prompts = {
  hostKey: async () => "refuse",
  secret: async () => undefined,
  interactive: async () => undefined,
  notice: () => undefined,
};

async function main() {
  const environment = { ...environmentOf(process, resolve("dist")), configFile, stateFolder };
  const open = where === "in-thread" ? openService : startService;
  const service = open(
    environment,
    prompts,
    () => undefined,
    () => undefined,
    {},
  );
  const never = new AbortController().signal;
  // Raw TCP without a guard: what is measured is the way, not the front.
  const status = await service.open(
    {
      // Two processes that open the same tunnel would share one.
      id: `${engine}-${process.pid}`,
      host: "far",
      engine: engine === "openssh" ? "openssh" : ("ssh2" satisfies EngineName),
      target: { kind: "tcp", host: "127.0.0.1", port: Number(port) },
      guarded: false,
    },
    never,
  );
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const answers: Record<string, () => unknown> = {
    memory() {
      for (let turn = 0; turn < 4; turn++) globalThis.gc?.();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    },
    "delay-start"() {
      delay.reset();
      delay.enable();
      return 0;
    },
    /** p99 in milliseconds; the resolution itself is in it, idle or not. */
    "delay-stop"() {
      delay.disable();
      return delay.percentile(99) / 1e6;
    },
  };
  console.log(JSON.stringify({ port: status.localPort, engine: status.peer?.engine, ...status.state }));
  const orders = createInterface({ input: process.stdin });
  orders.on("line", (order) => console.log(JSON.stringify(answers[order]?.() ?? null)));
  orders.on("close", () => void service.close({}, never).then(() => process.exit(0)));
}

void main();
