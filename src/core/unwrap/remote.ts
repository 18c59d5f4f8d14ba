import { grammarOf } from "../facts/grammar.ts";
import type { Invocation } from "../invocation.ts";
import { type Grammar, readOptions } from "../options.ts";
import { scriptInvocations } from "../sources/shell/script.ts";
import { ssh } from "../tools/ssh.ts";
import { literal, spelled } from "../word.ts";
import { joinedScript } from "./joined.ts";

/** Its table says which of its options take a value; what stands behind the host is the command. */
const grammar: Grammar = { ...grammarOf(ssh), leading: true };

/** What `ssh HOST …`, `kubectl exec … -- …` run elsewhere; `undefined` where they run nothing. */
export function remoteRun(current: Invocation, program: string): Invocation[] | undefined {
  return program === "ssh" ? onHost(current) : inPod(current);
}

/** The command on the remote host; forwards of the same `ssh` are its own launch, so that stays as well. */
function onHost(current: Invocation): Invocation[] | undefined {
  const rest = current.words.slice(1);
  // Options may stand behind the host too, but not behind the command.
  const first = readOptions(rest, grammar);
  const host = rest[first.taken];
  if (!host) return undefined;
  const behind = rest.slice(first.taken + 1);
  const second = readOptions(behind, grammar);
  const command = behind.slice(second.taken);
  const runs: Invocation["runs"] = {
    on: "host",
    publishes: [],
    ssh: { host, options: [...first.options, ...second.options], via: current.runs.ssh },
  };
  const there: Invocation = { ...elsewhere(current), runs };
  if (command.length > 0) return joinedScript(there, command);
  return current.stdin && scriptInvocations(current.stdin, there, undefined);
}

/** The files and variables of this machine are not those of the other one. */
function elsewhere({ files, scripts, ...current }: Invocation): Invocation {
  return { ...current, env: new Map(), user: { value: "unknown", via: [] } };
}

/** `kubectl exec POD -- COMMAND`. */
function inPod(current: Invocation): Invocation[] | undefined {
  const words = current.words;
  if (!words.some((word) => literal(word) === "exec")) return undefined;
  const dashes = words.findIndex((word) => spelled(word) === "--");
  if (dashes < 0) return undefined;
  const runs: Invocation["runs"] = { on: "container", publishes: "unknown" };
  return [{ ...elsewhere(current), words: words.slice(dashes + 1), runs }];
}
