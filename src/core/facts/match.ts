import { readOptions } from "../options.ts";
import { programOf } from "../program.ts";
import type { Tool } from "../tools/tool.ts";
import { literal, spelled, type Word } from "../word.ts";
import { grammarOf } from "./grammar.ts";

/** A command that starts a tool: which, and the words behind the ones that name it. */
export type Match = { readonly tool: Tool; readonly args: readonly Word[] };

/** Finds the tool that a command starts. Made once for a list of tools, because it indexes their commands. */
export function matcher(tools: readonly Tool[]): (words: readonly Word[]) => Match | undefined {
  const index = new Map<string, Form[]>();
  for (const tool of tools) {
    for (const command of tool.commands) {
      const [program = "", ...following] = command.split(" ");
      const forms = index.get(program) ?? [];
      forms.push({ tool, following });
      // The longest form first, so that `jupyter lab` is not taken for `jupyter`.
      index.set(
        program,
        forms.toSorted((a, b) => b.following.length - a.following.length),
      );
    }
  }
  return (words) => {
    const named = asModule(words) ?? words;
    const program = named === words ? programOf(words[0]) : "python";
    const found = firstOf(index.get(program ?? "") ?? [], named.slice(1));
    return found && isLaunch(found) ? found : undefined;
  };
}

/** A way to start a tool: the words that must follow its program. */
type Form = { readonly tool: Tool; readonly following: readonly string[] };

function firstOf(forms: readonly Form[], rest: readonly Word[]): Match | undefined {
  for (const { tool, following } of forms) {
    const args = behind(tool, following, rest);
    if (args) return { tool, args };
  }
  return undefined;
}

/** The words behind the ones that name the tool; options of the whole group may stand between them. */
function behind(tool: Tool, following: readonly string[], rest: readonly Word[]): readonly Word[] | undefined {
  const group = { values: new Set(tool.groupOptions), plain: new Set<string>(), leading: true } as const;
  let words = rest;
  for (const name of following) {
    // The `-m` of `python -m mlflow` is Python's own.
    if (tool.groupOptions && name !== "-m") words = words.slice(readOptions(words, group).taken);
    if (literal(words[0]) !== name) return undefined;
    words = words.slice(1);
  }
  return words;
}

/** `python -u -m jupyterlab …` as `python -m jupyterlab …`; other Python commands start no known tool. */
function asModule(words: readonly Word[]): readonly Word[] | undefined {
  if (!isPython(programOf(words[0]) ?? "")) return undefined;
  const { options, taken } = readOptions(words.slice(1), pythonOptions);
  const module = options.find(({ name }) => name === "-m");
  const [first] = words;
  if (!module?.value || !first) return [];
  const dash = module.words[0] ?? first;
  const named: Word = { ...dash, pieces: [{ text: "-m" }] };
  return [first, named, module.value, ...words.slice(1 + taken)];
}

/** Whether a program's base name is one of Python's. */
export function isPython(program: string): boolean {
  return /^(python[0-9.]*|pypy3?|py)$/.test(program);
}

/** Source: python(1). Reading ends with `-m`, because what follows the module is the module's. */
const pythonOptions = {
  values: new Set(["-m", "-W", "-X", "--check-hash-based-pycs"]),
  plain: new Set<string>(),
  leading: true,
  final: new Set(["-m"]),
} as const;

/** `jupyter lab --version` and `jupyter server list` start nothing. */
function isLaunch({ tool, args }: Match): boolean {
  const line = readOptions(args, grammarOf(tool));
  const options = line.options.map(({ name }) => name);
  if (tool.needs && !options.some((name) => tool.needs?.includes(name))) return false;
  const [first] = line.args.map(spelled);
  return ![...options, first].some((name) => name !== undefined && tool.notLaunches.includes(name));
}
