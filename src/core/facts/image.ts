import type { Invocation } from "../invocation.ts";
import type { ImageTable, Tool } from "../tools/tool.ts";
import { literal, noSlot, spelled, type Word } from "../word.ts";

/**
 * The invocation with the words that its image adds: the entrypoint before the command, and the command where nobody
 * gave one. Nobody wrote these words, so what they say is a default.
 */
export function withImageCommand(invocation: Invocation, tools: readonly Tool[]): Invocation {
  if (!invocation.image || !(invocation.usesImageEntrypoint || invocation.usesImageCommand)) return invocation;
  const { image, usesImageEntrypoint, usesImageCommand, ...rest } = invocation;
  const known = knownImage(image, tools) ?? assumedImage(image, invocation, tools);
  if (!known) return { ...rest, image };
  const { table, byImage } = known;
  const words = [
    ...(usesImageEntrypoint ? implied(table.entrypoint, image) : []),
    ...(usesImageCommand ? implied(table.command, image) : invocation.words),
  ];
  const variables = Object.entries(table.variables ?? {}).map(([name, text]) => {
    return [name, { name, value: impliedWord(text, image), at: image.at }] as const;
  });
  return {
    ...rest,
    image,
    words,
    env: new Map([...variables, ...invocation.env]),
    user: invocation.user.value === "unknown" && table.user ? { value: table.user, via: [] } : invocation.user,
    knownImage: table,
    ...(byImage && { byImage }),
  };
}

type KnownImage = { readonly table: ImageTable; readonly byImage?: true };

/** The table of an image by its full name. */
function knownImage(image: Word, tools: readonly Tool[]): KnownImage | undefined {
  const { repository, tag } = parseReference(spelled(image));
  const found = imagesOf(tools).find(({ name, tags }) => name.test(repository) && tags.test(tag));
  return found && { table: found.table };
}

/** A table with its patterns, made once for a list of tools because every container asks for them. */
type ImagePattern = { readonly table: ImageTable; readonly name: RegExp; readonly tags: RegExp };
const patterns = new WeakMap<readonly Tool[], readonly ImagePattern[]>();

function imagesOf(tools: readonly Tool[]): readonly ImagePattern[] {
  const made = patterns.get(tools) ?? tools.flatMap(({ images }) => images.map(imagePattern));
  patterns.set(tools, made);
  return made;
}

/** The table's name is the repository's, with any registry in front of it. */
function imagePattern(table: ImageTable): ImagePattern {
  const name = new RegExp(`^(?:[^/]+/)?${glob(table.name)}$`);
  return { table, name, tags: new RegExp(table.tag === undefined ? "" : `^${glob(table.tag)}$`) };
}

/** Programs around a tool, whose images carry its name but are not it. */
const around =
  /^(exporter|client|proxy|router|sidecar|init|test|tests|docs|operator|controller|ui|hub|cli|sdk|helper|builder|agent|initializer)$/;

/**
 * An image named after a tool (`opea/vllm-gaudi:1.2`) is taken to start it the way the tool's own image does, unless
 * what follows is a command by itself.
 */
function assumedImage(image: Word, invocation: Invocation, tools: readonly Tool[]): KnownImage | undefined {
  if (literal(image) === undefined) return undefined;
  const name = parseReference(spelled(image)).repository;
  const parts = name.slice(name.lastIndexOf("/") + 1).split(/[-_.]/);
  if (parts.some((part) => around.test(part))) return undefined;
  const tool = tools.find((candidate) => candidate.images.length > 0 && parts.includes(candidate.id));
  const own = tool?.images[0];
  if (!tool || !own) return undefined;
  const first = invocation.words[0];
  const isCommand = first !== undefined && !spelled(first).startsWith("-");
  if (isCommand) return undefined;
  const start = own.entrypoint.length > 0 ? own.entrypoint : (tool.commands[0]?.split(" ") ?? []);
  return {
    table: { name: own.name, entrypoint: start, command: own.command, bind: "all", reference: own.reference },
    byImage: true,
  };
}

type Reference = { readonly repository: string; readonly tag: string };

/** `registry:5000/team/vllm:1.2@sha256:…` without its digest, split at the tag. */
function parseReference(reference: string): Reference {
  const named = reference.split("@")[0] ?? "";
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  if (colon < 0) return { repository: named, tag: "" };
  return { repository: named.slice(0, colon), tag: named.slice(colon + 1) };
}

function glob(pattern: string): string {
  return pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*");
}

function implied(texts: readonly string[], image: Word): Word[] {
  return texts.map((text) => impliedWord(text, image));
}

function impliedWord(text: string, image: Word): Word {
  return { pieces: [{ text, at: image.at }], at: image.at, edit: noSlot, implied: true };
}
