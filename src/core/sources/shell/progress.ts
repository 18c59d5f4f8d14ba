import type { Variable } from "../../invocation.ts";
import type { Mapped } from "../../mapped.ts";
import type { Place } from "../../text.ts";
import type { Word } from "../../word.ts";
import type { Limit } from "../source.ts";
import type { Scope, ShellCommand } from "./commands.ts";
import { mostValues, parameters, shellVariables, type Variables } from "./variables.ts";

/** How far a script has been run: what is known by then, and what it started. `F` is a function of its language. */
export type Progress<F> = {
  readonly scope: Scope;
  /** For what stands nowhere by itself. */
  readonly fallback: Place;
  readonly variables: Variables;
  readonly commands: ShellCommand[];
  readonly limits: Limit[];
  readonly functions: Map<string, F>;
  /** How often each function was called. */
  readonly calls: Map<F, number>;
  /** The functions that are being run: none calls itself again. */
  readonly active: Set<F>;
};

/** A script before its first statement. */
export function startProgress<F>(script: Mapped, scope: Scope): Progress<F> {
  const fallback = scope.at ?? script.place(0, script.text.length) ?? nowhere;
  return {
    ...{ scope, fallback, variables: shellVariables(scope.env, scope.parameters, fallback) },
    ...{ commands: [], limits: [] },
    ...{ functions: new Map(), calls: new Map(), active: new Set() },
  };
}

/** Only a script that is written in no file has nothing that could be pointed at. */
const nowhere: Place = { path: "", start: 0, end: 0 };

/** A call with one choice of values: its words, and the variables that stand before them. */
export type Call = { readonly words: readonly Word[]; readonly prefix: readonly Variable[] };

/** Runs a function's body with the arguments of its call, of which `calls` are the choices. */
export function callFunction<F>(called: F, calls: readonly Call[], at: Place, progress: Progress<F>, body: () => void) {
  const { variables, active } = progress;
  const count = (progress.calls.get(called) ?? 0) + 1;
  progress.calls.set(called, count);
  // As many as a variable has values: functions that call functions would multiply the work without end.
  if (active.has(called) || count > mostValues) return;
  active.add(called);
  variables.call(() => {
    variables.makeLocal(parameters);
    variables.set(
      parameters,
      calls.map(({ words }) => ({ words: words.slice(1), array: true, at })),
    );
    for (const { name, value, at: given } of calls[0]?.prefix ?? []) {
      variables.makeLocal(name);
      variables.set(name, [{ words: [value], array: false, at: given }]);
      variables.setExported(name, true);
    }
    body();
  });
  active.delete(called);
}
