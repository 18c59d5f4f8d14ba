import { mkdirSync } from "node:fs";
import { render } from "../../../src/core/message.ts";
import type { Host } from "../../../src/tunnel/host/host.ts";
import type { Session } from "../../../src/tunnel/link.ts";
import type {
  HostKeyAnswer,
  HostKeyQuestion,
  InteractiveQuestion,
  SecretQuestion,
} from "../../../src/tunnel/prompts.ts";
import { trustedKeys } from "../../../src/tunnel/trust.ts";
import type { Scratch } from "../scratch.ts";

/** A person at a machine: what they are asked, and what they answer when. */
export type World = {
  readonly session: Session;
  readonly asked: { keys: HostKeyQuestion[]; secrets: SecretQuestion[]; fields: InteractiveQuestion[] };
  readonly log: string[];
  readonly notices: string[];
  answers: {
    key: () => Promise<HostKeyAnswer | undefined>;
    secret: (question: SecretQuestion) => Promise<string | undefined>;
    fields: (question: InteractiveQuestion) => Promise<readonly string[] | undefined>;
  };
};

let count = 0;

export function makeWorld(scratch: Scratch, hosts: readonly Host[] = [], keepaliveSeconds = 15): World {
  const home = scratch.file(`home-${++count}`);
  mkdirSync(home, { mode: 0o700 });
  const asked: World["asked"] = { keys: [], secrets: [], fields: [] };
  const answers: World["answers"] = {
    key: async () => undefined,
    secret: async () => undefined,
    fields: async () => undefined,
  };
  const log: string[] = [];
  const notices: string[] = [];
  const session: Session = {
    environment: {
      home,
      user: "me",
      env: { PATH: process.env["PATH"], SHELL: "/bin/sh" },
      platform: process.platform,
      stateFolder: home,
      bundleFolder: home,
    },
    log: (level, line) => log.push(`${level} ${line}`),
    trusted: trustedKeys(),
    keepaliveSeconds,
    resolve: async (name) => {
      const found = hosts.find((host) => host.name === name);
      if (!found) throw new Error(`no host ${name}`);
      return found;
    },
    prompts: {
      hostKey(question) {
        asked.keys.push(question);
        return answers.key();
      },
      secret(question) {
        asked.secrets.push(question);
        return answers.secret(question);
      },
      interactive(question) {
        asked.fields.push(question);
        return answers.fields(question);
      },
      notice: (text) => notices.push(render(text)),
    },
  };
  return { session, asked, answers, log, notices };
}
