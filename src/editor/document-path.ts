import type * as vscode from "vscode";
import { configName } from "../core/config.ts";
import type { Engine } from "./engine.ts";
import type { Project } from "./project.ts";

/**
 * The path by which a project knows a document, or `undefined` for one that the engine does not read. A document whose
 * language was chosen by hand gets a name that says so.
 */
export function documentPath(document: vscode.TextDocument, project: Project, engine: Engine): string | undefined {
  const path = project.files.pathOf(document.uri);
  if (path === configName || engine.isReadable(path, tellingText(document))) return path;
  const named = spelledOut(path, document.languageId);
  if (named === undefined) return undefined;
  project.files.name(document.uri, named);
  return named;
}

/** What tells the kind of a file: all of a YAML file, the first line of any other. */
function tellingText(document: vscode.TextDocument): string {
  return document.languageId === "yaml" ? document.getText() : document.lineAt(0).text;
}

/** Names that the engine reads as what the editor says they are. */
const namesByLanguage: Readonly<Record<string, (name: string) => string>> = {
  dockerfile: (name) => `${name}.Dockerfile`,
  dockercompose: (name) => `compose.${name}.yaml`,
  dotenv: (name) => `${name}.env`,
  shellscript: (name) => `${name}.sh`,
};

function spelledOut(path: string, language: string): string | undefined {
  const name = namesByLanguage[language];
  const from = path.lastIndexOf("/") + 1;
  return name && path.slice(0, from) + name(path.slice(from));
}
