import type { Finding } from "../core/finding.ts";
import type { View } from "./view.ts";

const secretRules: ReadonlySet<string> = new Set(["hardcoded-secret", "token-leak"]);

/**
 * The texts of files as a report may show them: what the findings call a secret is asterisks, so that it does not get
 * into the log of a build. Texts keep their length, so every place stays where it is.
 */
export function hideSecrets(findings: readonly Finding[], view: Pick<View, "text">): (path: string) => string {
  const hidden = new Map<string, string>();
  const textOf = (path: string) => hidden.get(path) ?? view.text(path);
  for (const { rule, at } of findings) {
    if (!secretRules.has(rule)) continue;
    const text = textOf(at.path);
    hidden.set(at.path, text.slice(0, at.start) + starred(text.slice(at.start, at.end)) + text.slice(at.end));
  }
  return textOf;
}

/** Leaves the name readable: `--token=******`. */
function starred(word: string): string {
  const name = named.exec(word)?.[0] ?? "";
  return name + word.slice(name.length).replace(/[^\s"']/g, "*");
}

/** An option with its value, an assignment or a pair of YAML; but not base64, whose `=` has nothing else behind it. */
const named = /^(?:--?[A-Za-z][\w.-]*[= ]|[A-Za-z_][\w.-]*(?:=(?=[^=])|: ))/;
