/** What tools print in their addresses and settings: `?token=…`, `password: …`, `//user:password@`. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\b(\w*(?:token|password|passwd|secret|api_?key)\w*["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s"'&,;]+)/gi, "$1…")
    .replace(/(:\/\/[^\s/:@]*:)[^\s/@]+@/g, "$1…@");
}
