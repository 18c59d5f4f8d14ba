import { literal, noSlot, type Word } from "../../word.ts";
import { type Context, expandValue, expandWord, removeArgument } from "../dialect/expand.ts";
import type { CommandNode, WordNode } from "../dialect/nodes.ts";
import { removeStatement } from "../dialect/remove-statement.ts";
import { evaluate, type Run, sourceOf } from "../dialect/run.ts";
import { placeOf } from "../shell/segment.ts";
import { edit } from "../shell/slot.ts";
import type { Value } from "../shell/variables.ts";
import { isEnvironment, variableName } from "./names.ts";

/**
 * `$name = …` and `$env:NAME = …`; `false` for any other command.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_assignment_operators and
 * about_environment_variables.
 */
export function runAssignment(node: CommandNode, run: Run): boolean {
  const operator = sourceOf(node, run);
  if (!operator.endsWith("=") || operator.length > 3) return false;
  const [, target, ...values] = node.words;
  const part = target?.parts[0];
  if (part?.type !== "variable") return true;
  const { variables, script } = run;
  if (isEnvironment(part.name)) {
    // An empty text has been a value of its own since PowerShell 7.5; before, it took the variable away as well.
    const isGone = operator === "=" && /^\s*\$null$/i.test(script.text.slice(node.words[0]?.end, node.end));
    const value = (context: Context) => environmentValue(node, values, run, asValue(context));
    variables.set(part.name, isGone || operator !== "=" ? [undefined] : evaluate(run, value));
    variables.setExported(part.name, !isGone);
    return true;
  }
  const isArray = values.length !== 1 || /^\s*@\(/.test(script.text.slice(node.words[0]?.end, node.end));
  variables.set(
    part.name,
    evaluate(run, (context): Value | undefined => {
      const words = values.flatMap((value) => valueWords(value, node, asValue(context)));
      if (words.some(({ splits }) => splits)) return undefined;
      const assigned = { words, array: isArray || words.length !== 1, at: placeOf(run, node.start, node.end) };
      if (operator === "=") return assigned;
      return operator === "+=" ? added(context.lookup(part.name), assigned) : undefined;
    }),
  );
  return true;
}

/** In an expression nothing but a number may stand without quotes. */
function asValue(context: Context): Context {
  return { ...context, spelling: { ...context.spelling, means: (text) => /^\d{1,9}$/.test(text) } };
}

/** The value of a variable of the environment is one text, and is taken out with its statement. */
function environmentValue(node: CommandNode, values: readonly WordNode[], run: Run, context: Context): Value {
  const at = placeOf(run, node.start, node.end);
  const [first] = values;
  const last = values.at(-1);
  const start = first?.start ?? node.end;
  const end = last?.end ?? node.end;
  const several: WordNode = {
    start,
    end,
    parts: [{ type: "unknown", start, end, quoted: true }],
    inside: { start, end },
  };
  const word = expandValue(first && values.length === 1 ? first : several, context, () => removeStatement(node, run));
  return { words: [word], array: false, at };
}

function valueWords(value: WordNode, node: CommandNode, context: Context): Word[] {
  const { script, spelling } = context;
  const isElement = spelling.extent?.(script.text, value) !== undefined;
  // A value of its own leaves an empty list, which is no argument at all; a type before it would make a text of that.
  const isTyped = script.text[node.start] === "[";
  const remove = isElement
    ? removeArgument(value, context)
    : () => (isTyped ? undefined : edit(script, value.start, value.end, "@()"));
  const words = expandWord(value, context, remove);
  return words.map((word) => {
    const [part, ...rest] = value.parts;
    // What another variable holds stays there, as it may be used elsewhere as well.
    if (part?.type === "variable" && rest.length === 0 && !part.quoted)
      return words.length > 1 ? word : { ...word, edit: { ...word.edit, remove, after: () => undefined } };
    return { ...word, edit: { ...word.edit, after: isElement ? behindElement(value, context) : () => undefined } };
  });
}

/** Puts further elements behind one. */
export function behindElement(element: WordNode, { script }: Context): Word["edit"]["after"] {
  return (words) => {
    const place = script.place(element.start, element.end) && script.place(element.end, element.end);
    if (!place || !words.every((word) => /^[\w.:/=,@%+-]+$/.test(word))) return undefined;
    return [{ ...place, text: words.map((word) => `,'${word}'`).join("") }];
  };
}

/** A list gets further elements, and a text goes on. */
function added(old: Value | undefined, { words, array, at }: Value): Value | undefined {
  if (!old) return undefined;
  const [text] = old.words;
  const [more] = words;
  if (old.array || !text || !more || array)
    return old.array ? { words: [...old.words, ...words], array: true, at } : undefined;
  const word: Word = { ...more, pieces: [...text.pieces, ...more.pieces], edit: noSlot };
  return { words: [word], array: false, at };
}

/**
 * `Remove-Item Env:NAME`; `false` for any other command.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_environment_provider.
 */
export function runRemoval(node: CommandNode, run: Run): boolean {
  if (!/^(?:remove-item|ri|rm|del|erase)$/i.test(sourceOf(node, run))) return false;
  for (const word of node.words.slice(1)) {
    const text = literal(evaluate(run, (context) => expandWord(word, context, undefined))[0]?.[0]);
    const name = /^env:[\\/]?(\w+)$/i.exec(text ?? "")?.[1];
    const variable = name === undefined ? undefined : variableName(`env:${name}`);
    if (variable === undefined) continue;
    run.variables.set(variable, [undefined]);
    run.variables.setExported(variable, false);
  }
  return true;
}
