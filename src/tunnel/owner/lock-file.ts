import { createHash, randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Ids may hold anything; the name of a file may not. */
export function lockName(id: string): string {
  return `${digest(id)}.json`;
}

/** Whether a file in the folder is a lock, and not a draft or an heir. */
export function isLock(name: string): boolean {
  return name.endsWith(".json");
}

/** Creates a file with its whole text at once, 0600. Whether it was not there yet. */
export function create(file: string, text: string): boolean {
  const draft = writeDraft(file, text);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Readers see the old text or the new one, and nothing between. */
export function replace(file: string, text: string): void {
  renameSync(writeDraft(file, text), file);
}

function writeDraft(file: string, text: string): string {
  const draft = `${file}.${randomUUID()}.draft`;
  writeFileSync(draft, text, { mode: 0o600, flag: "wx" });
  return draft;
}

/** The whole text, or nothing where there is no such file. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** A short name for any text, fit for a file. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
