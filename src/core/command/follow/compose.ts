import { type Grammar, type OptionUse, readOptions } from "../../options.ts";
import { globals } from "../../unwrap/container-options.ts";
import { literal, type Word } from "../../word.ts";
import { composeProject } from "./compose-project.ts";
import type { Follow } from "./following.ts";

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

/** The subcommands that start services; all but the first leave them running. */
const starting: ReadonlySet<string> = new Set(["up", "start", "restart"]);

/** `docker compose up`: the services of the compose files that it names, or of those that stand here. */
export const composeStart: Follow = (command, following, program) => {
  const line = composeLine(command.words.slice(1), program);
  const subcommand = literal(line?.rest[0]);
  if (!line || subcommand === undefined || !starting.has(subcommand)) return undefined;
  const { args, options } = readOptions(line.rest.slice(1), up);
  const project = composeProject(command, line.options, following.read);
  if (!project) return undefined;
  const workspace = { read: following.read, referrers: () => [] };
  const names = args.flatMap((word) => literal(word) ?? []);
  const started = following.composeUp(project.files, workspace, { names, profiles: project.profiles });
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
