import type { Outline, Range } from "./outline.ts";

/** The statements that a comment on a line of its own can be written above. */
export function blocksOf(text: string, { opaque, statements }: Outline): Range[] {
  return statements.filter(({ start }) => {
    const lineStart = text.lastIndexOf("\n", start - 1) + 1;
    // Inside a string or a continued line it would be no comment, or end the command.
    return text[lineStart - 2] !== "\\" && !opaque.some((range) => range.start < lineStart && lineStart < range.end);
  });
}
