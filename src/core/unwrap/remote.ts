import type { Invocation } from "../invocation.ts";
import { type Grammar, readOptions } from "../options.ts";
import { scriptInvocations } from "../sources/shell/script.ts";
import { literal, spelled } from "../word.ts";
import { joinedScript } from "./joined.ts";

/** ssh's letters that take a value, and those that take none. Source: ssh(1), openssh-portable @0ef0f5a8 ssh.c. */
const ssh: Grammar = {
  values: new Set([..."BDEFIJLOPQRSWbceilmopw"].map((letter) => `-${letter}`)),
  plain: new Set([..."1246ACGKMNTVXYZafgknqstvxy"].map((letter) => `-${letter}`)),
  leading: true,
};

/** What `ssh HOST …`, `kubectl exec … -- …` run elsewhere; `undefined` where they run nothing. */
export function remoteRun(current: Invocation, program: string): Invocation[] | undefined {
  return program === "ssh" ? onHost(current) : inPod(current);
}

/** The command on the remote host; forwards of the same `ssh` are its own launch, so that stays as well. */
function onHost(current: Invocation): Invocation[] | undefined {
  const rest = current.words.slice(1);
  // Options may stand behind the host too, but not behind the command.
  const first = readOptions(rest, ssh);
  const behind = rest.slice(first.taken + 1);
  const second = readOptions(behind, ssh);
  const command = behind.slice(second.taken);
  const sshHost = [...first.options, ...second.options].some(({ name }) => decidesWhere.has(name))
    ? undefined
    : rest[first.taken];
  const runs: Invocation["runs"] = { ...onItsOwn, ...(sshHost && { sshHost }) };
  const there: Invocation = { ...elsewhere(current), runs };
  if (command.length > 0) return joinedScript(there, command);
  return current.stdin && scriptInvocations(current.stdin, there, undefined);
}

/** The files and variables of this machine are not those of the other one. */
function elsewhere({ files, scripts, ...current }: Invocation): Invocation {
  return { ...current, env: new Map(), user: { value: "unknown", via: [] } };
}

/** With one of these the host's name alone leads elsewhere: port, user, configuration, jump host. */
const decidesWhere: ReadonlySet<string> = new Set(["-p", "-l", "-o", "-F", "-J"]);

const onItsOwn: Invocation["runs"] = { on: "host", publishes: [] };

/** `kubectl exec POD -- COMMAND`. */
function inPod(current: Invocation): Invocation[] | undefined {
  const words = current.words;
  if (!words.some((word) => literal(word) === "exec")) return undefined;
  const dashes = words.findIndex((word) => spelled(word) === "--");
  if (dashes < 0) return undefined;
  const runs: Invocation["runs"] = { on: "container", publishes: "unknown" };
  return [{ ...elsewhere(current), words: words.slice(dashes + 1), runs }];
}
