import type { Range } from "./mask.ts";

/** Where an instruction announces a heredoc: `<<EOF`, `<<-"EOF"`, `3<< 'EOF'`. */
export type HeredocOpener = Range & {
  readonly name: string;
  /** `<<-`: tabs before the lines and before the end are dropped. */
  readonly chomps: boolean;
  /** No quotes around the name: Docker puts variables into the text. */
  readonly expands: boolean;
};

/** A heredoc; `start` and `end` are its opener's, `body` is its lines. */
export type Heredoc = HeredocOpener & { readonly body: Range };

/** Finds what announces heredocs in the masked lines of an instruction, which start at `offset` in the file. */
export function heredocOpeners(instruction: string, offset: number): HeredocOpener[] {
  if (!instruction.includes("<<") || !/^\s*(onbuild\s+)?(run|copy|add)\s/i.test(instruction)) return [];
  const openers: HeredocOpener[] = [];
  let at = 0;
  while (at < instruction.length) {
    const opener = /\s/.test(instruction[at - 1] ?? "") ? openerAt(instruction, at, offset) : undefined;
    if (opener) openers.push(opener);
    at = opener ? opener.end - offset : behindCharacter(instruction, at);
  }
  return openers;
}

function openerAt(text: string, at: number, offset: number): HeredocOpener | undefined {
  const pattern = /\d*<<(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|([^\s<>|;&()'"`\\]+))/y;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [whole, dash, single, double, bare] = match;
  return {
    name: single ?? double ?? bare ?? "",
    chomps: dash === "-",
    expands: bare !== undefined,
    start: offset + at,
    end: offset + at + whole.length,
  };
}

/** Steps over a character, an escaped one or a whole quoted string, in which `<<` means nothing. */
function behindCharacter(text: string, at: number): number {
  const char = text[at];
  if (char === "\\") return at + 2;
  if (char !== "'" && char !== '"') return at + 1;
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === "\\" && char === '"') end += 1;
    else if (text[end] === char) return end + 1;
  }
  return at + 1;
}
