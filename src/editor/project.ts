import * as vscode from "vscode";
import { configName } from "../core/config.ts";
import type { Finding } from "../core/finding.ts";
import type { Workspace } from "../core/sources/source.ts";
import { type Place, positions } from "../core/text.ts";
import { fileLinks } from "../project/links.ts";
import { type Configuration, configuration } from "./configuration.ts";
import type { Engine } from "./engine.ts";
import { type Files, folderFiles } from "./files.ts";
import { gitIgnored } from "./git-ignored.ts";

/** A folder as the engine sees it: its files, what leads where, its configuration, and what there is to say of each file. */
export type Project = {
  readonly root: vscode.Uri;
  readonly files: Files;
  configuration(): Configuration;
  /** All there is to say about a file as it is now; nothing of files that git ignores or the configuration excludes. */
  findings(path: string): readonly Finding[];
  isLeftOut(path: string): boolean;
  range(place: Place): vscode.Range;
  /** What the engine reads; with `changed` as the texts of some files. */
  workspace(changed?: ReadonlyMap<string, string>): Workspace;
  /** Takes note that files have another text, are new or are gone; answers whose findings may differ by that. */
  changed(paths: Iterable<string>): Set<string>;
  /** Forgets what was worked out. */
  reset(): void;
};

/** Findings, and every text they were worked out from. */
type Check = { readonly findings: readonly Finding[]; readonly texts: ReadonlyMap<string, string | undefined> };

export function openProject(root: vscode.Uri, engine: Engine, onLoaded: (paths: readonly string[]) => void): Project {
  const files = folderFiles(root, onLoaded);
  const links = fileLinks([], files.read, engine.linksOf);
  const isGitIgnored = gitIgnored(files.read);
  let settings = configuration(engine, files.read);
  const checks = new Map<string, Check>();
  const positionsOf = remembered(positions);

  function isLeftOut(path: string): boolean {
    return settings().excludes(path) || isGitIgnored(path);
  }

  function workspace(changed: ReadonlyMap<string, string> = new Map()): Workspace {
    return { read: (path) => changed.get(path) ?? files.read(path), referrers: links.referrers };
  }

  function check(path: string): Check {
    const texts = new Map<string, string | undefined>();
    if (isLeftOut(path)) return { findings: [], texts };
    const read = (asked: string) => {
      if (!texts.has(asked)) texts.set(asked, files.read(asked));
      return texts.get(asked);
    };
    const findings = engine.lint(path, { read, referrers: links.referrers }, settings().config);
    return { findings, texts };
  }

  function isFresh({ texts }: Check): boolean {
    return Array.from(texts).every(([path, text]) => files.read(path) === text);
  }

  /** The files that were judged by one of `paths`, or by a link that leads from there now. */
  function affectedBy(paths: readonly string[]): string[] {
    const touched = paths.flatMap((path) => [path, ...engine.linksOf(path, { ...workspace(), referrers: () => [] })]);
    const judged = Array.from(checks).filter(([, { texts }]) => touched.some((path) => texts.has(path)));
    return [...touched, ...judged.map(([path]) => path)];
  }

  return {
    root,
    files,
    configuration: () => settings(),
    isLeftOut,
    workspace,
    findings(path) {
      const known = checks.get(path);
      const current = known && isFresh(known) ? known : check(path);
      checks.set(path, current);
      return current.findings;
    },
    range({ path, start, end }) {
      const position = positionsOf(files.read(path) ?? "");
      return rangeBetween(position(start), position(end));
    },
    changed(paths) {
      const changes = [...paths];
      const all = changes.length > mostFollowed || changes.some(decidesForAll);
      const affected = all ? [...changes, ...checks.keys()] : affectedBy(changes);
      for (const path of changes) {
        const text = files.read(path);
        if (text !== undefined && engine.isReadable(path, text)) links.update(path);
        else links.forget(path);
      }
      for (const path of affected) checks.delete(path);
      return new Set(affected);
    },
    reset() {
      settings = configuration(engine, files.read);
      checks.clear();
    },
  };
}

/** To follow the links of more changes than this costs more than to look at everything again. */
const mostFollowed = 20;

function decidesForAll(path: string): boolean {
  return path === configName || path.endsWith(".gitignore");
}

function rangeBetween(start: { line: number; column: number }, end: { line: number; column: number }): vscode.Range {
  return new vscode.Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1);
}

/** Remembers the last few answers; a file's findings ask for the same texts again and again. */
function remembered<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const answer = known.get(text) ?? work(text);
    if (!known.has(text)) {
      if (known.size >= 8) known.clear();
      known.set(text, answer);
    }
    return answer;
  };
}
