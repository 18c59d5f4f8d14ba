import { harmless } from "../harmless.ts";
import type { Log } from "../log.ts";
import { type Facts, readFacts } from "./facts.ts";
import { type Opens, watchOpens } from "./opens.ts";

/** What our `ssh` writes to its standard error, at LogLevel DEBUG1, and what follows from it. */
export type LogLines = {
  line(text: string): void;
  /** Settles when it is logged in and its master socket is there. */
  readonly ready: Promise<void>;
  readonly facts: Facts;
  readonly opens: Opens;
  /** The last lines that are meant for people, its own and those of the `ssh` of each jump host. */
  readonly plain: readonly string[];
  /** Those that came since this was last called: what servers say beside what they ask. */
  said(): string;
};

const mostLines = 100;

export function readLogLines(log: Log): LogLines {
  const reader = readFacts();
  const opens = watchOpens();
  const plain: string[] = [];
  let unsaid: string[] = [];
  let arrive = () => {};
  const ready = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  return {
    line(text) {
      opens.line(text);
      reader.line(text);
      if (text === "debug1: Entering interactive session.") arrive();
      if (/^debug\d: /.test(text)) return;
      plain.push(text);
      unsaid.push(text);
      if (plain.length > mostLines) plain.shift();
      if (unsaid.length > mostLines) unsaid.shift();
      log("debug", `ssh: ${harmless(text, { oneLine: true, most: 500 })}`);
    },
    ready,
    get facts() {
      return reader.facts;
    },
    opens,
    plain,
    said() {
      const said = unsaid.filter((each) => !each.startsWith("Warning: Permanently added")).join("\n");
      unsaid = [];
      return harmless(said);
    },
  };
}
