import type { Invocation } from "../../invocation.ts";
import { lastValue, type OptionUse } from "../../options.ts";
import type { ComposeFiles } from "../../sources/compose/up.ts";
import { readEnvFile } from "../../sources/env-file/read.ts";
import type { SourceFile, Workspace } from "../../sources/source.ts";
import { literal } from "../../word.ts";
import { firstFile } from "./following.ts";

/** What compose reads before it starts anything: its files, and the profiles that are on. */
export type ComposeProject = { readonly files: ComposeFiles; readonly profiles: readonly string[] };

/**
 * The project of a command with these options in front of its subcommand; nothing where a file cannot be read. What the
 * options leave open, variables decide: those of the command, else those of `.env` in the project's folder.
 * Source: compose-go cli/options.go @01296029.
 */
export function composeProject(
  command: Invocation,
  options: readonly OptionUse[],
  read: Workspace["read"],
): ComposeProject | undefined {
  const folder = lastValue(options, "--project-directory") ?? ".";
  const file = (...names: string[]) => firstFile(command, names, read);
  const variables = variablesOf(command, file(`${folder}/.env`));
  const named = valuesOf(options, "-f", "--file") ?? listIn(variables("COMPOSE_FILE"), separatorOf(variables));
  const found = named ? named.flatMap((name) => file(name) ?? []) : usualFiles(folder, file);
  const [first, ...more] = found;
  const profiles = valuesOf(options, "--profile") ?? listIn(variables("COMPOSE_PROFILES"), ",") ?? [];
  return first && { files: [first, ...more], profiles };
}

/** The names that compose looks for, in this order, from its folder upwards. */
const usualNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/** What it merges into the file that it has found so, from the same folder. */
const overrideNames = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

const mostFolders = 4;

function usualFiles(folder: string, file: (...names: string[]) => SourceFile | undefined): SourceFile[] {
  for (let up = 0; up < mostFolders; up++) {
    const oneOf = (names: readonly string[]) => file(...names.map((name) => `${folder}/${"../".repeat(up)}${name}`));
    const found = oneOf(usualNames);
    const override = found && oneOf(overrideNames);
    if (found) return override ? [found, override] : [found];
  }
  return [];
}

/** The value of a variable by its name. */
type Variables = (name: string) => string | undefined;

function variablesOf({ env }: Invocation, file: SourceFile | undefined): Variables {
  const below = new Map((file ? readEnvFile(file).assignments : []).map(({ name, variable }) => [name, variable]));
  return (name) => literal((env.get(name) ?? below.get(name))?.value);
}

function separatorOf(variables: Variables): string {
  return variables("COMPOSE_PATH_SEPARATOR") || ":";
}

function listIn(text: string | undefined, separator: string): string[] | undefined {
  return text?.split(separator).map((part) => part.trim());
}

/** Nothing where none of the options is given. */
function valuesOf(options: readonly OptionUse[], ...names: string[]): string[] | undefined {
  const given = options.filter(({ name }) => names.includes(name));
  return given.length > 0 ? given.flatMap(({ value }) => literal(value) ?? []) : undefined;
}
