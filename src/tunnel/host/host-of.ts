import type { Environment } from "../environment.ts";
import type { Hop } from "../prompts.ts";
import { expandHome, expandPath, expandTokens, expandVariables, type Tokens, tokensOf } from "./expand.ts";
import type { Host } from "./host.ts";
import type { HostName } from "./name.ts";
import { isOn, listOf, type Settings, setting } from "./settings.ts";

/** The settings of a host as what we connect with, with its paths and commands expanded. */
export function hostOf(
  name: string,
  { host }: HostName,
  settings: Settings,
  environment: Environment,
): Omit<Host, "problems" | "onlySystemSsh"> {
  const hop: Hop = {
    name,
    hostname: setting(settings, "hostname") ?? host,
    port: Number(setting(settings, "port") ?? 22),
    user: setting(settings, "user") ?? environment.user,
  };
  const alias = setting(settings, "hostkeyalias");
  const jumpList = setting(settings, "proxyjump") ?? "";
  // %n and %k are the name as ssh has it on its command line.
  const tokens = tokensOf({ ...hop, name: host }, environment, { alias, jumps: jumpList });
  const seconds = Number(setting(settings, "connecttimeout"));
  return {
    ...hop,
    ...given("hostKeyAlias", alias),
    userKnownHostsFiles: pathsOf(settings.get("userknownhostsfile")?.[0], environment),
    globalKnownHostsFiles: pathsOf(settings.get("globalknownhostsfile")?.[0], environment),
    hashKnownHosts: isOn(settings, "hashknownhosts"),
    strictHostKeyChecking: checkingOf(setting(settings, "stricthostkeychecking")),
    identityFiles: identityFilesOf(settings, tokens, environment),
    identitiesOnly: isOn(settings, "identitiesonly"),
    ...given("agent", agentOf(settings, environment)),
    methods: methodsOf(settings),
    jumps: listOf(expandTokens(jumpList, tokens)) ?? [],
    ...given("proxyCommand", proxyCommandOf(settings, tokens)),
    ...given("connectTimeoutMs", seconds > 0 ? seconds * 1000 : undefined),
    compression: isOn(settings, "compression"),
    ...given("controlPath", setting(settings, "controlpath")),
    algorithms: {
      ...given("ciphers", listOf(setting(settings, "ciphers"))),
      ...given("kex", listOf(setting(settings, "kexalgorithms"))),
      ...given("macs", listOf(setting(settings, "macs"))),
      ...given("hostKeys", listOf(setting(settings, "hostkeyalgorithms"))),
    },
    localForwards: (settings.get("localforward") ?? []).flatMap(localForwardOf),
  };
}

/** The key files in the order they are tried; ssh(1) prints its own where the config names none. */
export function identityFilesOf(settings: Settings, tokens: Tokens, environment: Environment): readonly string[] {
  const files = settings.get("identityfile") ?? [];
  return files.filter((file) => file !== "none").map((file) => expandPath(file, tokens, environment));
}

function given<K extends string, V>(name: K, value: V | undefined): { readonly [key in K]?: V } {
  // The computed name is K, which the compiler widens to `string`.
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in K]?: V });
}

/**
 * `ssh -G` joins the files with spaces and quotes none, so a space begins a file only where what follows looks like
 * the beginning of a path: `/tmp/a b/known_hosts` stays whole.
 */
function pathsOf(joined: string | undefined, environment: Environment): readonly string[] {
  const paths = joined?.split(/ (?=[~/\\]|[A-Za-z]:[\\/]|none(?: |$)|__PROGRAMDATA__)/) ?? [];
  return paths
    .filter((path) => path !== "" && path !== "none")
    .map((path) => expandHome(path, environment))
    .map((path) => path.replace(/^__PROGRAMDATA__/, environment.env["ProgramData"] ?? "C:\\ProgramData"));
}

function checkingOf(value: string | undefined): Host["strictHostKeyChecking"] {
  if (value === "accept-new") return value;
  if (value === "true" || value === "yes") return "yes";
  return value === "false" || value === "no" || value === "off" ? "no" : "ask";
}

/** IdentityAgent in ssh_config(5): `none`, the word SSH_AUTH_SOCK, `$VARIABLE`, or a path. */
function agentOf(settings: Settings, environment: Environment): string | undefined {
  const { env, platform } = environment;
  const named = settings.get("identityagent")?.[0];
  if (named === "none") return undefined;
  if (named === undefined || named === "SSH_AUTH_SOCK") {
    // The pipe of the agent that Windows comes with.
    return env["SSH_AUTH_SOCK"] || (platform === "win32" ? "\\\\.\\pipe\\openssh-ssh-agent" : undefined);
  }
  if (/^\$\w+$/.test(named)) return env[named.slice(1)] || undefined;
  return expandVariables(expandHome(named, environment), environment);
}

/** What we can do, by the keyword that turns it off, in OpenSSH's own order: PreferredAuthentications in ssh_config(5). */
const methodFlags = [
  ["publickey", "pubkeyauthentication"],
  ["keyboard-interactive", "kbdinteractiveauthentication"],
  ["password", "passwordauthentication"],
] as const;

function methodsOf(settings: Settings): readonly string[] {
  const silent = isOn(settings, "batchmode");
  const possible: string[] = methodFlags
    .filter(([, flag]) => !/^(?:no|false)$/.test(settings.get(flag)?.[0] ?? ""))
    .map(([method]) => method)
    // In batch mode nobody is asked.
    .filter((method) => !silent || method === "publickey");
  const preferred = listOf(setting(settings, "preferredauthentications")) ?? possible;
  return preferred.filter((method) => possible.includes(method));
}

function proxyCommandOf(settings: Settings, tokens: Tokens): string | undefined {
  const command = setting(settings, "proxycommand");
  return command === undefined ? undefined : expandTokens(command, tokens);
}

/** `8888 [localhost]:8888`; forwards to a socket are no suggestion for a tunnel. */
function localForwardOf(printed: string): Host["localForwards"] {
  const [, local, host, port] = /^(?:\S*:)?(\d+) \[([^\]]+)\]:(\d+)$/.exec(printed) ?? [];
  return host === undefined ? [] : [{ localPort: Number(local), host, port: Number(port) }];
}
