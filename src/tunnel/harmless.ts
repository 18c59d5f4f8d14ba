/**
 * Text from a host we do not know: banners, prompts, file names. What a terminal or a window would obey instead of
 * show (escape sequences, C0 and C1 controls, characters that turn the reading direction) becomes visible; line
 * breaks stay, unless `oneLine`. At most `most` characters.
 */
export function harmless(text: string, { oneLine = false, most = 4096 } = {}): string {
  const lines = text.replace(/\r\n?/g, "\n").slice(0, most);
  return lines.replace(obeyed, (character) => {
    if (character === "\t") return " ";
    if (character === "\n") return oneLine ? " " : character;
    return "\u{fffd}";
  });
}

/** Controls, line and paragraph separators, and Unicode's format characters: those that turn the direction or hide. */
const obeyed = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
