/**
 * A long line in a process of its own: passes every byte on after half the round trip, in both directions, with no
 * loss and no limit on the rate. `relay.js PORT RTT-IN-MS`; it prints the port to connect to, on 127.0.0.1.
 */
import { connect, createServer, type Server, type Socket } from "node:net";

const [port = 0, roundTripMs = 0] = process.argv.slice(2).map(Number);

createServer({ noDelay: true }, (near) => {
  const far = connect({ port, host: "127.0.0.1", noDelay: true });
  delayed(near, far);
  delayed(far, near);
}).listen(0, "127.0.0.1", function listening(this: Server) {
  const address = this.address();
  console.log(typeof address === "object" && address ? address.port : "");
});

/** One timer for the oldest piece, because a timer for each would cost more than passing it on. */
function delayed(from: Socket, to: Socket): void {
  const waiting: { readonly at: number; readonly chunk: Buffer }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const pass = () => {
    timer = undefined;
    const now = performance.now();
    while (waiting[0] && waiting[0].at <= now) {
      const first = waiting.shift();
      if (first) to.write(first.chunk);
    }
    if (waiting[0]) timer = setTimeout(pass, Math.max(0, waiting[0].at - now));
  };
  from.on("data", (chunk) => {
    waiting.push({ at: performance.now() + roundTripMs / 2, chunk });
    timer ??= setTimeout(pass, roundTripMs / 2);
  });
  from.on("error", () => to.destroy());
  from.on("close", () => {
    clearTimeout(timer);
    to.destroy();
  });
}
