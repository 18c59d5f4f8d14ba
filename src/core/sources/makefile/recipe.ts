import { type Mapped, mappedPieces } from "../../mapped.ts";
import type { Place } from "../../text.ts";
import type { Piece } from "../../word.ts";
import { expand, type Scope } from "./expand.ts";
import { isEscaped } from "./lines.ts";
import type { Rule, Target } from "./rules.ts";

/** What one shell is given, and the lines of the recipe that say so. */
export type RecipeScript = { readonly script: Mapped; readonly at: Place | undefined };

/**
 * The scripts of a rule's recipe for one target: a shell for each line, or one for all with `.ONESHELL`.
 * Source: GNU make manual 5.3 (Recipe Execution), 5.3.1.
 */
export function recipeScripts(target: Target, rule: Rule, scope: Scope, oneShell: boolean): RecipeScript[] {
  const automatic = automaticVariables(target, rule);
  const scripts = rule.recipe.flatMap((line): RecipeScript[] => {
    const at = withoutPrefix(line).place(0, withoutPrefix(line).text.length);
    const lines = linesOf(mappedPieces(expand(line, { ...scope, automatic }))).map(withoutPrefix);
    return lines.filter(({ text }) => text.trim() !== "").map((script) => ({ script, at }));
  });
  const [first] = scripts;
  if (!oneShell || !first) return scripts;
  const pieces = scripts.flatMap(({ script }, index): Piece[] => {
    const own = script.pieces(0, script.text.length);
    return index > 0 ? [{ text: "\n" }, ...own] : own;
  });
  const end = scripts.at(-1)?.at?.end;
  return [{ script: mappedPieces(pieces), at: first.at && end ? { ...first.at, end } : first.at }];
}

/** A variable may put several lines into one of the recipe. */
function linesOf(text: Mapped): Mapped[] {
  const lines: Mapped[] = [];
  let from = 0;
  for (const { index } of text.text.matchAll(/\n|$/g)) {
    if (index < text.text.length && isEscaped(text.text, index, from)) continue;
    lines.push(mappedPieces(text.pieces(from, index)));
    from = index + 1;
  }
  return lines;
}

/** `@` hides a line, `-` ignores its failure, `+` runs it under `-n`. Source: GNU make manual 5.2, 5.5, 9.3. */
function withoutPrefix(line: Mapped): Mapped {
  const prefix = /^[ \t@+-]*/.exec(line.text)?.[0].length ?? 0;
  return prefix === 0 ? line : mappedPieces(line.pieces(prefix, line.text.length));
}

/** `$@`, `$<`, `$^`, `$+`, `$*`. Source: GNU make manual 10.5.3 (Automatic Variables). */
function automaticVariables({ name }: Target, { prerequisites, stem }: Rule): Map<string, readonly Piece[]> {
  const needed = prerequisites.filter(({ orderOnly }) => !orderOnly);
  const distinct = [...new Map(needed.map((each) => [each.name, each])).values()];
  const listed = (names: typeof needed) =>
    names.flatMap(({ pieces }, index): Piece[] => (index > 0 ? [{ text: " " }, ...pieces] : [...pieces]));
  const automatic = new Map<string, readonly Piece[]>([
    ["@", name.pieces],
    ["<", distinct[0]?.pieces ?? []],
    ["^", listed(distinct)],
    ["+", listed(needed)],
  ]);
  if (stem !== undefined) automatic.set("*", [{ text: stem }]);
  return automatic;
}
