import type { Invocation } from "../../invocation.ts";
import { type Grammar, lastValue, type OptionUse, readOptions } from "../../options.ts";
import type { SourceFile } from "../../sources/source.ts";
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
const mostFolders = 4;

/** The subcommands that start services; all but the first leave them running. */
const starting: ReadonlySet<string> = new Set(["up", "start", "restart"]);

/** `docker compose up`: the services of the compose files that it names, or of the one that stands here. */
export const composeStart: Follow = (command, following, program) => {
  const line = composeLine(command.words.slice(1), program);
  const subcommand = literal(line?.rest[0]);
  if (!line || subcommand === undefined || !starting.has(subcommand)) return undefined;
  const { args, options } = readOptions(line.rest.slice(1), up);
  const files = composeFiles(command, line.options, following);
  if (files.length === 0) return undefined;
  const asked = { names: args.flatMap((word) => literal(word) ?? []), profiles: valuesOf(line.options, "--profile") };
  const workspace = { read: following.read, referrers: () => [] };
  const started = files.flatMap((file) => following.composeUp(file, workspace, asked));
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

function composeFiles(command: Invocation, options: readonly OptionUse[], { read }: Following): SourceFile[] {
  const named = [...valuesOf(options, "-f"), ...valuesOf(options, "--file")];
  if (named.length > 0) return named.flatMap((name) => firstFile(command, [name], read) ?? []);
  const from = lastValue(options, "--project-directory") ?? ".";
  const folders = Array.from({ length: mostFolders }, (_, up) => `${from}/${"../".repeat(up)}`);
  for (const folder of folders) {
    const found = firstFile(
      command,
      usualNames.map((name) => folder + name),
      read,
    );
    if (found) return [found];
  }
  return [];
}

function valuesOf(options: readonly OptionUse[], name: string): string[] {
  return options.filter((option) => option.name === name).flatMap(({ value }) => literal(value) ?? []);
}
