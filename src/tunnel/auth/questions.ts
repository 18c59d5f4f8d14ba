import type { ParsedKey } from "ssh2";
import { message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import { fingerprintOf } from "../known-hosts/key-blob.ts";
import type { Hop, InteractiveQuestion, Prompts } from "../prompts.ts";
import { parseKey } from "./identity-file.ts";
import type { Unlock } from "./keys.ts";

/** How often a secret is asked for; as `NumberOfPasswordPrompts` of OpenSSH is by default. */
export const attempts = 3;

/** What a login asks of a person. Each rejects with `cancelled` where they give up. */
export type Questions = {
  readonly unlock: Unlock;
  password(attempt: number): Promise<string>;
  interactive(question: Omit<InteractiveQuestion, "hop">): Promise<readonly string[]>;
};

export function questionsFor(hop: Hop, prompts: Prompts, hostKey: string, signal: AbortSignal): Questions {
  const secret = async (question: Parameters<Prompts["secret"]>[0]) =>
    orGaveUp(await prompts.secret(question, signal), signal);
  return {
    async unlock({ file, blob, secret: data, encrypted }) {
      const key = encrypted ? undefined : parseKey(data);
      if (key && !(key instanceof Error)) return key;
      const known = { kind: "passphrase", hop, file, ...(blob ? { fingerprint: fingerprintOf(blob) } : {}) } as const;
      return unlocked(file, data, (attempt) => secret({ ...known, attempt }));
    },
    password: (attempt) => secret({ kind: "password", hop, hostKey, attempt }),
    async interactive({ title, instructions, fields }) {
      const question: InteractiveQuestion = {
        hop,
        title: harmless(title, { oneLine: true, most: 200 }),
        instructions: harmless(instructions),
        fields: fields.map(({ prompt, echo }) => ({ prompt: harmless(prompt, { most: 1024 }), echo })),
      };
      return orGaveUp(await prompts.interactive(question, signal), signal);
    },
  };
}

function orGaveUp<Answer>(answer: Answer | undefined, signal: AbortSignal): Answer {
  if (answer === undefined || signal.aborted) throw cancelled();
  return answer;
}

/** An empty passphrase goes on to the next key, as with OpenSSH (`load_identity_file` in sshconnect2.c). */
async function unlocked(
  file: string,
  data: Buffer,
  passphrase: (attempt: number) => Promise<string>,
): Promise<ParsedKey> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const answer = await passphrase(attempt);
    if (answer === "") break;
    const key = parseKey(data, answer);
    if (!(key instanceof Error)) return key;
  }
  throw new TunnelError("passphrase-wrong", message("The passphrase does not open the key {file}.", { file }));
}
