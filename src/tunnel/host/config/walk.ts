import { readFileSync, statSync } from "node:fs";
import { devNull } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { getSystemErrorMap } from "node:util";
import { type Message, message } from "../../../core/message.ts";
import type { Environment } from "../../environment.ts";
import { expandHome } from "../expand.ts";
import type { ConfigProblem } from "../host.ts";
import { filesOf } from "./glob.ts";
import { type ConfigLine, readLine } from "./line.ts";

export type Place = { readonly file: string; readonly line: number };

/** What a config consists of, in reading order; what lies between `enter` and `leave` was included there. */
export type Step =
  | ({ readonly step: "line" } & ConfigLine & Place)
  | { readonly step: "enter" }
  | { readonly step: "leave" }
  | ({ readonly step: "problem" } & ConfigProblem);

/** A config to read: the user's or the system's. */
export type ConfigFile = {
  readonly file: string;
  /** Where the relative paths of its Includes start. */
  readonly folder: string;
};

/** The files that OpenSSH reads, the more important first: with `-F`, only that one. */
export function configFiles({ configFile, home, platform, env }: Environment): readonly ConfigFile[] {
  const folder = join(home, ".ssh");
  if (configFile !== undefined) return [{ file: configFile, folder }];
  const system = platform === "win32" ? join(env["ProgramData"] ?? "C:\\ProgramData", "ssh") : "/etc/ssh";
  return [
    { file: join(folder, "config"), folder },
    { file: join(system, "ssh_config"), folder: system },
  ];
}

/** Lines of a config and of all that it includes. A file that cannot be read is a problem, and never an error. */
export function* walkConfig({ file, folder }: ConfigFile, environment: Environment): Generator<Step> {
  let filesLeft = mostFiles;

  function* walk(path: string, from: readonly string[], place: Place): Generator<Step> {
    const text = filesLeft-- > 0 ? textOf(path) : message("It includes more than {most} files.", { most: mostFiles });
    if (typeof text !== "string") return yield { step: "problem", ...place, said: text };
    for (const [index, raw] of text.split("\n").entries()) {
      const here = { file: path, line: index + 1 };
      const read = readLine(raw);
      if (!read) continue;
      if ("said" in read) yield { step: "problem", ...here, ...read };
      else if (read.keyword === "include") yield* include(read.words, [...from, resolve(path)], here);
      else yield { step: "line", ...read, ...here };
    }
  }

  function* include(patterns: readonly string[], from: readonly string[], here: Place): Generator<Step> {
    for (const path of patterns.flatMap((pattern) => includedFiles(pattern, folder, environment))) {
      if (from.includes(path) || from.length > deepest) yield { step: "problem", ...here, said: cycle(path) };
      else {
        yield { step: "enter" };
        yield* walk(path, from, here);
        yield { step: "leave" };
      }
    }
  }

  yield* walk(file, [], { file, line: 0 });
}

/** The files that a word of an `Include` stands for; `folder` is where relative paths start. */
export function includedFiles(pattern: string, folder: string, environment: Environment): readonly string[] {
  const path = expandHome(pattern, environment);
  return filesOf(isAbsolute(path) ? path : join(folder, path));
}

/** READCONF_MAX_DEPTH in readconf.c. */
const deepest = 16;
const mostFiles = 500;
const mostBytes = 4 * 1024 * 1024;

/** The text of a config file, or why there is none. Devices and pipes could keep us for ever. */
export function textOf(file: string): string | Message {
  try {
    const stats = statSync(file);
    if (file === devNull) return "";
    if (!stats.isFile()) return message("{file} is not a file.", { file });
    if (stats.size > mostBytes) return message("{file} is too large for an ssh config.", { file });
    return readFileSync(file, "utf8");
  } catch (error) {
    return message("{file} cannot be read: {reason}.", { file, reason: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  const errno = error instanceof Error && "errno" in error && typeof error.errno === "number" ? error.errno : 0;
  return getSystemErrorMap().get(errno)?.[1] ?? String(error);
}

function cycle(file: string): Message {
  return message("Including {file} here would not end.", { file });
}
