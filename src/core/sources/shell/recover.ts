import { forEachChild, type ParseError, parse, type Statement, type SyntaxNode } from "unbash";

/** A parsed part of a script. */
export type Parsed = {
  /** Where it begins. */
  readonly from: number;
  readonly statements: readonly Statement[];
  readonly errors: readonly ParseError[];
};

/** Parses a part of `text`. `undefined` where it is nested so deep that the parser runs out of stack. */
export function parseFrom(text: string, from: number, to = text.length): Parsed | undefined {
  try {
    // Blanks in the place of what is left out keep the offsets.
    const script = parse(" ".repeat(from) + text.slice(from, to));
    return { from, statements: script.commands, errors: script.errors ?? [] };
  } catch {
    return undefined;
  }
}

/** How often one script is taken up again behind a mistake, and how many places are suspected each time. */
const mostRecoveries = 6;
const mostSuspects = 4;

/** The statements of a script, where each string that is never closed ends with its line. */
export function recovered(text: string, whole: Parsed): Statement[] {
  const statements: Statement[] = [];
  let rest = whole;
  for (let count = 0; count < mostRecoveries; count++) {
    const cut = cutBehindMistake(text, rest);
    if (!cut) break;
    statements.push(...cut.head.statements);
    rest = cut.rest;
  }
  return [...statements, ...rest.statements];
}

type Cut = { readonly head: Parsed; readonly rest: Parsed };

/**
 * The script before and behind the line end where the mistake is. What stays open at the end is often not the quote that
 * lacks its partner: that one turned all quotes behind it inside out. So every string over several lines is suspected,
 * and the cut that leaves the fewest doubtful strings is the right one.
 */
function cutBehindMistake(text: string, parsed: Parsed): Cut | undefined {
  const open = unclosed(parsed);
  if (open === undefined) return undefined;
  const strings = multilineStrings(parsed).filter(({ pos }) => pos < open);
  const suspects = [...strings.map(({ pos }) => pos).slice(0, mostSuspects - 1), open];
  const cuts = suspects.flatMap((start) => cutAt(text, parsed.from, text.indexOf("\n", start)));
  const ranked = cuts.map((cut) => ({ cut, doubts: doubtsOf(text, cut) })).toSorted((a, b) => a.doubts - b.doubts);
  return ranked[0]?.cut;
}

function cutAt(text: string, from: number, lineEnd: number): Cut[] {
  if (lineEnd < from) return [];
  const head = parseFrom(text, from, lineEnd);
  const rest = parseFrom(text, lineEnd + 1);
  return head && rest ? [{ head, rest }] : [];
}

function unclosed({ errors }: Parsed): number | undefined {
  return errors.find(({ message }) => message.startsWith("unterminated"))?.pos;
}

/** How little a cut explains: strings over several lines that touch a word on either side, and what stays open. */
function doubtsOf(text: string, { head, rest }: Cut): number {
  const strings = [...multilineStrings(head), ...multilineStrings(rest)];
  const odd = strings.filter(({ pos, end }) => /\w/.test(`${text[pos - 1] ?? ""}${text[end] ?? ""}`));
  return odd.length + (unclosed(rest) === undefined ? 0 : 1);
}

function multilineStrings({ statements }: Parsed): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const visit = (node: SyntaxNode, depth: number) => {
    if (depth > 60 || node.type === "CommandExpansion") return;
    const quoted = node.type === "DoubleQuoted" || node.type === "SingleQuoted";
    if (quoted && node.text.includes("\n")) found.push(node);
    else forEachChild(node, (child) => visit(child, depth + 1));
  };
  for (const statement of statements) visit(statement, 0);
  return found;
}
