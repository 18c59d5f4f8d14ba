import type { Workspace } from "../core/sources/source.ts";

/** Which files of a project lead to which; a host tells it what changes. */
export type Links = {
  /** The files that lead to this one: a compose file for its Dockerfile, a Dockerfile for a script. */
  referrers(path: string): readonly string[];
  /** There is a new file, or a file has another text. */
  update(path: string): void;
  forget(path: string): void;
};

/** What a file leads to, and the texts that this was worked out from: its own and those of the files it asked for. */
type Outgoing = { readonly links: readonly string[]; readonly texts: ReadonlyMap<string, string | undefined> };

/**
 * The links between `paths`. Each file is looked at when its links are first needed, and again only when a text that
 * they were worked out from has changed.
 */
export function fileLinks(
  paths: Iterable<string>,
  read: Workspace["read"],
  linksOf: (path: string, workspace: Workspace) => readonly string[],
): Links {
  const files = new Set(paths);
  const outgoing = new Map<string, Outgoing>();
  let incoming: ReadonlyMap<string, readonly string[]> | undefined;

  function outgoingOf(path: string): Outgoing {
    const known = outgoing.get(path);
    if (known) return known;

    const texts = new Map([[path, read(path)]]);
    const links = linksOf(path, {
      read(neighbour) {
        const text = read(neighbour);
        texts.set(neighbour, text);
        return text;
      },
      // Links are what referrers are made of, so a file has to know where it leads without them.
      referrers: () => [],
    });
    const result = { links, texts };
    outgoing.set(path, result);
    return result;
  }

  function dropWhatUsed(path: string): void {
    const text = read(path);
    for (const [file, { texts }] of outgoing) {
      if (texts.has(path) && texts.get(path) !== text) outgoing.delete(file);
    }
    incoming = undefined;
  }

  return {
    referrers(path) {
      incoming ??= inverted(files, (file) => outgoingOf(file).links);
      return incoming.get(path) ?? [];
    },
    update(path) {
      files.add(path);
      dropWhatUsed(path);
    },
    forget(path) {
      files.delete(path);
      outgoing.delete(path);
      dropWhatUsed(path);
    },
  };
}

function inverted(
  files: Iterable<string>,
  linksFrom: (file: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const file of files) {
    for (const target of new Set(linksFrom(file))) {
      if (target === file) continue;
      const known = result.get(target);
      if (known) known.push(file);
      else result.set(target, [file]);
    }
  }
  return result;
}
