import { keyTypeOf } from "./key-blob.ts";

/** What a line of a known_hosts file says. */
export type KnownLine = {
  readonly marker: "none" | "revoked" | "authority";
  /** The field of names as written: patterns, or one hashed name. */
  readonly names: string;
  readonly keyType: string;
  readonly blob: Buffer;
};

/**
 * Reads one line as OpenSSH does (`hostkeys_foreach_file` of its hostfile.c); nothing for a comment or a line that it
 * skips. The text is the file's bytes as latin1.
 */
export function readLine(text: string): KnownLine | undefined {
  // A line is a C string there: it ends at the first NUL.
  const line = untilNul(text).replace(/^[ \t]+/, "");
  if (line === "" || line.startsWith("#")) return undefined;

  const marked = markerOf(line);
  const [, names, keyType, base64] = /^([^ \t]+)[ \t]+([^ \t#][^ \t]*)[ \t]+([^ \t]+)/.exec(marked?.rest ?? "") ?? [];
  if (!marked || names === undefined || keyType === undefined || base64 === undefined) return undefined;

  const blob = decode(base64);
  return blob && keyTypeOf(blob) === keyType ? { marker: marked.marker, names, keyType, blob } : undefined;
}

function untilNul(text: string): string {
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

const markers: ReadonlyMap<string, KnownLine["marker"]> = new Map([
  ["@cert-authority", "authority"],
  ["@revoked", "revoked"],
]);

/** One marker at most. As in `check_markers`, a tab ends it only where the line has no space. */
function markerOf(line: string): { marker: KnownLine["marker"]; rest: string } | undefined {
  if (!line.startsWith("@")) return { marker: "none", rest: line };
  const end = line.includes(" ") ? line.indexOf(" ") : line.indexOf("\t");
  const marker = end < 0 ? undefined : markers.get(line.slice(0, end));
  const rest = line.slice(end).replace(/^[ \t]+/, "");
  return marker === undefined || rest.startsWith("@") ? undefined : { marker, rest };
}

/** Strict, unlike Node's: padded, no bits left over. White space within is skipped, such as the CR of a CRLF. */
function decode(base64: string): Buffer | undefined {
  const text = base64.replace(/[\r\v\f]/g, "");
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}
