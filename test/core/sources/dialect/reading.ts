import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { mappedText } from "../../../../src/core/mapped.ts";
import type { ReadShell, Scope, ShellCommand } from "../../../../src/core/sources/shell/commands.ts";
import { applyEdits, type Edit, type Place, positions } from "../../../../src/core/text.ts";
import { isKnown, isVerbatim, origin, spelled, UNKNOWN, type Word } from "../../../../src/core/word.ts";

/** The text that the tests read stands in this file. */
export const path = "typed";
const nothing: Scope = { env: new Map(), parameters: undefined, depth: 0 };

export function commandsOf(read: ReadShell, text: string, scope: Scope = nothing): readonly ShellCommand[] {
  return read(mappedText(path, text), scope).commands;
}

/** A word as `?` where it is unknown, with `*` behind one that may be any number of words. */
export function show(word: Word): string {
  const text = spelled(word).replaceAll(UNKNOWN, "?");
  return word.splits ? `${text}*` : /\s|^$/.test(text) ? `'${text}'` : text;
}

/** A command on one line: its environment, its words, `&` where nobody waits for it. */
export function showCommand({ env, words, background }: ShellCommand): string {
  const variables = [...env.values()].map(({ name, value }) => `${name}=${show(value)}`);
  return [...variables, ...words.map(show), ...(background ? ["&"] : [])].join(" ");
}

/** Everything that is read from a text, each with the place it stands at. */
export function summary(read: ReadShell, text: string): string {
  const at = positions(text);
  const where = ({ start, end }: Place) => {
    const { line, column } = at(start);
    return `${line}:${column} ${JSON.stringify(text.slice(start, end)).slice(1, -1)}`;
  };
  const lines = commandsOf(read, text).flatMap((command) => [
    `${where(command.at)}${command.background ? " (in the background)" : ""}`,
    ...command.words.map((word) => `  word ${show(word)} « ${where(origin(word))} »`),
    ...[...command.env.values()].map(
      ({ name, value, at: pair }) => `  ${name} = ${show(value)} « ${where(origin(value))} » in ${where(pair)}`,
    ),
    "",
  ]);
  return `${lines.join("\n").trimEnd()}\n`;
}

/** What every dialect's reader has to stand: its fixtures, each beginning of them, and any text at all. */
export function provesReader(name: string, read: ReadShell, parts: readonly string[]): void {
  const folder = join("test/fixtures", name);
  const fixtures = readdirSync(folder).filter((file) => !file.endsWith(".read"));

  describe(`${name}: fixtures`, () => {
    for (const file of fixtures) {
      const text = readFileSync(join(folder, file), "utf8");
      it(`reads ${file}, each word where it stands`, () => {
        const expected = join(folder, file.replace(/\.\w+$/, ".read"));
        if (process.env["UPDATE"]) writeFileSync(expected, summary(read, text));
        assert.equal(summary(read, text), readFileSync(expected, "utf8"));
      });
      it(`reads every beginning of ${file}`, () => {
        for (let end = 0; end <= text.length; end++) holds(read, text.slice(0, end));
      }).timeout(20_000);
    }
  });

  describe(`${name}: whatever the text`, () => {
    const typed = fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 4 })), { maxLength: 40 });
    it("never throws, and never points outside of it", () => {
      fc.assert(
        fc.property(typed, (chosen) => holds(read, chosen.join(""))),
        { numRuns: 500 },
      );
      fc.assert(
        fc.property(typed, (chosen) => holds(read, chosen.join(" "))),
        { numRuns: 500 },
      );
    });
    for (const part of parts) {
      it(`returns in time for ${JSON.stringify(part)} ten thousand times`, () => {
        const start = performance.now();
        commandsOf(read, part.repeat(10_000));
        commandsOf(read, `${part} `.repeat(10_000));
        assert.ok(performance.now() - start < 2000, `${performance.now() - start} ms`);
      }).timeout(10_000);
    }
  });
}

/** Every place and edit lies in the text, and what is verbatim is what stands there. */
function holds(read: ReadShell, text: string): void {
  const places: Place[] = [];
  const edits: (Edit[] | undefined)[] = [];
  for (const { words, env, at } of commandsOf(read, text)) {
    places.push(at);
    for (const word of [...words, ...[...env.values()].map(({ value }) => value)]) {
      places.push(word.at, ...word.pieces.flatMap((piece) => piece.at ?? []));
      edits.push(word.edit.remove(), word.edit.replace("x"), word.edit.after(["x"]));
      for (const piece of word.pieces) {
        if (!isKnown(piece) || !piece.at || !isVerbatim(piece) || piece.text.length < 2) continue;
        assert.equal(piece.text, text.slice(piece.at.start, piece.at.end));
      }
    }
  }
  for (const place of [...places, ...edits.flatMap((edit) => edit ?? [])]) {
    assert.equal(place.path, path);
    assert.ok(0 <= place.start && place.start <= place.end && place.end <= text.length, JSON.stringify(place));
  }
}

/** A text, the beginning of a word in it, and the text after the edit; `undefined` where that cannot be done. */
export type EditCase = readonly [text: string, word: string, result: string | undefined];

export type EditCases = {
  readonly removals: readonly EditCase[];
  readonly replacements: readonly EditCase[];
  readonly additions: readonly EditCase[];
  /** The variable takes the place of the word. */
  readonly variables: readonly EditCase[];
};

export function provesEdits(name: string, read: ReadShell, cases: EditCases): void {
  const wordLike = (text: string, start: string): Word => {
    const words = commandsOf(read, text).flatMap((command) => command.words);
    const word = words.find((candidate) => show(candidate).startsWith(start));
    assert.ok(word, `${start} is a word of ${words.map(show).join(" ")}`);
    return word;
  };
  const applied = (text: string, edits: Edit[] | undefined) => edits && applyEdits(text, edits);
  const oneLine = (text: string) => text.replaceAll("\r", "").replaceAll("\n", "⏎");

  describe(`${name}: edits`, () => {
    for (const [text, start, result] of cases.removals) {
      it(`takes ${start} out of ${oneLine(text)}`, () =>
        assert.equal(applied(text, wordLike(text, start).edit.remove()), result));
    }
    for (const [text, start, result] of cases.replacements) {
      it(`replaces ${start} in ${oneLine(text)}`, () =>
        assert.equal(applied(text, wordLike(text, start).edit.replace("NEW")), result));
    }
    for (const [text, start, result] of cases.additions) {
      it(`adds words behind ${start} in ${oneLine(text)}`, () =>
        assert.equal(applied(text, wordLike(text, start).edit.after(["--a=b", "c"])), result));
    }
    for (const [text, variable, result] of cases.variables) {
      it(`takes the variable ${variable} out of ${oneLine(text)}`, () => {
        const value = commandsOf(read, text).at(-1)?.env.get(variable)?.value;
        assert.ok(value, `${variable} is in the environment`);
        assert.equal(applied(text, value.edit.remove()), result);
      });
    }
    it("puts in nothing that would mean something else", () => {
      const word = wordLike(cases.replacements[0]?.[0] ?? "", cases.replacements[0]?.[1] ?? "");
      assert.equal(word.edit.replace("a b"), undefined);
      assert.equal(word.edit.after(["$x"]), undefined);
    });
  });
}

/** A text and its commands, one a line. */
export function provesCommands(name: string, read: ReadShell, cases: readonly (readonly [string, string[]])[]): void {
  describe(`${name}: commands`, () => {
    for (const [text, commands] of cases) {
      it(text.replaceAll("\n", "⏎"), () => assert.deepEqual(commandsOf(read, text).map(showCommand), commands));
    }
  });
}
