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

/** A script without an extension is known by its first line, so all such files have to be looked at. */
const withoutExtension = { include: "**/*", exclude: `{${foreign.join(",")},**/*.*}` };

/** More neighbours than this are not worth the wait at the first keystroke. */
const mostNeighbours = 2000;
const mostScripts = 5000;

/** The files of a folder that may lead to one another. */
export async function findNeighbours(folder: vscode.Uri, engine: Engine): Promise<vscode.Uri[]> {
  return readable(await search(folder, candidateGlob, foreignGlob, mostNeighbours), engine);
}

/** Every file of a folder that may launch something; of those without an extension only the text can tell. */
export async function findFiles(
  folder: vscode.Uri,
  engine: Engine,
  token: vscode.CancellationToken,
): Promise<vscode.Uri[]> {
  const { include, exclude } = withoutExtension;
  const [named, others] = await Promise.all([
    search(folder, candidateGlob, foreignGlob, undefined, token),
    search(folder, include, exclude, mostScripts, token),
  ]);
  const files = new Map([...readable(named, engine), ...others].map((uri) => [uri.toString(), uri]));
  return [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function readable(uris: readonly vscode.Uri[], engine: Engine): vscode.Uri[] {
  return uris.filter(({ path }) => engine.isReadable(path));
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
