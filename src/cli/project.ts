import type { Config } from "../core/config.ts";
import type { Finding } from "../core/finding.ts";
import type { Workspace } from "../core/sources/source.ts";
import { fileLinks, type Links } from "../project/links.ts";
import type { Engine } from "./world.ts";

/** The given files and what stands around them, as the engine sees them. All paths are relative to the root. */
export type Project = {
  isGiven(path: string): boolean;
  text(path: string): string | undefined;
  /** Gives a file another text, here and not on the disk. */
  change(path: string, text: string): void;
  /** All there is to say about the given files, by path and place. */
  findings(): Finding[];
};

export type Surroundings = {
  /** The text of a file that was not given. */
  read(path: string): string | undefined;
  /** The files besides the given ones that may lead to one of them. */
  others(): readonly string[];
};

export function openProject(
  given: ReadonlyMap<string, string>,
  { read, others }: Surroundings,
  engine: Engine,
  config: Config,
): Project {
  const texts = new Map<string, string | undefined>(given);
  const order = [...given.keys()].toSorted(byCodeUnit);
  let links: Links | undefined;

  function text(path: string): string | undefined {
    if (!texts.has(path)) texts.set(path, read(path));
    return texts.get(path);
  }

  const workspace: Workspace = {
    read: text,
    referrers(path) {
      // Made when first asked for: many files lead nowhere and nobody asks.
      links ??= fileLinks(new Set([...given.keys(), ...others()]), text, engine.linksOf);
      return links.referrers(path);
    },
  };

  return {
    isGiven: (path) => given.has(path),
    text,
    change(path, changed) {
      texts.set(path, changed);
      links?.update(path);
    },
    findings: () => order.flatMap((path) => engine.lint(path, workspace, config).toSorted(byPlace)),
  };
}

function byPlace(a: Finding, b: Finding): number {
  return a.at.start - b.at.start || a.at.end - b.at.end || byCodeUnit(a.rule, b.rule);
}

/** The same order in every language and on every machine. */
function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
