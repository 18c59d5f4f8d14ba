import { cancelled } from "../error.ts";
import type { Prompts } from "../prompts.ts";

/**
 * The questions of one login and their answers, kept until it has succeeded: a server waits for an answer only so long
 * (LoginGraceTime of sshd, 120 s), and whoever took longer is not to be asked again.
 */
export type Attendance = {
  /** The session's prompts. What was answered before `again` is answered from memory, once each. */
  readonly prompts: Prompts;
  /** A new attempt begins. */
  again(): void;
  /** The server has taken notice of the last answer. */
  heard(): void;
  /**
   * After the connection was lost: whether a person has answered without the server having taken notice. Waits for
   * who is being asked right now; rejects with `cancelled` where they give up, and with what their question failed with.
   */
  unheard(): Promise<boolean>;
};

export function attend(prompts: Prompts, pause: () => void, resume: () => void): Attendance {
  const given: { readonly key: string; readonly answer: unknown }[] = [];
  let remembered: typeof given = [];
  let last: Promise<unknown> | undefined;

  async function ask<Answer>(question: unknown, put: () => Promise<Answer>): Promise<Answer> {
    const key = JSON.stringify(question);
    const known = remembered.find((each) => each.key === key);
    if (known) {
      remembered = remembered.filter((each) => each !== known);
      // The same question has the same kind of answer.
      return known.answer as Answer;
    }
    const asked = put();
    last = asked;
    pause();
    const answer = await asked.finally(resume);
    if (answer !== undefined) given.push({ key, answer });
    return answer;
  }

  return {
    prompts: {
      hostKey: (question, signal) => ask(question, () => prompts.hostKey(question, signal)),
      secret: (question, signal) => ask(question, () => prompts.secret(question, signal)),
      interactive: (question, signal) => ask(question, () => prompts.interactive(question, signal)),
      notice: (text) => prompts.notice(text),
    },
    again() {
      remembered = [...given];
      last = undefined;
    },
    heard() {
      last = undefined;
    },
    async unheard() {
      if (!last) return false;
      if ((await last) === undefined) throw cancelled();
      return true;
    },
  };
}
