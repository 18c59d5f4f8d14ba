/**
 * The server at the far end of every measured way, in a process of its own: `D n` sends n bytes, `U n` reads n bytes
 * and answers `k`, `G` answers with 200 bytes. It prints its port, which is on 127.0.0.1.
 */
import { createServer, type Socket } from "node:net";

const block = Buffer.alloc(256 * 1024, 0x61);
const small = Buffer.alloc(200, 0x62);

createServer({ noDelay: true }, (socket) => {
  let uploading = 0;
  let line = "";
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (uploading > 0) {
        const taken = Math.min(uploading, chunk.length - at);
        uploading -= taken;
        at += taken;
        if (uploading === 0) socket.write("k");
        continue;
      }
      const end = chunk.indexOf(10, at);
      line += chunk.toString("latin1", at, end < 0 ? chunk.length : end);
      at = end < 0 ? chunk.length : end + 1;
      if (end < 0) continue;
      const [order, count] = line.split(" ");
      line = "";
      if (order === "G") socket.write(small);
      else if (order === "D") send(socket, Number(count));
      else uploading = Number(count);
    }
  });
}).listen(0, "127.0.0.1", function listening(this: import("node:net").Server) {
  const address = this.address();
  console.log(typeof address === "object" && address ? address.port : "");
});

function send(socket: Socket, count: number): void {
  let left = count;
  const more = () => {
    while (left > 0) {
      const next = left >= block.length ? block : block.subarray(0, left);
      left -= next.length;
      if (!socket.write(next)) {
        socket.once("drain", more);
        return;
      }
    }
  };
  more();
}
