import { chmodSync, statSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { askSsh } from "../host/ask-ssh.ts";
import { readLine } from "../host/config/line.ts";
import { configFiles, includedFiles, type Place, textOf } from "../host/config/walk.ts";
import type { Session } from "../link.ts";
import type { Hop } from "./chain.ts";
import { generatedConfig, includeLine } from "./config.ts";

type Files = { readonly folder: string; readonly config: string; readonly newKeys: string };

/**
 * Writes our config. OpenSSH refuses a config for a single bad line; where the user's has some, ours includes copies in
 * which they are blank, so that the rest is used. `ssh` is asked which lines those are, as a host's problems also name
 * what only our own reader cannot follow.
 */
export async function writeUsableConfig(
  { folder, config, newKeys }: Files,
  ssh: string,
  hops: readonly Hop[],
  { environment, keepaliveSeconds }: Session,
  signal: AbortSignal,
): Promise<void> {
  const write = (files: readonly string[]) =>
    writeFile(config, generatedConfig(hops, files, newKeys, keepaliveSeconds), { mode: 0o600 });
  await write(configFiles(environment).map(({ file }) => file));
  if (hops.every(({ host }) => host.problems.length === 0)) return;

  const ours = { ...environment, configFile: config };
  const bad: Place[] = [];
  let copies: Copies | undefined;
  for (;;) {
    const asked = await askSsh(ssh, { host: hops.at(-1)?.alias ?? "" }, ours, signal);
    if ("settings" in asked) return;
    const named = asked.badLines.map(({ file, line }) => ({ file: copies?.originals.get(file) ?? file, line }));
    const more = named.filter((place) => !isAmong(bad, place));
    // Each round leaves out more, as a bad line ends the file that it is in; without more, `ssh` will say why.
    if (copies && more.length === 0) return;
    bad.push(...more);
    copies = copyWithout(bad, folder, environment);
    await write(copies.files);
  }
}

type Copies = { readonly files: readonly string[]; readonly originals: ReadonlyMap<string, string> };

/** Copies of the user's files with all that they include; what includes itself is left out there. */
function copyWithout(bad: readonly Place[], folder: string, environment: Session["environment"]): Copies {
  const originals = new Map<string, string>();

  function copyOf(file: string, base: string, from: readonly string[]): string {
    const text = textOf(file);
    // OpenSSH passes over what is not there, and says of the rest what is wrong.
    if (typeof text !== "string") return file;
    const copy = join(folder, `config-${originals.size + 1}`);
    originals.set(copy, file);
    const lines = text.split("\n").map((line, index) => {
      return isAmong(bad, { file, line: index + 1 }) ? "" : lineOf(line, base, [...from, file]);
    });
    writeFileSync(copy, lines.join("\n"));
    // OpenSSH refuses files that others may write to, and so it shall here.
    chmodSync(copy, statSync(file).mode & 0o777);
    return copy;
  }

  function lineOf(text: string, base: string, from: readonly string[]): string {
    const line = readLine(text);
    if (!line || "said" in line || line.keyword !== "include") return text;
    const files = line.words.flatMap((pattern) => includedFiles(pattern, base, environment));
    return includeLine(files.filter((file) => !from.includes(file)).map((file) => copyOf(file, base, from)));
  }

  const files = configFiles(environment).map(({ file, folder: base }) => copyOf(file, base, []));
  return { files, originals };
}

function isAmong(places: readonly Place[], { file, line }: Place): boolean {
  return places.some((place) => place.file === file && place.line === line);
}
