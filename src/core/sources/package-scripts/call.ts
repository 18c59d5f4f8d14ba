import { literal, spelled, type Word } from "../../word.ts";

/** A script that a package manager is told to run. */
export type ScriptCall = {
  readonly name: string;
  /** What is put behind the script's own words. */
  readonly args: readonly Word[];
  /** Told to run it in another folder or in other packages. */
  readonly elsewhere: boolean;
};

/**
 * The script that the words of a command run: `npm run x`, `pnpm x`, `yarn x`, `bun run x`. Only the package can tell
 * whether it has a script of that name. Sources: docs.npmjs.com/cli/commands/npm-run, pnpm.io/cli/run,
 * classic.yarnpkg.com/docs/cli/run, bun.com/docs/cli/run.
 */
export function scriptCall([first, ...rest]: readonly Word[]): ScriptCall | undefined {
  const program = literal(first)?.replace(/^.*\//, "") ?? "";
  if (!packageManagers.has(program)) return undefined;
  const before = withoutOptions(rest);
  const [command] = before.words;
  const text = literal(command);
  if (!command || text === undefined) return undefined;
  const isRun = program === "npm" ? npmRuns.has(text) : text === "run" || (program === "pnpm" && text === "run-script");
  if (!isRun) {
    const name = program === "npm" ? npmNames[text] : text;
    return name === undefined ? undefined : called(name, before.words.slice(1), program, before.elsewhere);
  }
  const behind = withoutOptions(before.words.slice(1));
  const name = literal(behind.words[0]);
  if (name === undefined) return undefined;
  return called(name, behind.words.slice(1), program, before.elsewhere || behind.elsewhere);
}

export const packageManagers: ReadonlySet<string> = new Set(["npm", "pnpm", "yarn", "bun"]);
const npmRuns: ReadonlySet<string> = new Set(["run", "run-script", "rum", "urn"]);
const npmNames: Readonly<Record<string, string>> = {
  start: "start",
  stop: "stop",
  restart: "restart",
  test: "test",
  tst: "test",
  t: "test",
};

function called(name: string, words: readonly Word[], program: string, elsewhere: boolean): ScriptCall {
  // npm keeps the options that stand before `--` for itself, and passes the rest on; the others pass on everything.
  if (program !== "npm") return { name, args: words, elsewhere };
  const dashes = words.findIndex((word) => spelled(word) === "--");
  const own = dashes < 0 ? words : words.slice(0, dashes);
  const operands: Word[] = [];
  let isElsewhere = elsewhere;
  for (let rest = withoutOptions(own); ; rest = withoutOptions(rest.words.slice(1))) {
    isElsewhere ||= rest.elsewhere;
    const [operand] = rest.words;
    if (!operand) break;
    operands.push(operand);
  }
  return { name, args: [...operands, ...(dashes < 0 ? [] : words.slice(dashes + 1))], elsewhere: isElsewhere };
}

/** The words behind the options that a package manager is given first. */
function withoutOptions(words: readonly Word[]): { readonly words: readonly Word[]; readonly elsewhere: boolean } {
  let elsewhere = false;
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at];
    const text = word ? spelled(word) : "";
    if (!text.startsWith("-") || text === "--") break;
    const [, option = ""] = /^--?([\w-]+)/.exec(text) ?? [];
    elsewhere ||= elsewhereOptions.has(option);
    if (withValue.has(option) && !text.includes("=")) at++;
  }
  return { words: words.slice(at), elsewhere };
}

const elsewhereOptions: ReadonlySet<string> = new Set([
  "C",
  "prefix",
  "dir",
  "cwd",
  "w",
  "workspace",
  "ws",
  "workspaces",
  "F",
  "filter",
  "r",
  "recursive",
]);
/** As a rule an option stands alone; these take the next word. */
const withValue: ReadonlySet<string> = new Set([
  "C",
  "prefix",
  "dir",
  "cwd",
  "w",
  "workspace",
  "F",
  "filter",
  "loglevel",
  "script-shell",
  "userconfig",
  "cache",
]);
