import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, builtImage } from "../../../../src/core/sources/dockerfile/image.ts";
import type { Workspace } from "../../../../src/core/sources/source.ts";
import type { Place } from "../../../../src/core/text.ts";
import { isKnown, type Word } from "../../../../src/core/word.ts";

const folder = join(process.cwd(), "test", "fixtures", "dockerfile");

/** The whole Dockerfiles of the fixtures. */
export const fixtures: readonly { name: string; text: string }[] = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), "utf8"),
}));

export function fixture(name: string): string {
  return fixtures.find((candidate) => candidate.name === name)?.text ?? "";
}

/** A workspace of texts by path. */
export function workspaceOf(files: Record<string, string>): Workspace {
  return { read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined), referrers: () => [] };
}

export function imageOf(text: string, options: BuildOptions = {}) {
  return builtImage("Dockerfile", options, workspaceOf({ Dockerfile: text }));
}

/** The word as a reader sees it: `{…}` for what is unknown. */
export function shown(word: Word | undefined): string | undefined {
  return word?.pieces.map((piece) => (isKnown(piece) ? piece.text : `{${piece.unknown}}`)).join("");
}

/** What stands at a place. */
export function cut(text: string, place: Place | undefined): string | undefined {
  return place && text.slice(place.start, place.end);
}
