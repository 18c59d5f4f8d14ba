import { parentPort, workerData } from "node:worker_threads";
import { message } from "../../../src/core/message.ts";
import { cancelled, TunnelError } from "../../../src/tunnel/error.ts";
import type { OpenRequest, TunnelService } from "../../../src/tunnel/service.ts";
import type { TunnelStatus } from "../../../src/tunnel/status.ts";
import { openExchange } from "../../../src/tunnel/worker/exchange.ts";
import type { Packet, Questions, WorkerData } from "../../../src/tunnel/worker/protocol.ts";

// In the place of tunnel-worker.js: the same protocol, and a service that does what the host's name says.

const port = parentPort ?? process.exit(1);
const send = (packet: Packet) => port.postMessage(packet);
const { options } = workerData as WorkerData;
const open = new Map<string, TunnelStatus>();

const deeds: Record<string, (signal: AbortSignal) => Promise<unknown>> = {
  async gpubox() {},
  crash: async () => void setImmediate(() => nothing("the worker has a bug")),
  exit: async () => process.exit(3),
  hang: (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(cancelled()))),
  spin() {
    for (;;);
  },
  refused: async () => {
    const said = message("{host} refused.", { host: "gpubox", methods: "publickey" });
    throw new TunnelError("auth-refused", said, new Error("secret"));
  },
  bug: async () => nothing("undefined is not a function"),
  ask: (signal) => main.call("secret", { kind: "password", hop, hostKey: "SHA256:x", attempt: 1 }, signal),
  async askAndLeave() {
    const left = new AbortController();
    const asked = main.call("interactive", { hop, title: "", instructions: "", fields: [] }, left.signal);
    setImmediate(() => left.abort());
    await asked;
  },
  async tell() {
    send({ type: "event", event: { event: "log", level: "info", line: "a line" } });
    send({ type: "event", event: { event: "notice", text: message("A banner.") } });
  },
};

const hop = { name: "gpubox", hostname: "gpubox.example", port: 22, user: "ada" };

async function act(name: string, signal: AbortSignal): Promise<unknown> {
  return (deeds[name] ?? nothing)(signal);
}

function nothing(why: unknown): never {
  throw new Error(String(why));
}

function show(status: TunnelStatus): TunnelStatus {
  if (status.state.state === "stopped") open.delete(status.id);
  else open.set(status.id, status);
  send({ type: "event", event: { event: "tunnel", status } });
  return status;
}

function opened({ id, host, target }: OpenRequest): TunnelStatus {
  const [basePath, localPort, bytes] = ["/", 8888, { down: 0, up: 0 }];
  return { id, host, target, basePath, localPort, bytes, state: { state: "up" }, guarded: false, elsewhere: false };
}

const service: Partial<TunnelService> = {
  hosts: async () => ({ hosts: [], problems: [] }),
  async discover({ host }, signal) {
    const value = await act(host, signal);
    const machine = { hostname: String(value), id: JSON.stringify(options) };
    return { machine, servers: [], others: [], limits: [] };
  },
  async open(request, signal) {
    await act(request.host, signal);
    return show(opened(request));
  },
  async stop({ id }) {
    const status = open.get(id);
    if (status) show({ ...status, state: { state: "stopped" } });
  },
  tunnels: async () => [...open.values()],
  close: async () => undefined,
};

const main = openExchange<Questions>(send, service as TunnelService);
port.on("message", main.receive);
