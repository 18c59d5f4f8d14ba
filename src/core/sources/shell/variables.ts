import type { Env, Variable } from "../../invocation.ts";
import type { Place } from "../../text.ts";
import { mostPieces, type Word } from "../../word.ts";

/** What a variable holds: one word, or the words of an array. `at` is the whole assignment. */
export type Value = { readonly words: readonly Word[]; readonly array: boolean; readonly at: Place };

/** Finds a variable's value; `undefined` where nobody assigned one that we know of. */
export type Lookup = (name: string) => Value | undefined;

/** The name that the positional parameters are kept under, as an array. */
export const parameters = "@";

/** A variable with several values is one that was assigned in branches. */
export const mostValues = 8;

/** The variables of a running script. */
export type Variables = {
  /** Every value that the variable may have here; `[undefined]` where none is known. */
  values(name: string): readonly (Value | undefined)[];
  set(name: string, values: readonly (Value | undefined)[]): void;
  setExported(name: string, exported: boolean): void;
  /** `set -a`: every assignment from here on is exported, or not any more. */
  exportAll(on: boolean): void;
  /** What a command inherits, for one choice of values. */
  environment(lookup: Lookup): Env;
  /** Runs each arm on the variables as they are now; afterwards a variable has its values of all arms. */
  branch(arms: readonly (() => void)[], exhaustive: boolean): void;
  /** Runs something whose assignments are not seen outside. */
  isolated(body: () => void): void;
  /** Runs a function's body: what it declares with `makeLocal` is as before afterwards. */
  call(body: () => void): void;
  makeLocal(name: string): void;
};

type Entry = { readonly values: readonly (Value | undefined)[]; readonly exported: boolean };
/** What variables were, or are to be; `undefined` for one that is not assigned. */
type Changes = Map<string, Entry | undefined>;

const unassigned: Entry = { values: [undefined], exported: false };

export function shellVariables(env: Env, given: readonly Word[] | undefined, scriptAt: Place): Variables {
  const entries = new Map<string, Entry>();
  // Each branch and subshell keeps what it overwrites, so that it can be undone without copying all the rest.
  const journals: Changes[] = [];
  const frames: Changes[] = [];
  let allExported = false;
  let inherited: Env | undefined;

  const write = (name: string, entry: Entry | undefined) => {
    const before = entries.get(name);
    const journal = journals.at(-1);
    if (journal && !journal.has(name)) journal.set(name, before);
    if (before?.exported || entry?.exported) inherited = undefined;
    if (entry) entries.set(name, entry);
    else entries.delete(name);
  };

  /** Runs `body`, takes it back and tells what it left. */
  const attempt = (body: () => void): Changes => {
    const journal: Changes = new Map();
    journals.push(journal);
    body();
    const after: Changes = new Map([...journal.keys()].map((name) => [name, entries.get(name)]));
    for (const [name, entry] of journal) write(name, entry);
    journals.pop();
    return after;
  };

  for (const [name, { value, at }] of env) {
    entries.set(name, { values: [{ words: [value], array: false, at }], exported: true });
  }
  if (given) entries.set(parameters, { values: [{ words: given, array: true, at: scriptAt }], exported: false });

  return {
    values: (name) => (entries.get(name) ?? unassigned).values,
    set(name, values) {
      const exported = allExported || (entries.get(name)?.exported ?? false);
      write(name, { values: distinct(values), exported });
    },
    setExported: (name, exported) => write(name, { ...(entries.get(name) ?? unassigned), exported }),
    exportAll(on) {
      allExported = on;
    },
    environment(lookup) {
      if (inherited) return inherited;
      const result = new Map<string, Variable>();
      let isOnly = true;
      // One pass, because a script that exports a thousand variables does this for each of its commands.
      for (const [name, { exported, values }] of entries) {
        if (!exported) continue;
        isOnly &&= values.length === 1;
        const variable = exportedVariable(name, lookup(name));
        if (variable) result.set(name, variable);
      }
      if (isOnly) inherited = result;
      return result;
    },
    branch(arms, exhaustive) {
      const outcomes = arms.map(attempt);
      for (const name of new Set(outcomes.flatMap((changes) => [...changes.keys()]))) {
        const before = entries.get(name);
        const after = outcomes.map((changes) => (changes.has(name) ? changes.get(name) : before));
        write(name, merged(exhaustive ? after : [before, ...after]));
      }
    },
    isolated(body) {
      attempt(body);
    },
    call(body) {
      const frame: Changes = new Map();
      frames.push(frame);
      body();
      frames.pop();
      for (const [name, entry] of frame) write(name, entry);
    },
    makeLocal(name) {
      const frame = frames.at(-1);
      if (frame && !frame.has(name)) frame.set(name, entries.get(name));
    },
  };
}

function exportedVariable(name: string, value: Value | undefined): Variable | undefined {
  const word = value?.words[0];
  return value && word && !value.array ? { name, value: word, at: value.at } : undefined;
}

function merged(entries: readonly (Entry | undefined)[]): Entry {
  const known = entries.map((entry) => entry ?? unassigned);
  return { values: distinct(known.flatMap(({ values }) => values)), exported: known.some(({ exported }) => exported) };
}

function distinct(values: readonly (Value | undefined)[]): (Value | undefined)[] {
  const [only] = values;
  // The usual case by far, for every assignment of every script.
  if (values.length === 1) return [bounded(only)];
  return [...new Set(values.map(bounded))].slice(0, mostValues);
}

/** A value that doubles itself line by line is as good as unknown before it fills the memory. */
function bounded(value: Value | undefined): Value | undefined {
  const pieces = value?.words.reduce((sum, word) => sum + word.pieces.length, value.words.length) ?? 0;
  return pieces > mostPieces ? undefined : value;
}
