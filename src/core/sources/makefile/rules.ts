import { type Mapped, mappedPieces } from "../../mapped.ts";
import type { Piece } from "../../word.ts";
import { textOf } from "./expand.ts";
import type { Variables } from "./variables.ts";

/** A target or a prerequisite, with the pieces of its name. `orderOnly` are the prerequisites behind `|`. */
export type Name = { readonly name: string; readonly pieces: readonly Piece[]; readonly orderOnly?: true };

/** A rule whose recipe is still being read. */
export type OpenRule = { readonly recipe: Mapped[] };

/** A rule as far as it belongs to one target. */
export type Rule = OpenRule & { readonly prerequisites: readonly Name[]; readonly stem?: string };

/** Everything that makes one target. */
export type Target = {
  readonly name: Name;
  /** Each with what it needs: several with `::`, else one. */
  readonly rules: readonly Rule[];
  /** The variables that are set for it, and for what it needs. */
  readonly assignments: readonly ((variables: Variables) => void)[];
};

export type Rules = {
  add(rule: {
    readonly targets: readonly Name[];
    readonly prerequisites: readonly Name[];
    /** The pattern of a static pattern rule. */
    readonly stems: string | undefined;
    readonly doubleColon: boolean;
  }): OpenRule;
  assign(targets: readonly Name[], assignment: (variables: Variables) => void): void;
  target(name: string): Target | undefined;
  /** The target that is made when none is named. Source: GNU make manual 2.3 (How `make` Processes a Makefile). */
  first(): string | undefined;
};

type Entry = { readonly rule: Rule; readonly doubleColon: boolean };

export function makeRules(): Rules {
  const entries = new Map<string, { readonly name: Name; readonly rules: Entry[] }>();
  const assignments = new Map<string, ((variables: Variables) => void)[]>();
  let first: string | undefined;
  return {
    add({ targets, prerequisites, stems, doubleColon }) {
      const recipe: Mapped[] = [];
      for (const target of targets) {
        // What a pattern rule makes is found by looking at files, which is not done here.
        if (target.name.includes("%")) continue;
        if (!/^\.[^/]*$/.test(target.name)) first ??= target.name;
        const entry = entries.get(target.name) ?? { name: target, rules: [] };
        entry.rules.push({ rule: { recipe, ...withStem(target.name, prerequisites, stems) }, doubleColon });
        entries.set(target.name, entry);
      }
      return { recipe };
    },
    assign(targets, assignment) {
      for (const { name } of targets) assignments.set(name, [...(assignments.get(name) ?? []), assignment]);
    },
    target(name) {
      const entry = entries.get(name);
      if (!entry) return undefined;
      return {
        name: entry.name,
        rules: rulesOf(entry.rules),
        assignments: assignments.get(name) ?? [],
      };
    },
    first: () => first,
  };
}

/** With one colon the last recipe counts, and what its own rule needs comes first. Source: GNU make manual 4.11, 4.13. */
function rulesOf(entries: readonly Entry[]): Rule[] {
  const rules = entries.map(({ rule }) => rule);
  if (entries.some(({ doubleColon }) => doubleColon)) return rules;
  const last = rules.findLast(({ recipe }) => recipe.length > 0) ?? rules.at(-1);
  if (!last) return [];
  const others = rules.filter((rule) => rule !== last);
  return [{ ...last, prerequisites: [last, ...others].flatMap(({ prerequisites }) => prerequisites) }];
}

function withStem(target: string, prerequisites: readonly Name[], pattern: string | undefined): Omit<Rule, "recipe"> {
  const [head = "", tail = ""] = pattern?.split("%", 2) ?? [];
  const matches = pattern && target.startsWith(head) && target.endsWith(tail) && target.length >= pattern.length;
  if (!matches) return { prerequisites };
  const stem = target.slice(head.length, target.length - tail.length);
  const filled = (text: string) => text.replace("%", () => stem);
  return {
    prerequisites: prerequisites.map(({ name }) => ({ name: filled(name), pieces: [{ text: filled(name) }] })),
    stem,
  };
}

/** The names of a list; those that are not known are left out. */
export function namesIn(pieces: readonly Piece[]): Name[] {
  const mapped = mappedPieces(pieces);
  const bar = mapped.text.indexOf("|");
  return [...mapped.text.matchAll(/[^\s|]+/g)].flatMap(({ 0: name, index }): Name[] => {
    const named = mapped.pieces(index, index + name.length);
    const orderOnly = bar >= 0 && bar < index && ({ orderOnly: true } as const);
    return textOf(named) === undefined ? [] : [{ name, pieces: named, ...orderOnly }];
  });
}
