import type { Invocation } from "../../invocation.ts";
import { type Grammar, lastValue, type OptionUse, readOptions } from "../../options.ts";
import type { ComposeFiles } from "../../sources/compose/up.ts";
import { globals } from "../../unwrap/container-options.ts";
import { literal, type Word } from "../../word.ts";
import { type Follow, type Following, firstFile } from "./following.ts";

/** Source: `docker compose up --help`, docker/compose cmd/compose/up.go. Everything else takes no value. */
const up: Grammar = {
  values: new Set([
    "--attach",
    "--exit-code-from",
    "--no-attach",
    "--pull",
    "--scale",
    "-t",
    "--timeout",
    "--wait-timeout",
  ]),
  plain: new Set(["-d", "-V", "-w", "-y"]),
};

/** The names that compose looks for, in this order, from its folder upwards. Source: compose-go cli/options.go. */
const usualNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/** What it merges into the file that it has found so, from the same folder. Source: as above. */
const overrideNames = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

const mostFolders = 4;

/** The subcommands that start services; all but the first leave them running. */
const starting: ReadonlySet<string> = new Set(["up", "start", "restart"]);

/** `docker compose up`: the services of the compose files that it names, or of those that stand here. */
export const composeStart: Follow = (command, following, program) => {
  const line = composeLine(command.words.slice(1), program);
  const subcommand = literal(line?.rest[0]);
  if (!line || subcommand === undefined || !starting.has(subcommand)) return undefined;
  const { args, options } = readOptions(line.rest.slice(1), up);
  const files = composeFiles(command, line.options, following);
  if (!files) return undefined;
  const asked = { names: args.flatMap((word) => literal(word) ?? []), profiles: valuesOf(line.options, "--profile") };
  const workspace = { read: following.read, referrers: () => [] };
  const started = following.composeUp(files, workspace, asked);
  return subcommand === "up" && !isDetached(options) ? started : started.map((each) => ({ ...each, background: true }));
};

/** The options before the subcommand, and what begins with that. */
function composeLine(
  words: readonly Word[],
  program: string,
): { options: OptionUse[]; rest: readonly Word[] } | undefined {
  const first = readOptions(words, globals);
  const rest = words.slice(first.taken);
  if (program.endsWith("-compose")) return { options: [...first.options], rest };
  if (literal(rest[0]) !== "compose") return undefined;
  const second = readOptions(rest.slice(1), globals);
  return { options: [...second.options], rest: rest.slice(1 + second.taken) };
}

function isDetached(options: readonly OptionUse[]): boolean {
  return options.some(({ name }) => name === "-d" || name === "--detach" || name === "--wait");
}

/** Those of `-f`, else those of COMPOSE_FILE, else those of the usual names. Source: compose-go cli/options.go. */
function composeFiles(
  command: Invocation,
  options: readonly OptionUse[],
  { read }: Following,
): ComposeFiles | undefined {
  const named = namedFiles(command, options);
  if (named.length > 0) {
    const [first, ...more] = named.flatMap((name) => firstFile(command, [name], read) ?? []);
    return first && [first, ...more];
  }
  const from = lastValue(options, "--project-directory") ?? ".";
  const folders = Array.from({ length: mostFolders }, (_, up) => `${from}/${"../".repeat(up)}`);
  for (const folder of folders) {
    const oneOf = (names: readonly string[]) =>
      firstFile(
        command,
        names.map((name) => folder + name),
        read,
      );
    const found = oneOf(usualNames);
    const override = found && oneOf(overrideNames);
    if (found) return override ? [found, override] : [found];
  }
  return undefined;
}

function namedFiles({ env }: Invocation, options: readonly OptionUse[]): string[] {
  const named = options.filter(({ name }) => name === "-f" || name === "--file");
  if (named.length > 0) return named.flatMap(({ value }) => literal(value) ?? []);
  const separator = literal(env.get("COMPOSE_PATH_SEPARATOR")?.value) ?? ":";
  return literal(env.get("COMPOSE_FILE")?.value)?.split(separator) ?? [];
}

function valuesOf(options: readonly OptionUse[], name: string): string[] {
  return options.filter((option) => option.name === name).flatMap(({ value }) => literal(value) ?? []);
}
