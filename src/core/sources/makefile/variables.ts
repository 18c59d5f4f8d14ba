import type { Place } from "../../text.ts";
import { mostPieces, type Piece, type Slot } from "../../word.ts";

/** What a variable of make holds. */
export type Definition = {
  /** As it is written for one that is expanded where it is used; what came of it for one that was expanded at once. */
  readonly pieces: readonly Piece[];
  readonly recursive: boolean;
  /** The whole assignment. */
  readonly at: Place;
  /** How the value is edited. */
  readonly edit: Slot;
  /** Given on the command line, which no line of the file changes. */
  readonly fixed?: true;
};

/** The variables of make, and which of them the programs that it starts inherit. */
export type Variables = {
  get(name: string): Definition | undefined;
  /** `override` changes one of the command line too. */
  set(name: string, definition: Definition, override?: boolean): void;
  append(name: string, definition: Definition, expand: (pieces: readonly Piece[]) => Piece[], override: boolean): void;
  unset(name: string): void;
  /** `export`, `unexport`; without names: all. */
  setExported(names: readonly string[], exported: boolean): void;
  /** The names that are inherited. */
  exported(): string[];
  /** Variables on top of these: what is set for one target only. */
  inner(): Variables;
};

export function makeVariables(outer?: Variables): Variables {
  const own = new Map<string, Definition | undefined>();
  const exports = new Map([["MAKE", false]]);
  let all: boolean | undefined;
  const get = (name: string) => (own.has(name) ? own.get(name) : outer?.get(name));
  const set = (name: string, definition: Definition | undefined, override = false) => {
    if (override || !get(name)?.fixed) own.set(name, definition);
  };
  return {
    get,
    set,
    append(name, definition, expand, override) {
      const before = get(name);
      // Behind a variable that was expanded at once, the addition is expanded at once as well.
      const added = before && !before.recursive ? expand(definition.pieces) : definition.pieces;
      const pieces = before ? [...before.pieces, { text: " " }, ...added] : added;
      const edit = before ? before.edit : definition.edit;
      const bounded = pieces.length > mostPieces ? [{ unknown: `$(${name})`, at: definition.at }] : pieces;
      set(name, { ...definition, pieces: bounded, recursive: before?.recursive ?? true, edit }, override);
    },
    unset: (name) => set(name, undefined),
    setExported(names, exported) {
      if (names.length === 0) all = exported;
      for (const name of names) exports.set(name, exported);
    },
    exported() {
      const names = new Set(outer?.exported() ?? []);
      // Only names that a shell can have; source: GNU make manual 5.7.2.
      if (all) for (const name of own.keys()) if (/^[A-Za-z_]\w*$/.test(name)) names.add(name);
      for (const [name, exported] of exports) {
        if (exported) names.add(name);
        else names.delete(name);
      }
      return [...names];
    },
    inner() {
      return makeVariables(this);
    },
  };
}
