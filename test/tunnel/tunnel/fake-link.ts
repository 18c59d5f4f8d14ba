import { Duplex } from "node:stream";
import { message } from "../../../src/core/message.ts";
import { TunnelError, type TunnelErrorCode } from "../../../src/tunnel/error.ts";
import type { Host } from "../../../src/tunnel/host/host.ts";
import type { Link, RunResult } from "../../../src/tunnel/link.ts";
import type { Target } from "../../../src/tunnel/target.ts";

/** A link without a network. */
export type FakeLink = Link & {
  /** What the service does. */
  service: "answers" | "silent" | TunnelErrorCode;
  /** Nothing comes any more, and nobody is told. */
  cut: boolean;
  /** It is lost, with a reason. */
  lose(code?: TunnelErrorCode): void;
  readonly closed: boolean;
  /** What was sent over each of its streams. */
  readonly streams: FakeStream[];
};

export type FakeStream = Duplex & { sent: string };

export function fakeHost(name = "gpubox"): Host {
  return {
    ...{ name, hostname: `${name}.example`, port: 22, user: "ada" },
    ...{ userKnownHostsFiles: [], globalKnownHostsFiles: [], hashKnownHosts: false, strictHostKeyChecking: "ask" },
    ...{ identityFiles: [], identitiesOnly: false, methods: [], jumps: [], compression: false, onlySystemSsh: [] },
    ...{ algorithms: {}, localForwards: [], problems: [] },
  };
}

export function fakeLink(host = fakeHost()): FakeLink {
  const streams: FakeStream[] = [];
  let goneBecause: (reason: TunnelError | undefined) => void = () => undefined;
  const gone = new Promise<TunnelError | undefined>((resolve) => {
    goneBecause = resolve;
  });
  let closed = false;

  const link: FakeLink = {
    host,
    peer: { engine: "ssh2", fingerprint: "SHA256:fake", keyType: "ssh-ed25519", hops: [] },
    service: "answers",
    cut: false,
    streams,
    get closed() {
      return closed;
    },
    lose(code = "connection-lost") {
      end(failure(code));
    },
    async open(_: Target, signal: AbortSignal) {
      if (closed) throw failure("connection-lost");
      if (link.cut) await aborted(signal);
      if (link.service !== "answers" && link.service !== "silent") throw failure(link.service);
      const stream = fakeStream(link);
      streams.push(stream);
      return stream;
    },
    run: async (): Promise<RunResult> => ({ stdout: "", stderr: "", code: 0 }),
    async probe() {
      if (link.cut) throw failure("timed-out");
    },
    gone,
    async close() {
      end(undefined);
    },
  };

  function end(reason: TunnelError | undefined): void {
    closed = true;
    for (const stream of streams) stream.destroy();
    goneBecause(reason);
  }

  return link;
}

export function failure(code: TunnelErrorCode): TunnelError {
  return new TunnelError(code, message(`This is ${code}.`));
}

function fakeStream(link: FakeLink): FakeStream {
  const stream: FakeStream = Object.assign(
    new Duplex({
      read: () => undefined,
      write(chunk: Buffer, _, done) {
        stream.sent += chunk.toString();
        if (link.service === "answers" && !link.cut) stream.push("HTTP/1.1 200 OK\r\n\r\n");
        done();
      },
    }),
    { sent: "" },
  );
  return stream;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(failure("cancelled")), { once: true }),
  );
}
