import {
  type ArithmeticFor,
  type For,
  forEachChild,
  type ParseError,
  parse,
  type Select,
  type Statement,
  type SyntaxNode,
  type While,
} from "unbash";
import type { Mapped } from "../../mapped.ts";
import { isKnown } from "../../word.ts";
import type { Limit } from "../source.ts";
import { maskScript } from "./mask.ts";

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

/** How often one script is taken up again behind a mistake. Each time costs a parse. */
const mostRecoveries = 6;

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

type Parsed = {
  readonly from: number;
  readonly statements: readonly Statement[];
  readonly errors: readonly ParseError[];
};

/** Parses `text` from an offset on. `undefined` where it is nested so deep that the parser runs out of stack. */
function parseFrom(text: string, from: number, to = text.length): Parsed | undefined {
  try {
    // Blanks in the place of what is left out keep the offsets.
    const script = parse(" ".repeat(from) + text.slice(from, to));
    return { from, statements: script.commands, errors: script.errors ?? [] };
  } catch {
    return undefined;
  }
}

/** The statements of a script, taken up again at the line behind each quote that is never closed. */
function recovered(text: string, whole: Parsed): Statement[] {
  const statements: Statement[] = [];
  let rest = whole;
  for (let count = 0; count < mostRecoveries; count++) {
    const open = unclosed(rest);
    const cut = open === undefined ? undefined : cutBehind(text, rest, open);
    const head = cut && parseFrom(text, rest.from, cut.from);
    if (!cut || !head) break;
    statements.push(...head.statements);
    rest = cut;
  }
  return [...statements, ...rest.statements];
}

function unclosed({ errors }: Parsed): number | undefined {
  return errors.find(({ message }) => message.startsWith("unterminated"))?.pos;
}

/**
 * The script behind the line with the mistake. The quote that stays open at the end is often not the one that lacks its
 * partner: it turned the quotes behind it inside out. So the first string over several lines is suspected first.
 */
function cutBehind(text: string, parsed: Parsed, open: number): Parsed | undefined {
  const suspects = [
    ...multilineQuotes(parsed.statements)
      .filter((start) => start < open)
      .slice(0, 3),
    open,
  ];
  const cuts = suspects
    .map((start) => text.indexOf("\n", start) + 1)
    .filter((from) => from > parsed.from)
    .map((from) => parseFrom(text, from));
  return cuts.find((cut) => cut && unclosed(cut) === undefined) ?? cuts.at(-1);
}

function multilineQuotes(statements: readonly Statement[]): number[] {
  const found: number[] = [];
  const visit = (node: SyntaxNode, depth: number) => {
    if (depth > 60 || node.type === "CommandExpansion") return;
    const quoted = node.type === "DoubleQuoted" || node.type === "SingleQuoted";
    if (quoted && node.text.includes("\n")) found.push(node.pos);
    else forEachChild(node, (child) => visit(child, depth + 1));
  };
  for (const statement of statements) visit(statement, 0);
  return found;
}
