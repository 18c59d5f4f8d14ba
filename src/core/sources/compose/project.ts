import { folderOf, pathFrom } from "../../paths.ts";
import { literal, through, type Word } from "../../word.ts";
import { readEnvFile } from "../env-file/read.ts";
import type { Workspace } from "../source.ts";
import type { Yaml, YamlMap, YamlPair } from "../yaml/node.ts";
import { interpolate, type Lookup } from "./interpolate.ts";

/** A compose file, or several that are merged, with what belongs to it. */
export type Project = {
  readonly workspace: Workspace;
  /** The folder that its paths start from. */
  readonly folder: string;
  readonly services: readonly Service[];
  /** The variables of the `.env` file beside it. */
  readonly lookup: Lookup;
};

/** A service: what it says itself, in the last place first, then the services that it extends, nearest first. */
export type Service = { readonly name: string; readonly pair: YamlPair; readonly layers: readonly YamlMap[] };

/** The project of the compose file `path`; of several documents, in whatever file, the later ones win. */
export function readProject(path: string, documents: readonly Yaml[], workspace: Workspace): Project {
  const folder = folderOf(path);
  return { workspace, folder, services: readServices(documents), lookup: readDotEnv(folder, workspace) };
}

/** The `.env` file that compose reads for a file in this folder. */
export function dotEnvOf(folder: string): string {
  return pathFrom(folder, ".env") ?? ".env";
}

/** What a service says about `key`, its own word before those it extends. `!reset` is no word at all. */
export function field({ layers }: Service, key: string): Yaml | undefined {
  for (const layer of layers) {
    const value = layer.get(key);
    if (value?.tag === "!reset") return undefined;
    if (value && value.kind !== "null") return value;
  }
  return undefined;
}

/** All that is said about `key` where compose adds it up, the extended first, from the last `!override` or `!reset` on. */
export function fields({ layers }: Service, key: string): Yaml[] {
  const values = layers.flatMap((layer) => layer.get(key) ?? []);
  const last = values.findIndex(({ tag }) => tag === "!override" || tag === "!reset");
  const counting = last < 0 ? values : values.slice(0, last + 1);
  return counting.filter(({ tag }) => tag !== "!reset").reverse();
}

/** A scalar's text with its variables filled in, at its definition when it came through an alias. */
export function wordOf(value: Yaml | undefined, lookup: Lookup): Word | undefined {
  if (value?.kind !== "scalar") return undefined;
  const word = interpolate(value.word(), lookup);
  if (value.via.length === 0) return word;
  return { ...word, pieces: word.pieces.map((piece) => through(piece, value.via)) };
}

/** A scalar's text if all of it is known. */
export function textOf(value: Yaml | undefined, { lookup }: Pick<Project, "lookup">): string | undefined {
  return literal(wordOf(value, lookup));
}

function readDotEnv(folder: string, workspace: Workspace): Lookup {
  const path = dotEnvOf(folder);
  const text = workspace.read(path);
  if (text === undefined) return () => undefined;
  const { assignments } = readEnvFile({ path, text });
  return (name) => assignments.findLast((assignment) => assignment.name === name)?.variable?.value.pieces;
}

/** Each service stands where it is named first. Source: docs.docker.com, compose/how-tos/multiple-compose-files/merge. */
function readServices(documents: readonly Yaml[]): Service[] {
  const byName = new Map<string, YamlPair[]>();
  for (const document of documents) {
    const services = document.kind === "map" ? document.get("services") : undefined;
    for (const pair of services?.kind === "map" ? services.pairs() : [])
      byName.set(pair.key, [pair, ...(byName.get(pair.key) ?? [])]);
  }
  return [...byName].flatMap(([name, said]) => {
    const pair = said.at(-1);
    return pair ? [{ name, pair, layers: layersOf(name, byName, new Set()) }] : [];
  });
}

function layersOf(name: string, byName: ReadonlyMap<string, readonly YamlPair[]>, seen: Set<string>): YamlMap[] {
  if (seen.has(name)) return [];
  seen.add(name);
  const own = (byName.get(name) ?? []).flatMap(({ value }) => (value.kind === "map" ? [value] : []));
  const bases = own.flatMap((layer) => baseOf(layer.get("extends")) ?? []);
  return [...own, ...bases.flatMap((base) => layersOf(base, byName, seen))];
}

/** The service that `extends` names in this file; one of another file is not followed. */
function baseOf(value: Yaml | undefined): string | undefined {
  if (value?.kind === "map") return value.get("file") ? undefined : baseOf(value.get("service"));
  return value?.kind === "scalar" ? literal(value.word()) : undefined;
}
