/** What the names of settings that hold a secret have in them; `_pwd` is GatewayClient's, `PWD` alone is a folder. */
const secretNames = "token|password|passwd|passphrase|_pwd|secret|api[-_]?key";

const given = new RegExp(String.raw`\b(\w*(?:${secretNames})\w*["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s"'&,;]+)`, "gi");

/** What tools print in their addresses and settings: `?token=…`, `password: …`, `//user:password@`. */
export function withoutSecrets(text: string): string {
  return text.replace(given, "$1…").replace(/(:\/\/[^\s/:@]*:)[^\s/]+@/g, "$1…@");
}

/**
 * The line of a POSIX shell as it may be shown: the value of an option that is named like a secret is left out, whether
 * it stands behind `=` or is the next word, and however it is quoted. What is hidden in vain does no harm.
 */
export function lineWithoutSecrets(line: string): string {
  let isValue = false;
  return line.replace(shellWord, (written) => {
    const word = written.replace(quoting, "$1$2$3");
    // A secret may begin with a dash, as random text does.
    const wasValue = isValue && !/^--[A-Za-z]/.test(word);
    isValue = !wasValue && option.test(word);
    if (wasValue) return "…";
    const [, name] = assignment.exec(word) ?? [];
    if (name !== undefined) return `${name}…`;
    return isScript(word) ? scriptWithoutSecrets(written, word) : withoutSecrets(written);
  });
}

const shellWord = /(?:'[^']*'?|"(?:\\.|[^"\\])*"?|\\.?|[^\s'"\\])+/gs;
const quoting = /'([^']*)'?|"((?:\\.|[^"\\])*)"?|\\(.)?/gs;

const option = new RegExp(String.raw`^--?[\w.-]*(?:${secretNames})[\w.-]*$`, "i");
const assignment = new RegExp(String.raw`^([\w.-]*(?:${secretNames}|_key)[\w.-]*=).`, "is");

/** `bash -c "jupyter lab …"` has a line in one word. */
function isScript(word: string): boolean {
  return /\s/.test(word);
}

function scriptWithoutSecrets(written: string, script: string): string {
  const shown = withoutSecrets(lineWithoutSecrets(script));
  return shown === script ? written : `'${shown}'`;
}
