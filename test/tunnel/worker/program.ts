import { environmentOf } from "../../../src/tunnel/environment.ts";
import { startService } from "../../../src/tunnel/worker/client.ts";

// A command that never says `close`: `program.js` asks for hosts and ends; `program.js open` opens a tunnel as well.

const prompts = { hostKey: never, secret: never, interactive: never, notice: () => undefined };
const service = startService(
  environmentOf(process),
  prompts,
  () => undefined,
  () => undefined,
);
const target = { kind: "tcp", host: "127.0.0.1", port: 8888 } as const;
const patient = new AbortController().signal;

async function main() {
  await service.hosts({}, patient);
  if (process.argv[2] === "open") await service.open({ id: "notebook", host: "gpubox", target }, patient);
  console.log("done");
}

async function never(): Promise<undefined> {}

void main();
