import { type Mapped, mappedPieces } from "../../mapped.ts";
import { insertable, isKnown, type Known, mostPieces, type Piece, solid, through, type Word } from "../../word.ts";

/** The value of a variable as far as files say; `undefined` where none of them sets it. */
export type Lookup = (name: string) => readonly Piece[] | undefined;

/**
 * A word with its variables filled in as compose does: `$V ${V} ${V:-d} ${V-d} ${V:?e} ${V?e} ${V:+r} ${V+r}`, nested,
 * `$$` for a dollar. A variable that is not set anywhere may still be set in the shell: it takes its default where it
 * has one and is unknown otherwise.
 * Source: compose-spec 12-interpolation.md.
 */
export function interpolate(word: Word, lookup: Lookup): Word {
  if (!word.pieces.some((piece) => isKnown(piece) && piece.text.includes("$"))) return word;
  const mapped = mappedPieces(word.pieces);
  const pieces = filled({ mapped, lookup }, 0, mapped.text.length, 0);
  const place = pieces.some((piece) => isKnown(piece) && piece.via) ? solid(pieces) : undefined;
  // What came whole out of a variable is replaced there, so that the variable can still be set.
  const replace = (text: string) => (place && insertable(text) ? [{ ...place, text }] : word.edit.replace(text));
  return { ...word, pieces, edit: { ...word.edit, replace } };
}

type Reading = { readonly mapped: Mapped; readonly lookup: Lookup };

/** `${NAME:-argument}` from `start` to `end`; the argument begins at `argument` and ends in front of the brace. */
type Use = {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly operator: string;
  readonly argument: number;
};

const maximumDepth = 20;

/** The text between two offsets with its variables filled in. */
function filled(reading: Reading, start: number, end: number, depth: number): Piece[] {
  const { mapped } = reading;
  let pieces: Piece[] = [];
  const special = /\$\$|\$\w+|\$\{/g;
  special.lastIndex = start;
  let from = start;
  for (let found = special.exec(mapped.text); found && found.index < end; found = special.exec(mapped.text)) {
    const isDollar = found[0] === "$$";
    const use = isDollar ? undefined : useAt(mapped.text, found.index, end);
    if (!isDollar && !use) continue;
    const before = mapped.pieces(from, found.index);
    from = use?.end ?? special.lastIndex;
    pieces = pieces.concat(before, use ? valueFor(reading, use, depth) : [known("$", mapped, found.index, from)]);
    if (pieces.length > mostPieces) return [unread(mapped, start, end)];
    special.lastIndex = from;
  }
  return [...pieces, ...mapped.pieces(from, end)];
}

function useAt(text: string, start: number, limit: number): Use | undefined {
  const pattern = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(:?[-?+]|(?=\})))/y;
  pattern.lastIndex = start;
  const found = pattern.exec(text);
  if (!found || pattern.lastIndex > limit) return undefined;
  const [, plain, braced = "", operator = ""] = found;
  const argument = pattern.lastIndex;
  if (plain !== undefined) return { start, end: argument, name: plain, operator: "", argument };
  const brace = closingBrace(text, argument, limit);
  return brace === undefined ? undefined : { start, end: brace + 1, name: braced, operator, argument };
}

function closingBrace(text: string, from: number, limit: number): number | undefined {
  let open = 1;
  for (let at = from; at < limit; at++) {
    if (text.startsWith("${", at)) open++;
    else if (text[at] === "}") open--;
    if (open === 0) return at;
  }
  return undefined;
}

function valueFor(reading: Reading, use: Use, depth: number): Piece[] {
  const { mapped, lookup } = reading;
  const at = mapped.place(use.start, use.end);
  const uses = at ? [at] : [];
  const unknown: Piece = { unknown: mapped.text.slice(use.start, use.end), ...(at && { at }) };
  const value = lookup(use.name);
  const counts = value !== undefined && (!use.operator.startsWith(":") || value.some(isFilled));
  const isReplaced = use.operator.endsWith("+");
  if (counts && !isReplaced) return value.map((piece) => through(piece, uses));
  if (value && isReplaced && !counts) return [];
  const takesArgument = isReplaced ? counts : use.operator.endsWith("-");
  if (!takesArgument || depth === maximumDepth) return [unknown];
  const end = use.end - 1;
  // An empty default is a piece too, because it has a place where something can be written.
  const argument = use.argument < end ? filled(reading, use.argument, end, depth + 1) : [known("", mapped, end, end)];
  return argument.map((piece) => through(piece, uses));
}

function unread(mapped: Mapped, start: number, end: number): Piece {
  const at = mapped.place(start, end);
  return { unknown: mapped.text.slice(start, end), ...(at && { at }) };
}

function isFilled(piece: Piece): boolean {
  return !isKnown(piece) || piece.text !== "";
}

function known(text: string, mapped: Mapped, start: number, end: number): Known {
  const at = mapped.place(start, end);
  return { text, ...(at && { at }) };
}
