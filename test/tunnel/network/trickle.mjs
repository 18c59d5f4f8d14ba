// A server that takes its time: answers every request with as many MiB as its first argument says, one each tenth of a
// second, on 127.0.0.1; the ETag is the SHA-256 of the whole. It prints its port.
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";

const mebibytes = Number(process.argv[2]);
const body = randomBytes(mebibytes << 20);
const digest = createHash("sha256").update(body).digest("hex");

const server = createServer((_, response) => {
  const send = (from) => {
    if (from === body.length) return response.end();
    const to = from + (1 << 20);
    response.write(body.subarray(from, to), () => setTimeout(send, 100, to));
  };
  response.on("error", () => undefined);
  response.writeHead(200, { "content-length": body.length, etag: digest });
  send(0);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
