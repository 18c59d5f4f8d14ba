import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

export type Kind = "file" | "folder" | "link" | "other";
export type Entry = { readonly name: string; readonly kind: Kind };

/** The file system, by absolute paths. What cannot be done throws the system's error. */
export type Disk = {
  /** What stands at a path once links are followed, or `undefined` if nothing does. */
  look(path: string): { readonly kind: Kind; readonly size: number } | undefined;
  list(folder: string): readonly Entry[];
  read(path: string): Uint8Array;
  /** Puts `text` in the place of a file at once: a reader sees the old file or the new one, never a part. */
  replace(path: string, text: string): void;
};

/** The machine's own. */
export const nodeDisk: Disk = {
  look(path) {
    const found = statSync(path, { throwIfNoEntry: false });
    return found && { kind: kindOf(found), size: found.size };
  },
  list(folder) {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
  },
  read: (path) => readFileSync(path),
  replace,
};

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): Kind {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "folder";
  return entry.isSymbolicLink() ? "link" : "other";
}

function replace(path: string, text: string): void {
  // A link stays a link: the file it leads to is the one that is written.
  const target = realpathSync(path);
  const old = statSync(target);
  const draft = join(dirname(target), `.${basename(target)}.${Math.random().toString(36).slice(2)}.tmp`);
  try {
    writeThrough(draft, text, old);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Returns when the text is on the disk, so that a crash after the rename does not leave an empty file. */
function writeThrough(path: string, text: string, old: Stats): void {
  const file = openSync(path, "wx", old.mode & 0o7777);
  try {
    writeFileSync(file, text);
    keepOwner(file, old);
    // After the owner, because a change of owner clears bits; and because `open` takes the umask off the mode.
    fchmodSync(file, old.mode & 0o7777);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Root in a container fixes a file that belongs to someone else; whoever may not give a file away keeps it. */
function keepOwner(file: number, { uid, gid }: Stats): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // It is the new owner's file then, with the same mode.
  }
}
