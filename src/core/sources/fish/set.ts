import { literal, type Word } from "../../word.ts";
import { expandWord, gapBefore } from "../dialect/expand.ts";
import type { CommandNode, WordNode } from "../dialect/nodes.ts";
import { removeStatement } from "../dialect/remove-statement.ts";
import { evaluate, plainText, type Run, sourceOf } from "../dialect/run.ts";
import { placeOf } from "../shell/segment.ts";
import { edit } from "../shell/slot.ts";
import type { Value } from "../shell/variables.ts";

/**
 * `set`, fish's way to assign and to export; `false` for any other command.
 *
 * Source: fishshell.com/docs/current/cmds/set.html.
 */
export function runSet(node: CommandNode, run: Run): boolean {
  if (sourceOf(node, run) !== "set") return false;
  const { flags, name, values } = readSet(node, run);
  if (name === undefined || /[qnSh]/.test(flags)) return true;
  const { variables } = run;
  if (flags.includes("l") || flags.includes("f")) variables.makeLocal(name.variable);
  if (flags.includes("e")) {
    variables.set(name.variable, [undefined]);
    variables.setExported(name.variable, false);
    return true;
  }
  const assigned = evaluate(run, (context, env): Value | undefined => {
    const words = values.flatMap((value) =>
      expandWord(value, context, () => {
        const { text } = context.script;
        return edit(context.script, gapBefore(text, value.start, "\\"), value.end, "");
      }),
    );
    if (name.isPart || words.some(({ splits }) => splits)) return undefined;
    const old = context.lookup(name.variable)?.words;
    if (/[ap]/.test(flags) && !old) return undefined;
    const all = flags.includes("a")
      ? [...(old ?? []), ...words]
      : flags.includes("p")
        ? [...words, ...(old ?? [])]
        : words;
    const at = placeOf(run, node.start, node.end);
    // The value of an exported variable goes with its whole statement; another leaves an empty list.
    const exported = flags.includes("x") || (env().has(name.variable) && !flags.includes("u"));
    const whole = exported && all.length === 1 && values.length === 1 && all[0] === words[0];
    return { words: whole ? all.map((word) => withRemoval(word, node, run)) : all, array: all.length !== 1, at };
  });
  variables.set(name.variable, assigned);
  if (flags.includes("x")) variables.setExported(name.variable, true);
  else if (flags.includes("u")) variables.setExported(name.variable, false);
  return true;
}

function withRemoval(word: Word, node: CommandNode, run: Run): Word {
  return { ...word, edit: { ...word.edit, remove: () => removeStatement(node, run), after: () => undefined } };
}

type SetLine = {
  /** The short names of its options. */
  readonly flags: string;
  readonly name: { readonly variable: string; readonly isPart: boolean } | undefined;
  readonly values: readonly WordNode[];
};

const shortNames: Readonly<Record<string, string>> = {
  "--append": "a",
  "--prepend": "p",
  "--export": "x",
  "--unexport": "u",
  "--erase": "e",
  "--query": "q",
  "--names": "n",
  "--show": "S",
  "--help": "h",
  "--local": "l",
  "--function": "f",
  "--global": "g",
  "--universal": "U",
};

function readSet(node: CommandNode, run: Run): SetLine {
  const words = node.words.slice(1);
  let flags = "";
  let index = 0;
  for (; index < words.length; index++) {
    const text = textOf(words[index], run);
    if (!text?.startsWith("-") || text === "-") break;
    if (text === "--") {
      index++;
      break;
    }
    flags += text.startsWith("--") ? (shortNames[text] ?? "") : text.slice(1);
  }
  // Without a name `set` lists what there is.
  const [, variable, part] = /^([A-Za-z_]\w*)(\[.*)?$/.exec(textOf(words[index], run) ?? "") ?? [];
  const name =
    variable === undefined ? undefined : { variable: variable === "argv" ? "@" : variable, isPart: part !== undefined };
  return { flags, name, values: words.slice(index + 1) };
}

function textOf(word: WordNode | undefined, run: Run): string | undefined {
  if (!word) return undefined;
  return (
    plainText(word, run.script.text) ??
    literal(evaluate(run, (context) => expandWord(word, context, undefined))[0]?.[0])
  );
}
