import * as vscode from "vscode";

const web = "https://github.com/launch-guard/launch-guard/blob/main";

/** Where the page of a rule is on the web, and in the installed extension. */
export function rulePage(rule: string, extension?: vscode.Uri): vscode.Uri {
  const path = `docs/rules/${rule}.md`;
  return extension ? vscode.Uri.joinPath(extension, path) : vscode.Uri.parse(`${web}/${path}`);
}
