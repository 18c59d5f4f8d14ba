import * as vscode from "vscode";
import type { Engine } from "./engine.ts";

/**
 * The names of files that the engine reads, for the editor's search. The engine decides; a test holds this list
 * against it. Without braces, which the search does not nest.
 */
export const candidateNames = [
  ...["[Dd]ockerfile", "[Cc]ontainerfile"].flatMap((name) => [name, `${name}.*`, `*.${name}`]),
  ...["compose", "docker-compose"].flatMap((name) => [`${name}*.yml`, `${name}*.yaml`]),
  ...[".env", ".env.*", "*.env"],
  ...["*.sh", "*.bash", "*.zsh", "*.ksh", ".bashrc", ".bash_profile", ".bash_login", ".bash_logout", ".bash_aliases"],
  ...[".zshrc", ".zshenv", ".zprofile", ".zlogin", ".kshrc", ".profile", ".envrc"],
];

const candidateGlob = `**/{${candidateNames.join(",")}}`;

/** What is in these was not written here. */
const foreign = ["**/node_modules/**", "**/.git/**"];
const foreignGlob = `{${foreign.join(",")}}`;

/** Of these only the text can tell: a script is known by its first line, a compose file of any name by what it says. */
const byText = [
  { include: "**/*", exclude: `{${foreign.join(",")},**/*.*}` },
  { include: "**/*.{yml,yaml}", exclude: foreignGlob },
];

/** More neighbours than this are not worth the wait at the first keystroke. */
const mostNeighbours = 2000;
const mostByText = 5000;

/** The files of a folder that may lead to one another. */
export async function findNeighbours(folder: vscode.Uri, engine: Engine): Promise<vscode.Uri[]> {
  const named = await search(folder, candidateGlob, foreignGlob, mostNeighbours);
  const yaml = await search(folder, "**/*.{yml,yaml}", foreignGlob, mostNeighbours);
  return unique([...named, ...yaml]).filter(({ path }) => engine.mayBeReadable(path));
}

/** Every file of a folder that may launch something. */
export async function findFiles(
  folder: vscode.Uri,
  engine: Engine,
  token: vscode.CancellationToken,
): Promise<vscode.Uri[]> {
  const found = await Promise.all([
    search(folder, candidateGlob, foreignGlob, undefined, token),
    ...byText.map(({ include, exclude }) => search(folder, include, exclude, mostByText, token)),
  ]);
  return unique(found.flat())
    .filter(({ path }) => engine.mayBeReadable(path))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function unique(uris: readonly vscode.Uri[]): vscode.Uri[] {
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

function search(
  folder: vscode.Uri,
  include: string,
  exclude: string,
  most?: number,
  token?: vscode.CancellationToken,
): Thenable<vscode.Uri[]> {
  return vscode.workspace.findFiles(new vscode.RelativePattern(folder, include), exclude, most, token);
}
