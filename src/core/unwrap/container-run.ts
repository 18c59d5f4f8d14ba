import type { Env, Fact, Invocation, Publish, Runs, StartedContainer, Variable } from "../invocation.ts";
import { type CommandLine, lastValue, type OptionUse, readOptions } from "../options.ts";
import { publishes } from "../ports.ts";
import { containerInvocation } from "../sources/container.ts";
import { userFact } from "../user.ts";
import { literal, sliceWord, spelled, type Word } from "../word.ts";
import { composeRun, exec, globals, run } from "./container-options.ts";

/** The programs that this file understands. */
export const containerPrograms: ReadonlySet<string> = new Set([
  "docker",
  "podman",
  "nerdctl",
  "docker-compose",
  "podman-compose",
  // NVIDIA's old wrapper takes docker's own arguments.
  "nvidia-docker",
]);

/** The command that `docker run` and its kin start in a container, or `undefined` where they start none. */
export function containerRun(outer: Invocation, program: string): Invocation | undefined {
  const inner = inside(outer, program);
  if (!inner) return undefined;
  // `docker exec -i lab bash <<EOF`: what is typed goes to the program inside.
  const { stdin, background } = outer;
  return { ...inner, ...(stdin && { stdin }), ...(background && { background }) };
}

function inside(outer: Invocation, program: string): Invocation | undefined {
  let words = afterGlobals(outer.words.slice(1));
  const compose = program.endsWith("-compose") || spelledFirst(words) === "compose";
  if (compose && !program.endsWith("-compose")) words = afterGlobals(words.slice(1));
  if (spelledFirst(words) === "container") words = words.slice(1);
  const subcommand = spelledFirst(words);
  if (subcommand === "exec") return inContainer(outer, readOptions(words.slice(1), exec), words.slice(1), "unknown");
  if (subcommand !== "run" && subcommand !== "create") return undefined;
  const rest = words.slice(1);
  if (compose) return composed(outer, readOptions(rest, composeRun), rest);
  return started(outer, readOptions(rest, run), rest, program);
}

function afterGlobals(words: readonly Word[]): readonly Word[] {
  return words.slice(readOptions(words, globals).taken);
}

function spelledFirst(words: readonly Word[]): string | undefined {
  return literal(words[0]);
}

/** `docker run OPTIONS IMAGE COMMAND…`. */
function started(
  outer: Invocation,
  line: CommandLine,
  words: readonly Word[],
  program: string,
): Invocation | undefined {
  const [image, ...command] = words.slice(line.taken);
  if (!image) return undefined;
  const entrypoint = line.options.findLast((option) => option.name === "--entrypoint")?.value;
  const network = line.options.findLast((option) => option.name === "--network" || option.name === "--net");
  const privileged = switchWord(line.options, "--privileged");
  const user = userOf(line.options);
  const inner = containerInvocation({
    image,
    ...(entrypoint && { entrypoint: literal(entrypoint) === "" ? [] : [entrypoint] }),
    ...(command.length > 0 && { command }),
    env: environment(line.options),
    ...(user && { user }),
    runs: {
      on: "container",
      ...(network?.value && literal(network.value) === "host" && { hostNetwork: joined(network, network.value) }),
      publishes: published(line.options, program === "podman"),
      container: startedContainer(line.options, program),
      ...(privileged && { privileged }),
      ...(outer.runs.ssh && { ssh: outer.runs.ssh }),
    },
    at: outer.at,
    because: outer.because,
  });
  return isDetached(line.options) ? { ...inner, background: true } : inner;
}

/** `docker compose run OPTIONS SERVICE COMMAND…`: nothing is published unless asked for. */
function composed(outer: Invocation, line: CommandLine, words: readonly Word[]): Invocation | undefined {
  const service = line.options.some(({ name }) => name === "-P" || name === "--service-ports");
  return inContainer(outer, line, words, service ? "unknown" : published(line.options, false));
}

/** `docker exec CONTAINER COMMAND…`. */
function inContainer(
  outer: Invocation,
  line: CommandLine,
  words: readonly Word[],
  passed: Runs["publishes"],
): Invocation | undefined {
  const command = words.slice(line.taken + 1);
  if (command.length === 0) return undefined;
  const user = userOf(line.options);
  return containerInvocation({
    entrypoint: [],
    command,
    env: environment(line.options),
    ...(user && { user }),
    runs: { on: "container", publishes: passed },
    at: outer.at,
    because: outer.because,
  });
}

function published(options: readonly OptionUse[], podman: boolean): Publish[] {
  return options.flatMap((option) => {
    if ((option.name === "-p" || option.name === "--publish") && option.value) return publishes(option.value, podman);
    const word = option.words[0];
    if ((option.name === "-P" || option.name === "--publish-all") && word && !option.value) return [everything(word)];
    return [];
  });
}

/** `-P` publishes every exposed port on every interface; only naming the ports one by one changes that. */
function everything(word: Word): Publish {
  return {
    word,
    address: "all",
    host: undefined,
    container: undefined,
    protocol: "tcp",
    every: true,
    loopback: () => undefined,
  };
}

function environment(options: readonly OptionUse[]): Env {
  const variables = options.flatMap((option): [string, Variable][] => {
    if ((option.name !== "-e" && option.name !== "--env") || !option.value) return [];
    const text = spelled(option.value);
    const equals = text.indexOf("=");
    if (equals < 0) return [];
    const name = text.slice(0, equals);
    const value = sliceWord(option.value, equals + 1);
    const remove = () => removed(option);
    return [[name, { name, value: { ...value, edit: { ...value.edit, remove } }, at: option.value.at }]];
  });
  return new Map(variables);
}

/** Edits that take out an option with its value. */
function removed(option: OptionUse) {
  const edits = option.words.map((word) => word.edit.remove());
  return edits.every((edit) => edit !== undefined) ? edits.flat() : undefined;
}

/** The value of an option, which is removed with the option's name. */
function joined(option: OptionUse, value: Word): Word {
  return { ...value, edit: { ...value.edit, remove: () => removed(option) } };
}

function switchWord(options: readonly OptionUse[], name: string): Word | undefined {
  const option = options.findLast((candidate) => candidate.name === name);
  if (!option || lastValue([option], name) === "false") return undefined;
  return option.words[0];
}

function startedContainer(options: readonly OptionUse[], program: string): StartedContainer {
  const name = options.findLast((option) => option.name === "--name")?.value;
  return { program, ...(name && { name }), isRemoved: switchWord(options, "--rm") !== undefined };
}

function isDetached(options: readonly OptionUse[]): boolean {
  return switchWord(options, "-d") !== undefined || switchWord(options, "--detach") !== undefined;
}

function userOf(options: readonly OptionUse[]): Fact<"root" | "other"> | undefined {
  const option = options.findLast(({ name }) => name === "-u" || name === "--user");
  if (!option?.value) return undefined;
  return userFact(joined(option, option.value));
}
