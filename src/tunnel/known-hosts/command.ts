/**
 * The command that removes (`-R`) or shows (`-F`) what is known of a host, by its name in known_hosts; in the file that
 * `ssh-keygen` takes by itself, or in another one.
 */
export function keygenCommand(does: "-R" | "-F", identity: string, file?: string): string {
  return `ssh-keygen ${does} ${quoted(identity)}${file === undefined ? "" : ` -f ${quoted(file)}`}`;
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
