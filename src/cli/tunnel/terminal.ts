import type { ReadStream } from "node:tty";
import type { Output } from "../world.ts";

/** A person at a terminal. */
export type Terminal = {
  write(text: string): void;
  /**
   * Writes a question and answers with what is typed up to Enter; with nothing after Ctrl-C, Ctrl-D on an empty line,
   * or the end of the terminal.
   */
  ask(question: string, options: { readonly hidden: boolean }, signal: AbortSignal): Promise<string | undefined>;
};

type Input = Pick<ReadStream, "setRawMode" | "setEncoding" | "on" | "off" | "resume" | "pause" | "ref" | "unref">;

/** Reads in raw mode, so that what is hidden never reaches the screen; the mode lasts no longer than a question. */
export function terminalOn(input: Input, output: Output, onInterrupt: () => void): Terminal {
  // What was typed or pasted beyond an Enter belongs to the next question.
  let ahead = "";
  input.setEncoding("utf8");

  function ask(question: string, { hidden }: { hidden: boolean }, signal: AbortSignal): Promise<string | undefined> {
    return new Promise((resolve) => {
      let line = "";

      function end(result: string | undefined): void {
        input.off("data", onData);
        input.off("end", onEnd);
        signal.removeEventListener("abort", onEnd);
        input.setRawMode(false);
        input.pause();
        // The process ends by itself when nothing else is left.
        input.unref();
        output.write("\n");
        resolve(result);
      }
      const onEnd = () => end(undefined);
      const show = () => hidden || output.write(`\r\u001B[K${question}${line}`);

      function onData(text: string): void {
        const typed = [...(ahead + text).replace(escapeSequences, "")];
        ahead = "";
        for (const [index, character] of typed.entries()) {
          if (character === "\u0003") onInterrupt();
          const gaveUp = character === "\u0003" || (character === "\u0004" && line === "");
          if (gaveUp || character === "\r" || character === "\n") {
            ahead = gaveUp ? "" : typed.slice(index + 1).join("");
            show();
            end(gaveUp ? undefined : line);
            return;
          }
          line = edited(line, character);
        }
        show();
      }

      // Before the question, as whoever sees it may type at once.
      input.setRawMode(true);
      output.write(question);
      input.ref();
      input.on("data", onData);
      input.on("end", onEnd);
      signal.addEventListener("abort", onEnd, { once: true });
      input.resume();
      if (signal.aborted) end(undefined);
      else if (ahead !== "") onData("");
    });
  }

  return { ask, write: (text) => void output.write(text) };
}

/** Arrow keys and the like. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const escapeSequences = /\u001B(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?/g;

function edited(line: string, character: string): string {
  if (character === "\u007F" || character === "\b") return [...line].slice(0, -1).join("");
  // Ctrl-U takes the line back.
  if (character === "\u0015") return "";
  return character < " " ? line : line + character;
}
