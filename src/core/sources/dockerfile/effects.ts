import type { Variable } from "../../invocation.ts";
import { mappedPieces, mappedText } from "../../mapped.ts";
import { isKnown, noSlot, type Word } from "../../word.ts";
import { normalPath, type Script } from "./copies.ts";
import { execForm } from "./exec-form.ts";
import type { Heredoc } from "./heredoc.ts";
import { type Dockerfile, type Instruction, placeOf } from "./instructions.ts";
import type { Range } from "./mask.ts";
import { removalOf } from "./separated.ts";
import { type ArgumentsDraft, type Draft, scopeOf } from "./stage.ts";
import { resolve, resolveText } from "./variables.ts";
import { splitWords, valueWord } from "./words.ts";

/**
 * What an instruction does to the image of its stage. RUN, HEALTHCHECK, EXPOSE, LABEL and the like start nothing in it;
 * ONBUILD is about images that are made from it.
 */
export function applyInstruction(draft: Draft, instruction: Instruction): void {
  effects[instruction.keyword]?.(draft, instruction);
}

const effects: Record<string, (draft: Draft, instruction: Instruction) => void> = {
  ARG: declareArguments,
  ENV: setVariables,
  USER: setUser,
  WORKDIR: setWorkdir,
  SHELL: setShell,
  CMD: setCommand,
  ENTRYPOINT: setEntrypoint,
  COPY: addFiles,
  ADD: addFiles,
};

/** ARG, which may stand before the first FROM too. A value from outside wins over the default. */
export function declareArguments(draft: ArgumentsDraft, { body }: Instruction): void {
  const { outside, global } = draft.givenArgs;
  for (const word of splitWords(draft.file, body)) {
    const { name, value } = readPair(draft.file, word);
    const given = outside.get(name);
    if (given !== undefined) draft.args.set(name, [{ text: given }]);
    else if (value) draft.args.set(name, resolve(draft.file, value, scopeOf(draft)));
    else draft.args.set(name, global.get(name));
  }
}

function setVariables(draft: Draft, instruction: Instruction): void {
  const { file } = draft;
  const pairs = readPairs(file, instruction.body);
  const variables = pairs.map(({ name, value, ...range }, index): Variable => {
    const removal = placeOf(file, removalOf(pairs, index) ?? wholeLines(file, instruction));
    const pieces = resolve(file, value, scopeOf(draft));
    return {
      name,
      value: valueWord(file, value, pieces, () => [{ ...removal, text: "" }]),
      at: placeOf(file, range),
    };
  });
  // Set at the end: within one instruction a variable has the value it had before.
  for (const variable of variables) draft.env.set(variable.name, variable);
}

type Pair = Range & { readonly name: string; readonly value: Range };

/** `K=V` pairs, or the one pair of the old form `ENV K the rest`. */
function readPairs(file: Dockerfile, body: Range): Pair[] {
  const words = splitWords(file, body);
  const [first, second] = words;
  if (!first) return [];
  if (!second || readPair(file, first).value) {
    return words.flatMap((word) => {
      const { name, value } = readPair(file, word);
      return value ? [{ ...word, name, value }] : [];
    });
  }
  const value = { start: second.start, end: body.end };
  return [{ start: first.start, end: body.end, name: file.text.slice(first.start, first.end), value }];
}

function readPair({ text }: Dockerfile, { start, end }: Range): { name: string; value: Range | undefined } {
  const equals = text.indexOf("=", start);
  if (equals < 0 || equals >= end) return { name: text.slice(start, end), value: undefined };
  return { name: text.slice(start, equals), value: { start: equals + 1, end } };
}

/** An instruction with the newline behind it. */
function wholeLines({ text }: Dockerfile, { at }: Instruction): Range {
  const newline = text.indexOf("\n", at.end);
  return { start: at.start, end: newline < 0 ? text.length : newline + 1 };
}

function setUser(draft: Draft, instruction: Instruction): void {
  const [range] = splitWords(draft.file, instruction.body);
  if (!range) return;
  const removal = placeOf(draft.file, wholeLines(draft.file, instruction));
  const pieces = resolve(draft.file, range, scopeOf(draft));
  draft.user = valueWord(draft.file, range, pieces, () => [{ ...removal, text: "" }]);
}

function setWorkdir(draft: Draft, { body }: Instruction): void {
  draft.workdir = normalPath(pathText(draft, body), draft.workdir);
}

/** A path as text. What is unknown in it stays as it is written: the same spelling is the same folder. */
function pathText(draft: Draft, range: Range): string {
  const pieces = resolve(draft.file, range, scopeOf(draft));
  return pieces.map((piece) => (isKnown(piece) ? piece.text : piece.unknown)).join("");
}

function setShell(draft: Draft, { body }: Instruction): void {
  const words = execForm(draft.file, body);
  if (words) draft.shell = words.map((word) => ({ ...word, edit: noSlot }));
}

function setCommand(draft: Draft, instruction: Instruction): void {
  draft.command = wordsOf(draft, instruction);
  draft.start = instruction;
  draft.hasOwnCommand = true;
}

/** An entrypoint takes the place of the inherited one and of what was to be its arguments. */
function setEntrypoint(draft: Draft, instruction: Instruction): void {
  draft.entrypoint = wordsOf(draft, instruction);
  draft.start = instruction;
  if (!draft.hasOwnCommand) draft.command = undefined;
}

function wordsOf(draft: Draft, instruction: Instruction): readonly Word[] {
  const { file } = draft;
  const { body, name } = instruction;
  const shell =
    draft.shell ??
    ["/bin/sh", "-c"].map((text): Word => {
      return { pieces: [{ text }], at: placeOf(file, name), edit: noSlot, implied: true };
    });
  const at = placeOf(file, body);
  const script = { pieces: [{ text: file.text.slice(body.start, body.end), at }], at, edit: noSlot };
  return execForm(file, body) ?? [...shell, script];
}

function addFiles(draft: Draft, instruction: Instruction): void {
  const { body, flags, heredocs } = instruction;
  const written = (range: Range) => !heredocs.some(({ start, end }) => start <= range.start && range.end <= end);
  const array = execForm(draft.file, body);
  const ranges = array ? array.map(insideOf) : splitWords(draft.file, body).filter(written);
  const paths = ranges.map((range) => pathText(draft, range));
  const destination = paths.pop();
  if (destination === undefined) return;
  draft.copies.push({
    // What is fetched from elsewhere is no file of the workspace.
    sources: paths.filter((path) => !path.includes("://")),
    destination: normalPath(destination, draft.workdir),
    from: flags.find(({ name }) => name === "from")?.value,
    scripts: heredocs.map((heredoc) => readScript(draft, heredoc)),
  });
}

function insideOf({ at }: Word): Range {
  return { start: at.start + 1, end: at.end - 1 };
}

function readScript(draft: Draft, { name, body, expands }: Heredoc): Script {
  const { file } = draft;
  const text = expands
    ? mappedPieces(resolveText(file, body, scopeOf(draft)))
    : mappedText(file.path, file.text.slice(body.start, body.end), body.start);
  return { name, text };
}
