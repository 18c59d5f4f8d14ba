import type { AnyAuthMethod, KeyboardInteractiveAuthMethod } from "ssh2";
import type { Course } from "./course.ts";
import type { KeyOffer } from "./keys.ts";
import { OneKeyAgent } from "./one-key-agent.ts";
import { attempts, type Questions } from "./questions.ts";

/** The next attempt with a method; nothing when there is none left. */
export type Method = () => Promise<AnyAuthMethod | undefined>;

/** One key at a time; a key that cannot be offered is passed over. */
export function publicKey(username: string, offers: readonly KeyOffer[], course: Course, over: AbortSignal): Method {
  const waiting = [...offers];
  return async () => {
    for (let offer = waiting.shift(); offer && !course.gaveUp && !over.aborted; offer = waiting.shift()) {
      const agent = await agentFor(offer, course);
      if (!agent) continue;
      course.log("info", `login: offering ${offer.name}`);
      return { type: "agent", username, agent };
    }
    return undefined;
  };
}

async function agentFor(offer: KeyOffer, course: Course): Promise<OneKeyAgent | undefined> {
  try {
    return new OneKeyAgent(await offer.publicKey(), async (data, hash) => {
      try {
        const signature = await offer.sign(data, hash);
        course.keyTaken = true;
        return signature;
      } catch (error) {
        course.keep(error);
        throw error;
      }
    });
  } catch (error) {
    course.keep(error);
    return undefined;
  }
}

export function password(username: string, questions: Questions): Method {
  let attempt = 0;
  return async () => {
    if (++attempt > attempts) return undefined;
    return { type: "password", username, password: await questions.password(attempt) };
  };
}

/** As in OpenSSH, a server that refuses without a question is not tried again (`userauth_kbdint` in sshconnect2.c). */
export function interactive(username: string, questions: Questions, course: Course, over: AbortSignal): Method {
  let attempt = 0;
  let asked = true;
  return async () => {
    if (++attempt > attempts || !asked) return undefined;
    asked = false;
    const prompt: KeyboardInteractiveAuthMethod["prompt"] = (title, instructions, _language, fields, finish) => {
      asked = true;
      const blank = fields.map(() => "");
      questions
        .interactive({ title, instructions, fields: fields.map(({ prompt, echo = false }) => ({ prompt, echo })) })
        .catch((error: unknown) => {
          course.keep(error);
          asked = false;
          // The server waits for answers to refuse, and sshd ends the connection over a wrong number of them.
          return blank;
        })
        .then(
          (answers) => {
            if (!over.aborted) finish(blank.map((none, index) => answers[index] ?? none));
          },
          (error: unknown) => course.keep(error),
        );
    };
    return { type: "keyboard-interactive", username, prompt };
  };
}
