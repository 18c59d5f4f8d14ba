import type { Mapped } from "../../../src/core/mapped.ts";
import {
  type ReadShell,
  type Scope,
  type ShellCommand,
  type ShellCommands,
  shellCommands,
} from "../../../src/core/sources/shell/commands.ts";
import { applyEdits, type Edit, type Place, positions } from "../../../src/core/text.ts";
import { isKnown, origin, uses, type Word } from "../../../src/core/word.ts";

/** What the tests of the readers share that follow a command into a file: a makefile, a package.json, a Python script. */

export const nobody: Scope = { env: new Map(), parameters: undefined, depth: 0 };

/** Reads scripts, and keeps the text of each. */
export function recordingShell(): { shell: ReadShell; scripts: string[] } {
  const scripts: string[] = [];
  const shell = (script: Mapped, scope: Scope) => {
    scripts.push(script.text);
    return shellCommands(script, scope);
  };
  return { shell, scripts };
}

export function shown(word: Word): string {
  const text = word.pieces.map((piece) => (isKnown(piece) ? piece.text : `?${piece.unknown}`)).join("");
  return word.splits ? `${text}*` : /\s|^$/.test(text) ? `'${text}'` : text;
}

/** Every command with its words and environment, each with the place it stands at: `line:column «source»`. */
export function summary(path: string, text: string, { commands, limits }: ShellCommands): string {
  const position = positions(text);
  const where = ({ path: in_, start, end }: Place): string => {
    if (in_ !== path) return in_ || "nowhere";
    const { line, column } = position(start);
    return `${line}:${column} ${JSON.stringify(text.slice(start, end)).slice(1, -1)}`;
  };
  const via = (word: Word) => uses(word).map((use) => ` via ${where(use)}`);
  const at = (word: Word) => `${shown(word)} « ${where(origin(word))} »${[...new Set(via(word))].join("")}`;
  const lines = commands.flatMap((command) => [
    `${where(command.at)}${command.background ? " &" : ""}`,
    ...command.words.map((word) => `  word ${at(word)}`),
    ...[...command.env.values()].map(({ name, value, at: pair }) => `  ${name} = ${at(value)} in ${where(pair)}`),
    "",
  ]);
  return `${[...lines, ...limits.map(({ what }) => `limit ${what}`)].join("\n").trimEnd()}\n`;
}

/** Every place and edit that there is. */
export function placesOf({ commands, limits }: ShellCommands): Place[] {
  const words = ({ words: own, env }: ShellCommand) => [...own, ...[...env.values()].map(({ value }) => value)];
  const edits = (word: Word): (Edit[] | undefined)[] => [
    word.edit.remove(),
    word.edit.replace("x"),
    word.edit.after(["x"]),
  ];
  return [
    ...limits.map(({ at }) => at),
    ...commands.flatMap((command) => [
      command.at,
      ...words(command).flatMap((word) => [
        word.at,
        ...word.pieces.flatMap(({ at }) => at ?? []),
        ...edits(word).flatMap((edit) => edit ?? []),
      ]),
    ]),
  ];
}

export function edited(text: string, edits: readonly Edit[] | undefined): string | undefined {
  return edits && applyEdits(text, edits);
}

/** The first word that is spelled so. */
export function wordNamed({ commands }: ShellCommands, name: string): Word | undefined {
  return commands.flatMap(({ words }) => words).find((word) => shown(word) === name);
}

/** Says loudly that an oracle cannot be asked here; with LAUNCH_GUARD_REQUIRE_ALL=1 that is a failure. */
export function missing(what: string): void {
  if (process.env["LAUNCH_GUARD_REQUIRE_ALL"] === "1") throw new Error(`${what} is missing`);
  process.stderr.write(`\n*** NOT RUN: ${what} is missing ***\n\n`);
}
