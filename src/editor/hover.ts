import * as vscode from "vscode";
import type { Finding } from "../core/finding.ts";
import { hasPage } from "./diagnostics.ts";
import type { Linter } from "./linter.ts";
import { localized } from "./localized.ts";
import { rulePage } from "./rule-page.ts";

/** Says of what is underlined why it is unsafe, what decided how bad it is, and where to read on. */
export function hovers(linter: Linter): vscode.Disposable {
  return vscode.languages.registerHoverProvider("*", {
    provideHover(document, position) {
      const checked = linter.check(document);
      if (!checked) return undefined;
      const here = checked.findings.filter(({ at }) => checked.project.range(at).contains(position));
      const said = here.filter(({ why, reference, cves }) => why.length > 0 || reference || cves.length > 0);
      return said.length > 0 ? new vscode.Hover(said.map(explanation)) : undefined;
    },
  });
}

function explanation(finding: Finding): vscode.MarkdownString {
  const text = new vscode.MarkdownString(`**${vscode.l10n.t("Why is this unsafe?")}** `);
  text.appendMarkdown(plain(finding.why.map(localized).join(" ")));
  for (const { id, about, url } of finding.cves) text.appendMarkdown(`\n\n${link(id, url)} ${plain(about)}`);
  const links = linksOf(finding);
  if (links.length > 0) text.appendMarkdown(`\n\n${links.join(" · ")}`);
  return text;
}

function linksOf({ rule, reference }: Finding): string[] {
  const page = hasPage(rule) ? [link(vscode.l10n.t("About {rule}", { rule }), rulePage(rule).toString())] : [];
  return reference ? [...page, link(vscode.l10n.t("Documentation of this setting"), reference)] : page;
}

/**
 * A sentence that is no Markdown but for its code spans: it may quote the file, which must not put a link or a picture
 * here. The editor's own `appendText` would keep the sentence from breaking into lines between words.
 */
function plain(sentence: string): string {
  return sentence
    .split(/(`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_{}[\]()#+!<>|~&-]/g, "\\$&")))
    .join("");
}

function link(label: string, url: string): string {
  return `[${label}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`;
}
