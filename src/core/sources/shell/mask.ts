/**
 * A script as the parser should see it, of the same length, so that every offset still holds: without a byte order mark,
 * and with Unix line ends. `\r\n` becomes two line feeds and not a space and a line feed, because a heredoc ends only at
 * a line that is its delimiter and nothing else; behind a backslash it becomes one line feed, because two would end the
 * command that the backslash continues. A backslash at the very end continues what is still to be typed.
 */
export function maskScript(text: string): string {
  let masked = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  if (masked.includes("\r")) masked = masked.replace(/(\\*)\r\n/g, maskLineEnd).replaceAll("\r", " ");
  return /(?<!\\)(?:\\\\)*\\$/.test(masked) ? `${masked.slice(0, -1)} ` : masked;
}

/** Only an odd number of backslashes continues the line: the others escape each other. */
function maskLineEnd(_: string, backslashes: string): string {
  return backslashes.length % 2 === 1 ? `${backslashes.slice(1)} \\\n` : `${backslashes}\n\n`;
}
