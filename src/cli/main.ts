import process from "node:process";
// Imported as a whole: what is wrapped to be loaded later is compiled twice.
import * as engine from "../core/lint.ts";
import { nodeDisk } from "./disk.ts";
import { run } from "./run.ts";

// Whoever reads the report may stop early, as `head` does; that is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

run(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  readStdin,
  disk: nodeDisk,
  engine,
}).then(
  // Set rather than called: `process.exit` would cut off what a pipe has not taken yet.
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`launch-guard: this is a bug in Launch Guard, please report it\n${stackOf(error)}\n`);
    process.exitCode = 2;
  },
);

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
