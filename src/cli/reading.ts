import { isUtf8 } from "node:buffer";
import type { Disk } from "./disk.ts";
import { systemReason } from "./problem.ts";

/** A file's text, byte order mark and all, or why there is none, to be put behind its name. */
export type Reading = { readonly text: string } | { readonly refused: string; readonly failed?: true };

/** Larger than any file a person wrote; what is larger is data. */
const mostBytes = 1024 * 1024;

export function readText(path: string, disk: Disk): Reading {
  try {
    const found = disk.look(path);
    if (found === undefined) return { refused: "does not exist", failed: true };
    if (found.kind !== "file") return { refused: "is not a file" };
    // Asked before reading, so that nobody waits for gigabytes to be read and thrown away.
    if (found.size > mostBytes) return tooLarge;
    return textOf(disk.read(path));
  } catch (error) {
    return { refused: `cannot be read: ${systemReason(error)}`, failed: true };
  }
}

export function textOf(bytes: Uint8Array): Reading {
  if (bytes.length > mostBytes) return tooLarge;
  if (bytes.includes(0)) return { refused: "is binary" };
  if (!isUtf8(bytes)) return { refused: "is not UTF-8" };
  return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8") };
}

const tooLarge: Reading = { refused: "is larger than 1 MiB" };
