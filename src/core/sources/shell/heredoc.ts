import { type Mapped, mappedPieces } from "../../mapped.ts";
import { type Piece, spelled, type Word } from "../../word.ts";
import { expandValue, segmentsOf } from "./expand.ts";
import { joinedPieces } from "./fields.ts";
import { isShellScript } from "./kind.ts";
import { literalPieces } from "./literal.ts";
import type { Command, HereDoc, Redirection, WordNode } from "./parse.ts";
import type { Context } from "./segment.ts";
import { keep } from "./slot.ts";

/** The text that a heredoc or a here-string puts on a command's standard input. */
export function standardInput(node: Command, context: Context): Mapped | undefined {
  const given = node.redirects.findLast(isInput);
  if (given?.type === "HereDoc") return heredocText(given, context);
  if (given?.type !== "HereString" || !given.target) return undefined;
  return mappedPieces(expandValue(given.target, context, keep).pieces);
}

function isInput({ type, descriptor }: Redirection): boolean {
  if (type !== "HereDoc" && type !== "HereString") return false;
  return !descriptor || (descriptor.type === "FileDescriptor" && descriptor.value === 0);
}

function heredocText({ body, delimiter, operator }: HereDoc, context: Context): Mapped {
  const { script } = context;
  const quoted = delimiter?.quoted ?? false;
  if (quoted && operator === "<<") return part(script, body.pos, body.end);
  const text = (start: number, end: number) => {
    const lines = operator === "<<-" ? withoutTabs(script.text, start, end, start === body.pos) : [{ start, end }];
    return lines.flatMap((line) => linePieces(script, line, quoted));
  };
  if (quoted || !body.parts) return mappedPieces(text(body.pos, body.end));
  return mappedPieces(
    body.parts.flatMap((node): Piece[] => {
      if (node.type === "Literal") return text(node.pos, node.end);
      const word: WordNode = { type: "Word", text: node.text, value: "", pos: node.pos, end: node.end, parts: [node] };
      return joinedPieces(segmentsOf(word, { quoted: true, expanded: false }, context));
    }),
  );
}

/** A part of a script, as it is written. */
function part(script: Mapped, from: number, to: number): Mapped {
  return {
    text: script.text.slice(from, to),
    pieces: (start, end) => script.pieces(from + start, from + end),
    place: (start, end) => script.place(from + start, from + end),
  };
}

/** A run of text; `lineEnd` is a line feed and the tabs behind it, which stand for the line feed alone. */
type Run = { readonly start: number; readonly end: number; readonly lineEnd?: true };

/** `<<-` leaves out the tabs that its lines begin with. */
function withoutTabs(text: string, start: number, end: number, atLineStart: boolean): Run[] {
  const runs: Run[] = [];
  let from = start;
  if (atLineStart) while (text[from] === "\t" && from < end) from++;
  for (const match of text.slice(from, end).matchAll(/\n\t*/g)) {
    const at = from + match.index;
    runs.push({ start: runs.at(-1)?.end ?? from, end: at }, { start: at, end: at + match[0].length, lineEnd: true });
  }
  return [...runs, { start: runs.at(-1)?.end ?? from, end }];
}

function linePieces(script: Mapped, { start, end, lineEnd }: Run, quoted: boolean): Piece[] {
  if (start >= end) return [];
  if (!lineEnd) return quoted ? script.pieces(start, end) : literalPieces(script, start, end, "heredoc");
  const at = script.place(start, end);
  return [{ text: "\n", ...(at && { at }) }];
}

/** Whether a command with this text on its standard input writes it to a file as a shell script. */
export function writesScript(node: Command, words: readonly Word[], text: Mapped, context: Context): boolean {
  const programs = words.map(spelled);
  if (!programs.some((program) => program === "cat" || program === "tee")) return false;
  const targets = node.redirects.map((redirect) => (redirect.type === "Redirect" ? redirect.target : undefined));
  const files = targets.map((target) => (target ? spelled(expandValue(target, context, keep)) : ""));
  return [...files, ...programs].some((file) => isShellScript(file, text.text.trimStart()));
}
