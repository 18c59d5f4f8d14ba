import { join } from "node:path";
import { type Message, message } from "../../../core/message.ts";
import type { Environment } from "../../environment.ts";
import { TunnelError } from "../../error.ts";
import { expandPath, expandTokens, tokensOf } from "../expand.ts";
import type { ConfigProblem } from "../host.ts";
import type { HostName } from "../name.ts";
import { type Settings, setting } from "../settings.ts";
import { localForward } from "./forward.ts";
import { adding, followed, irrelevant, synonyms } from "./keywords.ts";
import type { ConfigLine } from "./line.ts";
import { fitsAny } from "./pattern.ts";
import { readValue, type Value } from "./value.ts";
import { configFiles, type Place, walkConfig } from "./walk.ts";

type Read = { readonly settings: Settings; readonly problems: readonly ConfigProblem[] };

/**
 * Reads the common keywords of the ssh config without an ssh, in the form that `ssh -G` prints. What it does not
 * follow is a problem; lines in `leftOut` are passed over. Throws `config-unreadable` where the named file is.
 */
export function readPlainly(name: HostName, environment: Environment, leftOut: readonly Place[] = []): Read {
  const written = new Map<string, string[]>();
  const problems: ConfigProblem[] = [];
  if (name.user !== undefined) written.set("user", [name.user]);
  if (name.port !== undefined) written.set("port", [String(name.port)]);

  for (const file of configFiles(environment)) {
    const blocks = openBlocks(name.host);
    for (const step of walkConfig(file, environment)) {
      if (step.step === "enter") blocks.enter();
      else if (step.step === "leave") blocks.leave();
      else if (step.step === "problem") report(step);
      else if (leftOut.some(({ file: path, line }) => path === step.file && line === step.line)) continue;
      else {
        const said = take(step, blocks);
        if (said) problems.push({ file: step.file, line: step.line, said });
      }
    }
  }
  return { settings: completed(written, name, environment), problems };

  function report({ file, line, said }: ConfigProblem): void {
    // Line 0 is the file itself; only one that was asked for has to be there.
    if (line > 0) problems.push({ file, line, said });
    else if (environment.configFile !== undefined) throw new TunnelError("config-unreadable", said);
  }

  /** Does what a line says, and returns what cannot be done about it. */
  function take(line: ConfigLine, blocks: Blocks): Message | undefined {
    if (line.keyword === "host") return blocks.host(line.words);
    if (line.keyword === "match") return blocks.match(line.words);
    const keyword = synonyms[line.keyword] ?? line.keyword;
    if (irrelevant.has(keyword)) return undefined;
    const result = read(keyword, line);
    if (result === "not followed") return blocks.active() ? notFollowed(keyword) : undefined;
    if ("said" in result) return result.said;
    if (blocks.active()) keep(keyword, result.value);
    return undefined;
  }

  function keep(keyword: string, value: string): void {
    const values = written.get(keyword) ?? [];
    // Of the two the first counts; `ProxyCommand none` keeps a later ProxyJump away, but not the other way round (9.2).
    if (keyword === "proxyjump" && written.has("proxycommand")) return;
    if (keyword === "proxycommand" && setting(written, "proxyjump")) return;
    if (values.length === 0 || (adding.has(keyword) && !values.includes(value)))
      written.set(keyword, [...values, value]);
  }
}

function read(keyword: string, line: ConfigLine): Value | "not followed" {
  if (keyword === "localforward") return localForward(line.words);
  const kind = Object.hasOwn(followed, keyword) ? followed[keyword] : undefined;
  return kind ? readValue(kind, { ...line, keyword }) : "not followed";
}

function notFollowed(keyword: string): Message {
  return message("{keyword} is only followed by OpenSSH's own ssh.", { keyword });
}

type Blocks = ReturnType<typeof openBlocks>;

/** Whether the lines that are being read count for a host: `Host`, `Match all`, and Includes, which may narrow only. */
function openBlocks(host: string) {
  const outer: boolean[] = [];
  let active = true;
  return {
    active: () => active,
    enter: () => void outer.push(active),
    leave() {
      active = outer.pop() ?? true;
    },
    host(patterns: readonly string[]): undefined {
      active = outer.every(Boolean) && fitsAny(host, patterns);
    },
    match(words: readonly string[]): Message | undefined {
      const isAll = words.length === 1 && words[0]?.toLowerCase() === "all";
      active = isAll && outer.every(Boolean);
      return isAll ? undefined : message("Match is only followed as “Match all”; what comes after it is left out.");
    },
  };
}

/** Adds what OpenSSH takes where nothing is written, and expands what `ssh -G` prints expanded. */
function completed(
  written: ReadonlyMap<string, readonly string[]>,
  name: HostName,
  environment: Environment,
): Settings {
  const settings = new Map(written);
  const hostname = expandTokens(setting(written, "hostname") ?? name.host, { "%": "%", h: name.host });
  const hop = {
    name: name.host,
    hostname: hostname.toLowerCase(),
    port: Number(setting(written, "port") ?? 22),
    user: setting(written, "user") ?? environment.user,
  };
  const alias = setting(written, "hostkeyalias");
  const tokens = tokensOf(hop, environment, { alias, jumps: setting(written, "proxyjump") ?? "" });
  settings.set("hostname", [hop.hostname]);
  for (const [keyword, value] of Object.entries(defaults(environment))) {
    if (!settings.has(keyword)) settings.set(keyword, value);
  }
  for (const keyword of ["userknownhostsfile", "identityagent"]) {
    const values = settings.get(keyword);
    if (values)
      settings.set(
        keyword,
        values.map((value) => expandEach(value, (path) => expandPath(path, tokens, environment))),
      );
  }
  return settings;
}

/** Several paths are joined with spaces here, as `ssh -G` does. */
function expandEach(paths: string, expand: (path: string) => string): string {
  return paths
    .split(/ (?=[~/])/)
    .map(expand)
    .join(" ");
}

/** `fill_default_options` in readconf.c. */
function defaults({ home, platform, env }: Environment): Record<string, readonly string[]> {
  const folder = join(home, ".ssh");
  const system = platform === "win32" ? join(env["ProgramData"] ?? "C:\\ProgramData", "ssh") : "/etc/ssh";
  return {
    userknownhostsfile: [`${join(folder, "known_hosts")} ${join(folder, "known_hosts2")}`],
    globalknownhostsfile: [`${join(system, "ssh_known_hosts")} ${join(system, "ssh_known_hosts2")}`],
    identityfile: ["rsa", "ecdsa", "ecdsa_sk", "ed25519", "ed25519_sk"].map((type) => join(folder, `id_${type}`)),
  };
}
