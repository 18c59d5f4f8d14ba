// A server that takes its time: answers every request with as many MiB as its first argument says, one each tenth of a
// second, on 127.0.0.1. It prints its port.
import { createServer } from "node:http";

const mebibytes = Number(process.argv[2]);
const block = Buffer.alloc(1 << 20, 0x61);

const server = createServer((_, response) => {
  let left = mebibytes;
  const send = () => {
    if (left-- === 0) response.end();
    else response.write(block, () => setTimeout(send, 100));
  };
  response.on("error", () => undefined);
  response.setHeader("content-length", mebibytes * block.length);
  send();
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
