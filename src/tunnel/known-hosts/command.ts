import { quoted } from "../quoted.ts";

/**
 * The command that removes (`-R`) or shows (`-F`) what is known of a host, by its name in known_hosts; in the file that
 * `ssh-keygen` takes by itself, or in another one.
 */
export function keygenCommand(does: "-R" | "-F", identity: string, file?: string): string {
  return `ssh-keygen ${does} ${wordOf(identity)}${file === undefined ? "" : ` -f ${wordOf(file)}`}`;
}

/** A person reads the command, so only what needs quotation marks has some. */
function wordOf(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text);
}
