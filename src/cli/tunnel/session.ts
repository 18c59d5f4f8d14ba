import { resolve } from "node:path";
import { type Message, render } from "../../core/message.ts";
import { harmless } from "../../tunnel/harmless.ts";
import type { ConfigProblem } from "../../tunnel/host/host.ts";
import type { Log } from "../../tunnel/log.ts";
import type { HostRequest, TunnelService } from "../../tunnel/service.ts";
import type { TunnelStatus } from "../../tunnel/status.ts";
import { complain } from "../world.ts";
import { jsonLine } from "./data.ts";
import type { Common } from "./options.ts";
import { noPrompts, terminalPrompts } from "./prompts.ts";
import { type Screen, screenOn } from "./screen.ts";
import type { Terminal } from "./terminal.ts";
import type { TunnelWorld } from "./world.ts";

/** One run of a tunnel command: the service, and where its news go. */
export type Session = {
  readonly service: TunnelService;
  readonly signal: AbortSignal;
  readonly world: TunnelWorld;
  readonly screen: Screen;
  /** Where a person can be asked. */
  readonly terminal: Terminal | undefined;
  readonly json: boolean;
  /** Hears of every change of a tunnel from now on. */
  follow(listener: (status: TunnelStatus) => void): void;
  /** A sentence beside the result. */
  say(text: Message): void;
};

/** Runs `use` with a service, and closes whatever it has opened, however it ends. */
export async function withSession<T>(
  { sshConfig, acceptKeys, verbose, json }: Common,
  world: TunnelWorld,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  let listener: (status: TunnelStatus) => void = () => undefined;
  const screen = screenOn(world.stdout);
  const say = once((sentence: string) => {
    screen.clear();
    complain(world, sentence);
  });
  const notice = (text: Message) => say(harmless(render(text)));
  const log: Log = (level, line) => {
    if (verbose) say(`${level}: ${line}`, true);
    // A warning is for the user: a line of the ssh config that cannot be used, for one.
    else if (level === "warn") say(line);
  };
  const terminal = world.terminal && below(screen, world.terminal);
  const prompts = terminal ? terminalPrompts(terminal, notice) : noPrompts(notice);
  const environment = world.environment(sshConfig === undefined ? undefined : resolve(world.cwd, sshConfig));
  const service = world.startService(environment, prompts, log, (status) => listener(status), {
    acceptedKeys: acceptKeys,
  });
  try {
    const follow: Session["follow"] = (to) => {
      listener = to;
    };
    return await use({
      service,
      signal: world.interruption.signal,
      world,
      screen,
      terminal,
      json,
      follow,
      say: notice,
    });
  } finally {
    await service.close({}, AbortSignal.timeout(closingMs));
    screen.clear();
  }
}

/** A terminal whose questions do not run into the state that the screen shows. */
function below(screen: Screen, { ask, write }: Terminal): Terminal {
  return {
    write(text) {
      screen.clear();
      write(text);
    },
    ask(question, options, signal) {
      screen.clear();
      return ask(question, options, signal);
    },
  };
}

/** Links that do not answer are not waited for any longer. */
const closingMs = 5000;

/** Says each sentence once, unless `again`. */
function once(write: (sentence: string) => void): (sentence: string, again?: boolean) => void {
  const said = new Set<string>();
  return (sentence, again = false) => {
    if (!again && said.has(sentence)) return;
    said.add(sentence);
    write(sentence);
  };
}

/** The host and the engine, as the service wants them. */
export function hostRequest({ host, engine }: Common & { readonly host: string }): HostRequest {
  return engine === undefined ? { host } : { host, engine };
}

/** `~/.ssh/config, line 3: …` on standard error. */
export function sayProblems(problems: readonly ConfigProblem[], world: TunnelWorld): void {
  for (const { file, line, said } of problems) complain(world, `${file}, line ${line}: ${harmless(render(said))}`);
}

/** A list as a table for people, or as JSON. */
export function printList(
  session: Session,
  name: string,
  items: readonly object[],
  rows: readonly (readonly string[])[],
): void {
  const { stdout } = session.world;
  if (session.json) stdout.write(jsonLine({ version: 1, [name]: items }));
  else stdout.write(table(rows));
}

/** Columns that line up; without trailing spaces. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
