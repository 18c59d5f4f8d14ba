import { message } from "../../core/message.ts";
import { asTunnelError, cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Session } from "../link.ts";
import type { HostKeyAnswer, Hop as Place } from "../prompts.ts";
import { noticeLooseChecking } from "../trust.ts";
import type { Answer } from "./ask.ts";
import type { Hop } from "./chain.ts";
import type { LogLines } from "./log-lines.ts";
import { type Question, questionOf } from "./questions.ts";

/** A key that the user approved while `ssh` connected. */
export type Approval = { readonly hop: Hop; readonly fingerprint: string };

export type Answers = {
  readonly answer: Answer;
  /** Approved for good: to be written once `ssh` has told us the key itself. */
  readonly remembered: readonly Approval[];
  /** How often a passphrase was asked for the file that needed it most often. */
  passphraseAttempts(): number;
};

type Ask<Kind extends Question["kind"]> = Extract<Question, { kind: Kind }>;

type Login = {
  readonly hops: readonly Hop[];
  readonly session: Session;
  readonly lines: LogLines;
  /** Ends the login: the user refused, gave up or cannot be asked. */
  fail(error: TunnelError): void;
};

/** Puts OpenSSH's questions to the user. What the user refuses, or cannot be asked, ends the login. */
export function answersFor(login: Login): Answers {
  const remembered: Approval[] = [];
  const approved = new Map<string, string>();
  const attempts = new Map<string, number>();
  const attempt = (name: string) => {
    attempts.set(name, (attempts.get(name) ?? 0) + 1);
    return attempts.get(name) ?? 1;
  };

  async function answerTo(question: Question, signal: AbortSignal): Promise<string | undefined> {
    if (question.kind === "notice") return void notice(login, question.text);
    if (question.kind === "other") return "no";
    if (question.kind !== "host-key") return askSecret(login, question, approved, attempt, signal);

    const hop = login.hops.find(({ identity }) => identity === question.identity);
    // A host that the config does not lead through, or one that was answered: asked again, OpenSSH would ask forever.
    if (!hop || approved.has(hop.identity)) return "no";
    approved.set(hop.identity, question.fingerprint);
    if ((await approve(login, hop, question, signal)) === "remember") {
      remembered.push({ hop, fingerprint: question.fingerprint });
    }
    return question.fingerprint;
  }

  return {
    remembered,
    passphraseAttempts: () => Math.max(0, ...[...attempts].filter(([name]) => name.startsWith("/")).map(([, n]) => n)),
    answer: async (prompt, hint, signal) => {
      try {
        return await answerTo(questionOf(prompt, hint), signal);
      } catch (error) {
        const nobody = message("A question of the host could not be answered.");
        login.fail(asTunnelError(error, "answer-needed", nobody));
        return undefined;
      }
    },
  };
}

/** The same decision as with the built-in engine: approved for now, or asked about. `ssh` has read known_hosts itself. */
async function approve(
  { session }: Login,
  { host, identity }: Hop,
  { keyType, fingerprint }: Ask<"host-key">,
  signal: AbortSignal,
): Promise<HostKeyAnswer> {
  noticeLooseChecking(host, session);
  if (session.trusted.has(identity, fingerprint)) return "once";
  const values = { host: host.name, fingerprint };
  if (host.strictHostKeyChecking === "yes") {
    throw new TunnelError(
      "host-key-unknown",
      message("The key of {host} ({fingerprint}) is not known, and the ssh config says not to ask.", values),
    );
  }
  const answer = await session.prompts.hostKey({ hop: placeOf(host), identity, keyType, fingerprint }, signal);
  if (answer === undefined || answer === "refuse") {
    throw new TunnelError("host-key-unknown", message("The key of {host} ({fingerprint}) was not trusted.", values));
  }
  session.trusted.add(identity, fingerprint);
  return answer;
}

async function askSecret(
  login: Login,
  question: Ask<"passphrase" | "password" | "interactive">,
  approved: ReadonlyMap<string, string>,
  attempt: (name: string) => number,
  signal: AbortSignal,
): Promise<string> {
  const { prompts } = login.session;
  const hop = hopOf(login.hops, question);
  const at = placeOf(hop.host);
  const answer = async (): Promise<string | undefined> => {
    if (question.kind === "passphrase") {
      const { file } = question;
      return prompts.secret({ kind: "passphrase", hop: at, file, attempt: attempt(file) }, signal);
    }
    if (question.kind === "password") {
      const tried = attempt(`password ${hop.identity}`);
      return prompts.secret({ kind: "password", hop: at, attempt: tried, ...keyOf(login, hop, approved) }, signal);
    }
    // OpenSSH does not tell its helper whether the answer may be shown; hidden is right for either.
    const field = { prompt: harmless(question.prompt), echo: false };
    const asked = { hop: at, title: "", instructions: login.lines.said(), fields: [field] };
    return (await prompts.interactive(asked, signal))?.[0];
  };
  const given = await answer();
  if (given === undefined) throw cancelled();
  return given;
}

/** Of the last hop from the log; of a jump host only where it was approved in this login. */
function keyOf({ hops, lines }: Login, hop: Hop, approved: ReadonlyMap<string, string>): { readonly hostKey?: string } {
  const hostKey = hop === hops.at(-1) ? lines.facts.fingerprint : approved.get(hop.identity);
  return hostKey === undefined ? {} : { hostKey };
}

/** OpenSSH names the host by HostKeyAlias or HostName when it asks; where it names none, it is most likely the last. */
function hopOf(hops: readonly Hop[], question: Question): Hop {
  const named = "host" in question ? question : undefined;
  const found = hops.find(
    ({ host }) => host.user === named?.user && [host.hostKeyAlias, host.hostname, host.name].includes(named?.host),
  );
  const last = found ?? hops.at(-1);
  if (!last) throw new Error("There is no hop to ask for.");
  return last;
}

function placeOf({ name, hostname, port, user }: Place): Place {
  return { name, hostname, port, user };
}

function notice({ session }: Login, text: string): void {
  session.prompts.notice(message("{text}", { text: harmless(text) }));
}
