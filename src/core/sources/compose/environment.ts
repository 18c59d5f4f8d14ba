import type { Env, Variable } from "../../invocation.ts";
import { pathFrom } from "../../paths.ts";
import { noSlot, sliceWord, spelled, through, UNKNOWN, type Word } from "../../word.ts";
import { readEnvFile } from "../env-file/read.ts";
import type { Yaml } from "../yaml/node.ts";
import type { Lookup } from "./interpolate.ts";
import { fields, type Project, type Service, textOf, wordOf } from "./project.ts";

/**
 * The environment of a service: its `env_file`s, of which later ones win, and its `environment`, which wins even where
 * it is empty.
 */
export function serviceEnvironment(service: Service, project: Project): Env {
  const variables = [
    ...envFilesOf(service, project).flatMap((file) => fromEnvFile(file, project)),
    ...fields(service, "environment").flatMap((value) => fromEnvironment(value, project)),
  ];
  return new Map(variables.map((variable) => [variable.name, variable]));
}

/** An entry of `env_file`: the word that names it, and its path in the workspace. */
type EnvFileUse = { readonly word: Word; readonly path: string; readonly isRaw: boolean };

export function envFilesOf(service: Service, project: Project): EnvFileUse[] {
  return fields(service, "env_file")
    .flatMap((value): readonly Yaml[] => (value.kind === "list" ? value.items() : [value]))
    .flatMap((value) => {
      const word = wordOf(value.kind === "map" ? value.get("path") : value, project.lookup);
      const path = word && pathFrom(project.folder, spelled(word));
      const isRaw = value.kind === "map" && textOf(value.get("format"), project) === "raw";
      return word && path !== undefined ? [{ word, path, isRaw }] : [];
    });
}

function fromEnvFile({ word, path, isRaw }: EnvFileUse, { workspace, lookup }: Project): Variable[] {
  const text = workspace.read(path);
  if (text === undefined) return [];
  const { assignments } = readEnvFile({ path, text }, isRaw ? "docker" : "compose", lookup);
  return assignments.map(({ name, at, variable }) => {
    if (!variable) return copied(name, { pieces: [], at, edit: noSlot }, lookup);
    const pieces = variable.value.pieces.map((piece) => through(piece, [word.at]));
    return { ...variable, value: { ...variable.value, pieces } };
  });
}

function fromEnvironment(value: Yaml, { lookup }: Project): Variable[] {
  if (value.kind === "list") return value.items().flatMap((item) => fromItem(wordOf(item, lookup), lookup));
  if (value.kind !== "map") return [];
  return value.pairs().flatMap(({ key: name, at, value: given, remove }): Variable[] => {
    const word = wordOf(given, lookup);
    if (word) return [{ name, value: word, at }];
    return given.kind === "null" ? [copied(name, { pieces: [], at, edit: { ...noSlot, remove } }, lookup)] : [];
  });
}

/** `NAME=value`, or `NAME` alone. */
function fromItem(word: Word | undefined, lookup: Lookup): Variable[] {
  if (!word) return [];
  const [name = ""] = spelled(word).split("=", 1);
  if (name === "" || name.includes(UNKNOWN)) return [];
  if (name === spelled(word)) return [copied(name, word, lookup)];
  return [{ name, value: sliceWord(word, name.length + 1), at: word.at }];
}

/** A variable without a value has the one that it has for compose itself. */
function copied(name: string, word: Word, lookup: Lookup): Variable {
  const pieces = lookup(name)?.map((piece) => through(piece, [word.at])) ?? [{ unknown: name, at: word.at }];
  return { name, value: { ...word, pieces }, at: word.at };
}
