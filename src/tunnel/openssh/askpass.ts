import { connect } from "node:net";
import { createInterface } from "node:readline";

/**
 * What OpenSSH runs to ask a question: hands it to the engine over a private socket and prints the answer. Without one
 * it ends with 1, which OpenSSH takes for "no answer". The nonce is no secret of the user: it tells the engine that
 * this is a child of its own `ssh`.
 */
function main(): void {
  const { LAUNCH_GUARD_ASK: socketPath = "", LAUNCH_GUARD_NONCE: nonce, SSH_ASKPASS_PROMPT: hint } = process.env;
  const socket = connect(socketPath);
  process.exitCode = 1;
  socket.on("error", () => socket.destroy());
  socket.write(`${JSON.stringify({ nonce, prompt: process.argv[2] ?? "", hint: hint ?? "" })}\n`);
  createInterface({ input: socket }).once("line", (line) => {
    process.exitCode = 0;
    process.stdout.write(`${JSON.parse(line)}\n`, () => socket.destroy());
  });
}

main();
