import { EventEmitter } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { render } from "../../../src/core/message.ts";
import type { HostKeyQuestion, InteractiveQuestion, SecretQuestion } from "../../../src/tunnel/prompts.ts";
import type { TunnelService } from "../../../src/tunnel/service.ts";
import { startService } from "../../../src/tunnel/worker/client.ts";
import type { Scratch } from "../scratch.ts";

/** A person at a machine of their own, with the service in its worker as it ships, and all that reaches them. */
export type Person = {
  readonly service: TunnelService;
  /** Questions about keys and secrets, in their order. */
  readonly asked: readonly (HostKeyQuestion | SecretQuestion | InteractiveQuestion)[];
  /** Log lines of every level, notices, statuses and questions. */
  readonly heard: readonly unknown[];
  /** `heard` after each thing that reaches them. */
  readonly news: EventEmitter;
  /** Their home, with all that the service may write. */
  readonly home: string;
};

export type Answers = {
  readonly secret?: (question: SecretQuestion) => string | undefined;
  readonly interactive?: (question: InteractiveQuestion) => readonly string[] | undefined;
};

/** Trusts no key that is not in `known_hosts` of the home, and has only the answers that are given. */
export function person(
  folder: Scratch,
  name: string,
  { config, knownHosts }: { readonly config: readonly string[]; readonly knownHosts: string },
  { secret = () => undefined, interactive = () => undefined }: Answers = {},
  variables: Readonly<Record<string, string>> = {},
): Person {
  const home = folder.file(name);
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(join(home, "known_hosts"), knownHosts);
  const ours = [`UserKnownHostsFile ${join(home, "known_hosts")}`, "GlobalKnownHostsFile none"];
  writeFileSync(join(home, "config"), [...config, "Host *", ...ours, ""].join("\n"));

  const asked: (HostKeyQuestion | SecretQuestion | InteractiveQuestion)[] = [];
  const heard: unknown[] = [];
  const news = new EventEmitter();
  const hear = (what: unknown) => {
    heard.push(what);
    news.emit("heard");
  };
  const ask = <Question extends HostKeyQuestion | SecretQuestion | InteractiveQuestion, Answer>(
    question: Question,
    answer: (question: Question) => Answer,
  ) => {
    asked.push(question);
    hear(question);
    return Promise.resolve(answer(question));
  };
  const service = startService(
    {
      home,
      user: "ada",
      env: { PATH: process.env["PATH"], HOME: home, XDG_RUNTIME_DIR: home, ...variables },
      platform: process.platform,
      configFile: join(home, "config"),
      ssh: "/usr/bin/ssh",
      stateFolder: join(home, "state"),
      bundleFolder: resolve("dist"),
    },
    {
      hostKey: (question) => ask(question, () => undefined),
      secret: (question) => ask(question, secret),
      interactive: (question) => ask(question, interactive),
      notice: (text) => hear(render(text)),
    },
    (level, line) => hear(`${level} ${line}`),
    hear,
  );
  return { service, asked, heard, news, home };
}

export const never = new AbortController().signal;
