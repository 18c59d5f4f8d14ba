import type { AnyAuthMethod, NextAuthHandler } from "ssh2";
import type { TunnelError } from "../error.ts";
import type { Host } from "../host/host.ts";
import type { Session } from "../link.ts";
import { openAgent } from "./agent.ts";
import { Course, failureOf } from "./course.ts";
import { gatherKeys } from "./keys.ts";
import { interactive, type Method, password, publicKey } from "./methods.ts";
import { questionsFor } from "./questions.ts";

/**
 * The methods that one login tries, in OpenSSH's order. `next` is what ssh2 calls for each; `failure` says, once the
 * server has refused, what was tried and why it did not do: `auth-refused` (value `methods`), `passphrase-wrong`,
 * `agent-unreachable`, `answer-needed` or `cancelled`.
 */
export type Authenticator = {
  next(methodsLeft: readonly string[] | null, partialSuccess: boolean | null, answer: NextAuthHandler): void;
  failure(): TunnelError;
  /** Ends open questions and the connection to the agent. */
  close(): void;
};

/**
 * Prepares one login to a host whose key (`SHA256:…`) has been accepted. Looks at key files and at the agent, and asks
 * nothing yet. A key that cannot sign makes ssh2 emit an `error` whose `level` is `agent`, after which the login goes on.
 */
export async function authenticator(
  host: Host,
  session: Session,
  hostKey: string,
  signal: AbortSignal,
): Promise<Authenticator> {
  const closing = new AbortController();
  const over = AbortSignal.any([signal, closing.signal]);
  const course = new Course(session.log);
  const methods = await methodsFor(host, session, hostKey, course, over);
  return {
    next(methodsLeft, partialSuccess, answer) {
      if (partialSuccess) session.log("info", `${host.name} wants more than one method`);
      if (methodsLeft) course.accepted = methodsLeft;
      // ssh2 takes `false` for the end, which its type leaves out.
      const decided = answer as (attempt: AnyAuthMethod | false) => void;
      void nextAttempt(host, methods, course, session.mayYield ?? false).then((attempt) => {
        if (!over.aborted) decided(attempt);
      });
    },
    failure: () => failureOf(host, course),
    close: () => closing.abort(),
  };
}

type Methods = ReadonlyMap<string, Method>;

async function methodsFor(
  host: Host,
  session: Session,
  hostKey: string,
  course: Course,
  over: AbortSignal,
): Promise<Methods> {
  const { name, hostname, port, user } = host;
  const questions = questionsFor({ name, hostname, port, user }, session.prompts, hostKey, over);
  const agent = host.agent === undefined ? undefined : openAgent(host.agent, over);
  const keys = await gatherKeys(host, agent, questions.unlock, session.log);
  course.unusable = keys.unusable;
  course.silentAgent = keys.silentAgent;
  return new Map([
    ["publickey", publicKey(user, keys.offers, course, over)],
    ["password", password(user, questions)],
    ["keyboard-interactive", interactive(user, questions, course, over)],
  ]);
}

/** The first method, in the order of the config, that the server accepts and that has something left to try. */
async function nextAttempt(
  { user, methods: preferred }: Host,
  methods: Methods,
  course: Course,
  mayYield: boolean,
): Promise<AnyAuthMethod | false> {
  if (course.gaveUp) return false;
  // A server names its methods in answer to `none`. What it names after it took a key, ssh2 keeps to itself.
  if (!course.accepted || course.keyTaken) {
    course.keyTaken = false;
    return { type: "none", username: user };
  }
  for (const name of preferred.filter((name) => course.accepted?.includes(name))) {
    const attempt = await methods
      .get(name)?.()
      .catch((error: unknown) => course.keep(error));
    if (course.gaveUp) return false;
    if (attempt) {
      course.tried.set(name, (course.tried.get(name) ?? 0) + 1);
      return attempt;
    }
    // The other engine has keys left to try before a person has to type anything.
    if (name === "publickey" && mayYield && course.unusable.length > 0) return false;
  }
  return false;
}
