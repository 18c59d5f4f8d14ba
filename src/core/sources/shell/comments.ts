import type { Outline, Range } from "./outline.ts";

/** The comments of a script, each from its `#` to the end of its line; the shebang is none. */
export function commentsOf(text: string, { opaque }: Outline): Range[] {
  const comments: Range[] = [];
  let next = 0;
  for (let at = text.indexOf("#"); at >= 0; ) {
    while ((opaque[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next++;
    const around = opaque[next];
    if (around && around.start <= at) {
      at = text.indexOf("#", around.end);
    } else if (!/^$|[\s;&|()`]/.test(text.slice(Math.max(0, at - 1), at))) {
      at = text.indexOf("#", at + 1);
    } else {
      const lineEnd = text.indexOf("\n", at);
      const end = lineEnd < 0 ? text.length : lineEnd;
      if (!isShebang(text, at)) comments.push({ start: at, end });
      at = text.indexOf("#", end);
    }
  }
  return comments;
}

function isShebang(text: string, at: number): boolean {
  return text[at + 1] === "!" && text.slice(0, at).trim() === "" && !text.slice(0, at).includes("\n");
}
