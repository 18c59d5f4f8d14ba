import { parentPort, workerData } from "node:worker_threads";
import { openService } from "../serve.ts";
import { openExchange } from "./exchange.ts";
import type { Packet, Questions, WorkerData, WorkerEvent } from "./protocol.ts";

/** The worker's side: the SSH half at work, with its questions asked on the main side. */
function main(): void {
  if (!parentPort) throw new Error("this runs as a worker only");
  const port = parentPort;
  const send = (packet: Packet) => port.postMessage(packet);
  const tell = (event: WorkerEvent) => send({ type: "event", event });

  // What `startWorker` has given.
  const { environment, options } = workerData as WorkerData;
  const service = openService(
    environment,
    {
      hostKey: (question, signal) => mainSide.call("hostKey", question, signal),
      secret: (question, signal) => mainSide.call("secret", question, signal),
      interactive: (question, signal) => mainSide.call("interactive", question, signal),
      notice: (text) => tell({ event: "notice", text }),
    },
    (level, line) => tell({ event: "log", level, line }),
    (status) => tell({ event: "tunnel", status }),
    options,
  );
  const mainSide = openExchange<Questions>(send, service);
  port.on("message", mainSide.receive);
}

main();
