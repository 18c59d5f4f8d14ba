import { connectOpenssh } from "../../../src/tunnel/openssh/engine.ts";
import { hostOf } from "../host-with.ts";
import { type Plain, sessionFrom } from "./world.ts";

/** A process that holds a link and one stream, says so, and waits to be killed. */
async function main(): Promise<void> {
  const plain: Plain = JSON.parse(process.argv[2] ?? "");
  const session = sessionFrom(plain.environment);
  const link = await connectOpenssh(hostOf("gpu", plain.sshd, plain.host), session, new AbortController().signal);
  await link.open(plain.target, new AbortController().signal);
  process.stdout.write("holding\n");
  setInterval(() => {}, 60_000);
}

void main();
