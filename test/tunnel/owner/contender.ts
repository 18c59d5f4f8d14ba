/**
 * Another window of the same user: `contender.js STATE-FOLDER ID PORT` waits for a line on standard input, claims the
 * tunnel, says as a line what came of it, and holds what it has until standard input ends.
 */
import { createInterface } from "node:readline";
import { openOwnership } from "../../../src/tunnel/owner/ownership.ts";

const [stateFolder = "", id = "", port = "0"] = process.argv.slice(2);
const ownership = openOwnership({ stateFolder }, () => undefined);
const tunnel = {
  id,
  host: "gpubox",
  target: { kind: "tcp", host: "127.0.0.1", port: 8888 },
  basePath: "/",
  localPort: Number(port),
  guarded: false,
} as const;

console.log("ready");
createInterface({ input: process.stdin })
  .on("line", () => {
    const claim = ownership.claim(tunnel);
    console.log(claim.owned ? "owned" : `held by ${claim.owner.owner.pid} on ${claim.owner.localPort}`);
  })
  .on("close", () => process.exit());
