import { type Message, message, render } from "../../core/message.ts";
import { TunnelError } from "../../tunnel/error.ts";
import { harmless } from "../../tunnel/harmless.ts";
import type { Hop, HostKeyAnswer, HostKeyQuestion, Prompts, SecretQuestion } from "../../tunnel/prompts.ts";
import type { Terminal } from "./terminal.ts";

/** Questions on a terminal. Nothing that is typed hidden is kept here. */
export function terminalPrompts(terminal: Terminal, notice: Prompts["notice"]): Prompts {
  const inTurn = oneAtATime();
  return {
    notice,
    hostKey: (question, signal) => inTurn(() => askHostKey(question, terminal, signal)),
    secret: (question, signal) => inTurn(() => terminal.ask(secretText(question), { hidden: true }, signal)),
    interactive: ({ hop, title, instructions, fields }, signal) =>
      inTurn(async () => {
        const texts = [title, instructions].filter((text) => text !== "").map((text) => `${harmless(text)}\n`);
        terminal.write(`${whereTo(hop)} asks:\n${texts.join("")}`);
        const answers: string[] = [];
        for (const { prompt, echo } of fields) {
          const answer = await terminal.ask(harmless(prompt), { hidden: !echo }, signal);
          if (answer === undefined) return undefined;
          answers.push(answer);
        }
        return answers;
      }),
  };
}

/** Where nobody can be asked, every question says what is missing instead. */
export function noPrompts(notice: Prompts["notice"]): Prompts {
  const missing = async (said: Message) => Promise.reject(new TunnelError("answer-needed", said));
  return {
    notice,
    hostKey: async ({ hop, keyType, fingerprint }) =>
      Promise.reject(new TunnelError("host-key-unknown", unknownKey(hop, keyType, fingerprint))),
    secret: (question) => missing(missingSecret(question)),
    interactive: ({ hop, fields }) => missing(missingAnswer(hop, fields[0]?.prompt ?? "")),
  };
}

/** One question on the screen at a time. */
function oneAtATime(): <T>(ask: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (ask) => {
    const next = last.then(ask);
    last = next.catch(() => undefined);
    return next;
  };
}

async function askHostKey(
  { hop, keyType, fingerprint }: HostKeyQuestion,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<HostKeyAnswer | undefined> {
  terminal.write(`${whereTo(hop)} is not known.\nIt shows this ${keyType} key: ${fingerprint}\n`);
  for (;;) {
    const typed = await terminal.ask(trustQuestion, { hidden: false }, signal);
    if (typed === undefined) return undefined;
    const answer = answers[typed.trim().toLowerCase()];
    if (answer) return answer;
    if (withoutPrefix(typed) === withoutPrefix(fingerprint)) return "remember";
    // Someone who compares fingerprints has just found a difference.
    if (typed.trim().length > "SHA256:".length) terminal.write("That is not the fingerprint it shows.\n");
  }
}

const trustQuestion = "Trust it? Type yes (remember), once, no, or its fingerprint: ";

const answers: Readonly<Partial<Record<string, HostKeyAnswer>>> = {
  yes: "remember",
  y: "remember",
  once: "once",
  no: "refuse",
  n: "refuse",
};

function withoutPrefix(fingerprint: string): string {
  return fingerprint.trim().replace(/^SHA256:/i, "");
}

function secretText(question: SecretQuestion): string {
  const again = question.attempt > 1 ? "That was not right. " : "";
  if (question.kind === "passphrase") return `${again}Passphrase for ${harmless(question.file, { oneLine: true })}: `;
  return `${again}Password for ${whereTo(question.hop)}: `;
}

function whereTo({ name, hostname, port, user }: Hop): string {
  const address = `${user}@${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
  return render(message("{name} ({address})", { name, address }));
}

function unknownKey({ name: host }: Hop, keyType: string, fingerprint: string): Message {
  return message(
    "The key of {host} is not known: {keyType} {fingerprint}. Nobody can be asked here; with --accept-key {fingerprint} it is accepted.",
    { host, keyType, fingerprint },
  );
}

function missingSecret(question: SecretQuestion): Message {
  const { name: host, user } = question.hop;
  if (question.kind === "password") {
    return message("{host} wants the password of {user}, and nobody can be asked here.", { host, user });
  }
  const file = harmless(question.file, { oneLine: true });
  return message("{file} needs its passphrase, and nobody can be asked here.", { file });
}

function missingAnswer({ name: host }: Hop, asked: string): Message {
  const prompt = harmless(asked, { oneLine: true, most: 80 }).trim();
  return message("{host} asks “{prompt}”, and nobody can be asked here.", { host, prompt });
}
