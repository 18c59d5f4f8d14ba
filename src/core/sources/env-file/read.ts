import type { Variable } from "../../invocation.ts";
import type { Place } from "../../text.ts";
import { insertable, type Piece, type Word } from "../../word.ts";
import { interpolate, type Lookup } from "../compose/interpolate.ts";
import { controlCharacters } from "../escapes.ts";
import type { SourceFile } from "../source.ts";

/** A line of a `.env` file; `NAME` alone has no variable, since it is taken from outside. */
export type Assignment = { readonly name: string; readonly at: Place; readonly variable?: Variable };

export type EnvFile = { readonly assignments: readonly Assignment[]; readonly comments: readonly Place[] };

/**
 * How a `.env` file is read. Compose knows quotes, `export`, comments behind a value and variables in it. For `docker
 * run --env-file`, and for compose with `format: raw`, everything behind `=` is the value.
 * Sources: compose-go dotenv, docker/cli opts/file.go.
 */
export type Dialect = "compose" | "docker";

/** Reads a `.env` file; `outside` are the variables that its own values may use. */
export function readEnvFile(
  file: SourceFile,
  dialect: Dialect = "compose",
  outside: Lookup = () => undefined,
): EnvFile {
  const values = new Map<string, readonly Piece[]>();
  const lookup: Lookup = (name) => values.get(name) ?? outside(name);
  const assignments: Assignment[] = [];
  const comments: Place[] = [];
  for (const line of linesOf(file, dialect)) {
    if (line.comment) comments.push(line.comment);
    if (!line.name) continue;
    const { name, at } = line;
    const value = line.value && wordOf(file, line, line.value, dialect, lookup);
    if (value) values.set(name, value.pieces);
    assignments.push({ name, at, ...(value && { variable: { name, value, at } }) });
  }
  return { assignments, comments };
}

type Range = readonly [start: number, end: number];

/** A line, or several where a quoted value goes on. */
type Line = {
  readonly start: number;
  readonly next: number;
  readonly comment?: Place;
  readonly name?: string;
  readonly at: Place;
  /** With its quotes. */
  readonly value?: Range;
};

const patterns: Readonly<Record<Dialect, RegExp>> = {
  compose:
    /[ \t]*(?:(?:export[ \t]+)?(?<name>[A-Za-z_][\w.-]*)[ \t]*(?:[=:](?:[ \t]*(?<value>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|[ \t]*(?<plain>(?:(?<![ \t])#|[^\s#]|[ \t]+(?=[^\s#]))*)))?)?[ \t]*(?<comment>#[^\r\n]*)?[^\r\n]*/dsy,
  docker: /[ \t]*(?:(?<comment>#[^\r\n]*)|(?<name>[^\s=#]+)(?:=(?<value>[^\r\n]*))?)?[^\r\n]*/dy,
};

function* linesOf({ path, text }: SourceFile, dialect: Dialect): Generator<Line> {
  const pattern = new RegExp(patterns[dialect]);
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  while (start < text.length) {
    pattern.lastIndex = start;
    const found = pattern.exec(text);
    const { name, value, plain, comment } = found?.indices?.groups ?? {};
    const newline = text.indexOf("\n", pattern.lastIndex);
    const next = newline < 0 ? text.length : newline + 1;
    const written = value ?? plain;
    yield {
      start,
      next,
      at: { path, start: name?.[0] ?? start, end: written?.[1] ?? name?.[1] ?? start },
      ...(name && { name: text.slice(...name) }),
      ...(written && { value: written }),
      ...(comment && { comment: { path, start: comment[0], end: comment[1] } }),
    };
    start = next;
  }
}

function wordOf({ path, text }: SourceFile, line: Line, [start, end]: Range, dialect: Dialect, lookup: Lookup): Word {
  const quote = dialect === "compose" ? /^(['"]).*\1$/s.exec(text.slice(start, end))?.[1] : undefined;
  const inner = quote === undefined ? { path, start, end } : { path, start: start + 1, end: end - 1 };
  const word: Word = {
    pieces: quote === '"' ? unescaped(text, inner) : [{ text: text.slice(inner.start, inner.end), at: inner }],
    at: { path, start, end },
    edit: {
      replace: (by) => (insertable(by) ? [{ ...inner, text: by }] : undefined),
      remove: () => [{ path, start: line.start, end: line.next, text: "" }],
      after: () => undefined,
    },
  };
  return dialect === "docker" || quote === "'" ? word : interpolate(word, lookup);
}

/** Text in double quotes. `\$` becomes `$$`, which is a dollar once variables are filled in. */
function unescaped(text: string, { path, start, end }: Place): Piece[] {
  return [...text.slice(start, end).matchAll(/\\(.)|[^\\]+/gs)].map(({ 0: source, 1: code, index }) => ({
    text: code === undefined ? source : (escapes[code] ?? source),
    at: { path, start: start + index, end: start + index + source.length },
  }));
}

const escapes: Readonly<Record<string, string>> = {
  ...controlCharacters,
  '"': '"',
  "\\": "\\",
  $: "$$",
};
