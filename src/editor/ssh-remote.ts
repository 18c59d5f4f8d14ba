/** The host of the authority `ssh-remote+HOST`; what is not written plainly there is left for its user to choose. */
export function sshRemoteOf(authority: string | undefined): string | undefined {
  const [kind, host] = authority?.split("+") ?? [];
  // Remote - SSH writes names with capitals, users or ports as JSON in hexadecimal digits.
  return kind === "ssh-remote" && host && !host.startsWith("7b22") ? host : undefined;
}
