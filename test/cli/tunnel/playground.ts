import type { InterruptionName } from "../../../src/cli/tunnel/interruption.ts";
import type { CommandName } from "../../../src/cli/tunnel/options.ts";
import { runTunnelCommand } from "../../../src/cli/tunnel/run.ts";
import { message } from "../../../src/core/message.ts";
import type { RemoteServer } from "../../../src/tunnel/discovery/server.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { Log } from "../../../src/tunnel/log.ts";
import type { Prompts } from "../../../src/tunnel/prompts.ts";
import type { OpenRequest, ServiceOptions, TunnelService } from "../../../src/tunnel/service.ts";
import type { TunnelStatus } from "../../../src/tunnel/status.ts";

/** What a command was given besides its arguments. */
export type Setting = {
  readonly service?: Partial<TunnelService>;
  /** What a person types, in order; without it there is no terminal. */
  readonly typed?: readonly string[];
  readonly isTTY?: boolean;
};

/** What the service under test can do to the command: ask, tell, and report. */
export type Around = {
  readonly prompts: Prompts;
  readonly log: Log;
  readonly onTunnel: (status: TunnelStatus) => void;
  readonly options: ServiceOptions;
  interrupt(name: InterruptionName): void;
};

/** Runs a tunnel command with a service that does what the test says. */
export async function play(line: string, setting: (around: () => Around) => Setting = () => ({})) {
  const controller = new AbortController();
  let by: InterruptionName | undefined;
  let around: Around | undefined;
  let closed = false;
  const close = async () => {
    closed = true;
  };
  const written = { out: "", err: "", asked: "" };
  const interrupt = (name: InterruptionName) => {
    by = name;
    controller.abort();
  };
  const { service, typed, isTTY = false } = setting(() => around ?? fail());
  const answers = [...(typed ?? [])];
  const [name = "", ...argv] = line.split(" ");
  const code = await runTunnelCommand(name as CommandName, argv, {
    cwd: "/work",
    env: {},
    stdout: { isTTY, columns: 80, write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    interruption: { signal: controller.signal, by: () => by, interrupt },
    environment: (configFile) => ({
      ...{ home: "/home/ada", user: "ada", env: {}, platform: "linux", stateFolder: "/s", bundleFolder: "/b" },
      ...(configFile === undefined ? {} : { configFile }),
    }),
    startService(_environment, prompts, log, onTunnel, options) {
      around = { prompts, log, onTunnel, options, interrupt };
      return { ...nothing, ...service, close };
    },
    ...(typed && {
      terminal: {
        write: (text: string) => {
          written.asked += text;
        },
        ask: async (question: string, { hidden }: { hidden: boolean }) => {
          const answer = answers.shift();
          written.asked += question;
          written.asked += hidden ? "<hidden>\n" : `${answer}\n`;
          return answer;
        },
      },
    }),
  });
  return { code, ...written, closed: closed || around === undefined };
}

function fail(): never {
  throw new Error("there is no service yet");
}

const unexpected = () => Promise.reject(new TunnelError("bad-request", message("Nobody expected this call.")));

const nothing: TunnelService = {
  hosts: unexpected,
  discover: unexpected,
  audit: unexpected,
  open: unexpected,
  tunnels: unexpected,
  reconnect: unexpected,
  stop: unexpected,
  start: unexpected,
  started: unexpected,
  stopServer: unexpected,
  token: unexpected,
  auditHere: unexpected,
  stopHere: unexpected,
  commandsHere: unexpected,
  close: unexpected,
};

export const machine = { hostname: "node1", id: "m1" };

export function jupyterOn(port: number, more: Partial<RemoteServer> = {}): RemoteServer {
  return {
    kind: "jupyter",
    name: `jupyter-${port}`,
    target: { kind: "tcp", host: "127.0.0.1", port },
    basePath: "/",
    own: true,
    reach: "loopback",
    auth: "on",
    hasToken: true,
    ...more,
  };
}

export function statusOf(
  { id, host, target, kind, basePath }: OpenRequest,
  state: TunnelStatus["state"],
): TunnelStatus {
  return {
    ...{ id, host, target, basePath: basePath ?? "/", localPort: 8888, state },
    ...(kind && { kind }),
    ...{ bytes: { down: 0, up: 0 }, guarded: false, elsewhere: false },
  };
}
