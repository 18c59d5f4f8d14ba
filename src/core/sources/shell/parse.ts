import {
  type ArithmeticFor,
  type For,
  forEachChild,
  type ParseError,
  type Select,
  type Statement,
  type While,
} from "unbash";
import type { Mapped } from "../../mapped.ts";
import { isKnown } from "../../word.ts";
import type { Limit } from "../source.ts";
import { maskScript } from "./mask.ts";
import { parseFrom, recovered } from "./recover.ts";

export type {
  AndOr,
  ArrayValue,
  Assignment,
  Case,
  Command,
  CompoundList,
  Function as FunctionNode,
  HereDoc,
  If,
  ParameterExpansionPart,
  ParsedScript,
  Redirection,
  SimpleExpansionPart,
  Statement,
  SyntaxNode,
  Word as WordNode,
  WordPart,
} from "unbash";
export { forEachChild };

export type LoopNode = For | Select | While | ArithmeticFor;

/** A script as statements. Positions are offsets into `script.text`, which is as long as the text it was made from. */
export type ShellTree = {
  /** What was parsed: the script with Unix line ends. */
  readonly script: Mapped;
  /** Whether two line feeds may be one line end in the file. */
  readonly crlf: boolean;
  readonly statements: readonly Statement[];
  readonly errors: readonly ParseError[];
  /** Why it was not read, or not all of it. */
  readonly limit?: Limit["what"];
};

/** More than any script that a person wrote; an installer with its payload in a heredoc is not one. */
const largest = 1_000_000;

/**
 * Parses sh, bash and, as far as it is the same, zsh. Never throws. A quote that is not closed would swallow everything
 * behind it, while it is being typed; it ends with its line here, and the next line is read afresh.
 */
export function parseShell(script: Mapped): ShellTree {
  const text = maskScript(script.text);
  const crlf = text !== script.text && script.text.includes("\r\n");
  const tree = { script: masked(script, text), crlf };
  if (text.length > largest) return { ...tree, statements: [], errors: [], limit: "size" };
  const whole = parseFrom(text, 0);
  if (!whole) return { ...tree, statements: [], errors: [], limit: "nesting" };
  const tooDeep = whole.errors.some(({ message }) => message.startsWith("maximum"));
  return { ...tree, statements: recovered(text, whole), errors: whole.errors, ...(tooDeep && { limit: "nesting" }) };
}

/** The script with another text of the same length. */
function masked(script: Mapped, text: string): Mapped {
  if (text === script.text) return script;
  return {
    text,
    pieces(start, end) {
      let from = start;
      return script.pieces(start, end).map((piece) => {
        const to = from + (isKnown(piece) ? piece.text.length : 1);
        const result = isKnown(piece) ? { ...piece, text: text.slice(from, to) } : piece;
        from = to;
        return result;
      });
    },
    place: script.place,
  };
}
