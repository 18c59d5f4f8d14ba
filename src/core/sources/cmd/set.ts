import { type Assignment, take, type WordNode } from "../dialect/nodes.ts";
import { type Line, readValue } from "./words.ts";

/**
 * `set NAME=value`. The value goes on to what ends the command, blanks included, unless quotes stand around all of it:
 * then it ends at the last one. What `/a` counts and `/p` asks for is unknown.
 *
 * Source: learn.microsoft.com/windows-server/administration/windows-commands/set_1.
 */
export function readSet(cursor: Line): { word: WordNode; assignment: Assignment | undefined; end: number } {
  const start = cursor.at;
  const at = { start, end: start + 3 };
  const word: WordNode = { ...at, parts: [{ type: "text", quoted: false, ...at }], inside: at };
  cursor.at = at.end;
  const option = take(cursor, /[ \t,;]*\/([ap])/iy)?.[1];
  take(cursor, /[ \t,;]+/y);
  const from = cursor.at;
  const end = commandEnd(cursor);
  const assignment = readAssignment({ ...cursor, at: from }, end, option !== undefined);
  if (assignment) cursor.assigned.add(assignment.name);
  return { word, assignment, end };
}

function readAssignment(cursor: Line, end: number, isUnknown: boolean): Assignment | undefined {
  const start = cursor.at;
  const { text } = cursor;
  const isQuoted = text[start] === '"';
  const last = isQuoted ? text.slice(0, end).lastIndexOf('"') : end;
  if (isQuoted) cursor.at++;
  const name = take(cursor, /(\w[\w.()#$-]*)(?:[-+*/%&^|]|<<|>>)?=/y)?.[1]?.toUpperCase();
  if (name === undefined) return undefined;
  const stop = last > start ? last : end;
  if (!isUnknown) return { name, start, end, value: readValue(cursor, Math.max(stop, cursor.at), isQuoted) };
  const range = { start: cursor.at, end: Math.max(stop, cursor.at) };
  // What is asked for without a question stands nowhere, but it is set.
  const unknown = range.start < range.end ? range : { start, end };
  return {
    name,
    start,
    end,
    value: { ...unknown, inside: unknown, parts: [{ type: "unknown", quoted: true, ...unknown }] },
  };
}

/** Goes behind a command without reading its words, and says where that is. */
export function commandEnd(cursor: Line): number {
  take(
    cursor,
    cursor.parens > 0
      ? /(?:"[^"\r\n]*"?|\^(?:\r?\n|[^\r\n]|$)|[^"^&|<>\r\n)])+/y
      : /(?:"[^"\r\n]*"?|\^(?:\r?\n|[^\r\n]|$)|[^"^&|<>\r\n])+/y,
  );
  return cursor.at;
}
