import { literal, type Word } from "../../word.ts";
import { applyInstruction, declareArguments } from "./effects.ts";
import type { Dockerfile, Instruction } from "./instructions.ts";
import { type ArgumentsDraft, type Draft, type Stage, scopeOf } from "./stage.ts";
import { resolve } from "./variables.ts";
import { splitWords, valueWord } from "./words.ts";

// Each stage copies what it inherits; nobody writes that many.
const maxStages = 200;

/** The stages of a Dockerfile, in order. `outside` are build arguments that are given when it is built. */
export function readStages(file: Dockerfile, outside: ReadonlyMap<string, string> = new Map()): Stage[] {
  const stages: Draft[] = [];
  const globals: ArgumentsDraft = {
    file,
    env: new Map(),
    args: new Map(),
    givenArgs: { outside, global: new Map() },
  };
  for (const instruction of file.instructions) {
    const current = stages.at(-1);
    if (instruction.keyword === "FROM") {
      if (stages.length === maxStages) break;
      stages.push(startStage(globals, instruction, stages));
    } else if (current) applyInstruction(current, instruction);
    else if (instruction.keyword === "ARG") declareArguments(globals, instruction);
  }
  return stages;
}

/** The FROM behind which nothing is read any more. */
export function unreadStage(file: Dockerfile): Instruction | undefined {
  return file.instructions.filter(({ keyword }) => keyword === "FROM")[maxStages];
}

/** The stage that a target or `--from` means: by its name, else by its number. */
export function findStage<T extends Stage>(stages: readonly T[], name: string): T | undefined {
  return findNamed(stages, name) ?? (/^\d+$/.test(name) ? stages[Number(name)] : undefined);
}

function findNamed<T extends Stage>(stages: readonly T[], name: string): T | undefined {
  return stages.findLast((stage) => stage.name === name.toLowerCase());
}

function startStage(globals: ArgumentsDraft, from: Instruction, stages: readonly Draft[]): Draft {
  const { file } = globals;
  const earlier = [...stages];
  const [range, as, name] = splitWords(file, from.body);
  const image = range && valueWord(file, range, resolve(file, range, scopeOf(globals)));
  const parent = findNamed(earlier, literal(image) ?? "");
  return {
    file,
    from,
    name: as && name ? file.text.slice(name.start, name.end).toLowerCase() : undefined,
    parent,
    base: parent ? parent.base : externalImage(image),
    env: new Map(parent?.env),
    // Arguments of a stage hold for the stages that are made from it, as its variables do.
    args: new Map(parent?.args),
    givenArgs: { outside: globals.givenArgs.outside, global: globals.args },
    shell: parent?.shell,
    workdir: parent?.workdir ?? "/",
    copies: [],
    user: parent?.user,
    entrypoint: parent?.entrypoint,
    command: parent?.command,
    hasOwnCommand: false,
    start: undefined,
    stageNamed: (wanted) => findStage(earlier, wanted),
  };
}

function externalImage(image: Word | undefined): Word | undefined {
  return literal(image) === "scratch" ? undefined : image;
}
