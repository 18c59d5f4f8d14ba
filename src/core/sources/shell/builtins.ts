import { literal, spelled, type Word } from "../../word.ts";
import { parameters, type Value, type Variables } from "./variables.ts";

/** What a command that belongs to the shell does to its variables. */
export function applyBuiltin(words: readonly Word[], variables: Variables, at: Value["at"]): void {
  const program = literal(words[0]);
  const args = words.slice(1);
  const effect = program !== undefined && Object.hasOwn(effects, program) ? effects[program] : undefined;
  effect?.(args, variables, at);
}

/** Whether a program is one of the shell's own that changes its variables. */
export function changesVariables(program: string): boolean {
  return Object.hasOwn(effects, program);
}

type Effect = (args: readonly Word[], variables: Variables, at: Value["at"]) => void;

const effects: Readonly<Record<string, Effect>> = {
  set: setParameters,
  shift: shiftParameters,
  unset: forget,
  read: forget,
  mapfile: forget,
  readarray: forget,
  getopts: forget,
};

/** Takes away what is known of the variables that are named: nobody knows what is read into them. */
function forget(args: readonly Word[], variables: Variables): void {
  for (const name of args.map(spelled).filter((arg) => /^[A-Za-z_]\w*$/.test(arg))) {
    if (variables.values(name).some((value) => value !== undefined)) variables.set(name, [undefined]);
  }
}

/** `set -a`, `set -- a b`. */
function setParameters(args: readonly Word[], variables: Variables, at: Value["at"]): void {
  const texts = args.map(spelled);
  const dashes = texts.indexOf("--");
  const options = dashes < 0 ? texts : texts.slice(0, dashes);
  options.forEach((option, index) => {
    const all = /^[-+]\w*a/.test(option) || (/^[-+]\w*o$/.test(option) && options[index + 1] === "allexport");
    if (all) variables.exportAll(option.startsWith("-"));
  });
  if (dashes >= 0) variables.set(parameters, [{ words: args.slice(dashes + 1), array: true, at }]);
}

/** `shift`, `shift 2`; behind a word that may be several nobody can count. */
function shiftParameters(args: readonly Word[], variables: Variables): void {
  const count = Number(literal(args[0]) ?? (args.length > 0 ? Number.NaN : 1));
  const shifted = variables.values(parameters).map((list): Value | undefined => {
    const known = list && count >= 0 && !list.words.slice(0, count).some((word) => word.splits);
    return known ? { ...list, words: list.words.slice(count) } : undefined;
  });
  variables.set(parameters, shifted);
}
