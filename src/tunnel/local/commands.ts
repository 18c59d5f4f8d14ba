import { closeSync, openSync, readSync } from "node:fs";
import { basename, resolve } from "node:path/posix";
import { isPython } from "../../core/facts/match.ts";
import { message } from "../../core/message.ts";
import { wordsOf } from "../audit/commands.ts";
import { lookedAt } from "../discovery/survey.ts";
import { TunnelError } from "../error.ts";
import type { Link } from "../link.ts";
import { isStill, type OwnProcess, ownership } from "./own-process.ts";

/** A command that runs: its words as a person would type them, and the folder it runs in. */
export type RunningCommand = { readonly words: readonly string[]; readonly folder: string };

/** Of each command line. A longer one is none that a person would check. */
const mostBytes = 64 * 1024;

/**
 * What a server was started by: its own command and those above it, its own first, because what holds the port may be
 * a worker of what its user has typed. Rejects with `not-yours` where the process is another one by now, and with
 * `cannot-look` where the system does not tell words apart.
 */
export async function runningCommands(
  link: Link,
  process: OwnProcess,
  signal: AbortSignal,
): Promise<readonly RunningCommand[]> {
  const lines = await lookedAt(link, kinScript(process), signal);
  if (lines.includes("other")) {
    const said = message("Process {pid} is not the server that was listed any more.", { pid: process.pid });
    throw new TunnelError("not-yours", said);
  }
  if (lines.includes("no-words")) {
    throw new TunnelError("cannot-look", message("This system does not tell how a program was started."));
  }
  return lines.flatMap((line) => {
    const [, command = "", folder = ""] = /^command ([0-9a-f]+) ([0-9a-f]+)$/.exec(line) ?? [];
    return command === "" || command.length >= 2 * mostBytes ? [] : [typed(wordsOf(command), textOf(folder))];
  });
}

/** Only /proc knows where one word ends and the next begins. */
function kinScript(process: OwnProcess): string {
  return `
${ownership}
hex() { od -An -v -tx1 | tr -d ' \\n'; }

kin() {
  [ -r /proc/self/cmdline ] || { echo no-words; return; }
  pid=${process.pid}
  ${isStill(process)} || { echo other; return; }
  for generation in own parent grandparent; do
    case $pid in "" | 0 | 1) return ;; esac
    is_ours "$pid" || return
    printf 'command %s %s\\n' "$(say_command "$pid" ${mostBytes})" "$(readlink "/proc/$pid/cwd" | hex)"
    pid=$(parent_of "$pid")
  done
}
kin
`;
}

function textOf(hex: string): string {
  return Buffer.from(hex, "hex").toString("utf8").replace(/\n$/, "");
}

/** `python /venv/bin/jupyter-lab …` is what the kernel makes of a script whose first line names that Python. */
function typed(words: readonly string[], folder: string): RunningCommand {
  const [interpreter = "", script = "-"] = words;
  const isScript = isPython(basename(interpreter)) && !script.startsWith("-");
  const names = isScript && beginningOf(resolve(folder, script)).includes(interpreter);
  return { words: names ? words.slice(1) : words, folder };
}

/**
 * The lines that name an interpreter. Where its path is long, pip writes `#!/bin/sh` and `exec` in the second one
 * (pip/_vendor/distlib/scripts.py, `_build_shebang`).
 */
function beginningOf(file: string): string {
  try {
    const start = Buffer.alloc(512);
    const descriptor = openSync(file, "r");
    try {
      readSync(descriptor, start);
    } finally {
      closeSync(descriptor);
    }
    const text = start.toString("latin1");
    return text.startsWith("#!") ? text.split("\n", 2).join("\n") : "";
  } catch {
    // A file that cannot be read is no script that could be called by its name.
    return "";
  }
}
