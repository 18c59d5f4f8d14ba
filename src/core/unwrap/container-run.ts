import type { Env, Fact, Invocation, Publish, Runs, Variable } from "../invocation.ts";
import { type CommandLine, type Grammar, lastValue, type OptionUse, readOptions } from "../options.ts";
import { publishes } from "../ports.ts";
import { containerInvocation } from "../sources/container.ts";
import { literal, sliceWord, spelled, type Word } from "../word.ts";

/**
 * `docker|podman|nerdctl run|create|exec …`, `docker compose run|exec …`.
 * The lists are complete for docker 29.8.0 and podman (catalogue/containers.yaml `docker_run`, sources DCLI, POD, DCOMP):
 * everything that is not in `booleans` takes a value, so the image is never mistaken.
 */
const booleans = [
  "interactive",
  "read-only",
  "tty",
  "rm",
  "privileged",
  "publish-all",
  "no-healthcheck",
  "oom-kill-disable",
  "init",
  "detach",
  "sig-proxy",
  "quiet",
  "use-api-socket",
  "help",
  "disable-content-trust",
  "env-host",
  "http-proxy",
  "no-hostname",
  "no-hosts",
  "passwd",
  "read-only-tmpfs",
  "replace",
  "rmi",
  "rootfs",
  "tls-verify",
  "unsetenv-all",
];
const values = [
  "add-host",
  "annotation",
  "attach",
  "blkio-weight",
  "blkio-weight-device",
  "cap-add",
  "cap-drop",
  "cgroup-parent",
  "cgroupns",
  "cidfile",
  "cpu-count",
  "cpu-percent",
  "cpu-period",
  "cpu-quota",
  "cpu-rt-period",
  "cpu-rt-runtime",
  "cpu-shares",
  "cpus",
  "cpuset-cpus",
  "cpuset-mems",
  "device",
  "device-cgroup-rule",
  "device-read-bps",
  "device-read-iops",
  "device-write-bps",
  "device-write-iops",
  "dns",
  "dns-opt",
  "dns-option",
  "dns-search",
  "domainname",
  "entrypoint",
  "env",
  "env-file",
  "expose",
  "gpus",
  "group-add",
  "health-cmd",
  "health-interval",
  "health-retries",
  "health-start-interval",
  "health-start-period",
  "health-timeout",
  "hostname",
  "io-maxbandwidth",
  "io-maxiops",
  "ip",
  "ip6",
  "ipc",
  "isolation",
  "kernel-memory",
  "label",
  "label-file",
  "link",
  "link-local-ip",
  "log-driver",
  "log-opt",
  "mac-address",
  "memory",
  "memory-reservation",
  "memory-swap",
  "memory-swappiness",
  "mount",
  "net",
  "net-alias",
  "network",
  "network-alias",
  "oom-score-adj",
  "pid",
  "pids-limit",
  "publish",
  "restart",
  "runtime",
  "security-opt",
  "shm-size",
  "stop-signal",
  "stop-timeout",
  "storage-opt",
  "sysctl",
  "tmpfs",
  "ulimit",
  "user",
  "userns",
  "uts",
  "volume",
  "volume-driver",
  "volumes-from",
  "workdir",
  "name",
  "detach-keys",
  "pull",
  "platform",
];
const podmanValues = [
  "arch",
  "authfile",
  "cert-dir",
  "cgroup-conf",
  "cgroups",
  "chrootdirs",
  "creds",
  "decryption-key",
  "env-merge",
  "gidmap",
  "group-entry",
  "health-log-destination",
  "health-max-log-count",
  "health-max-log-size",
  "health-on-failure",
  "health-startup-cmd",
  "health-startup-interval",
  "health-startup-retries",
  "health-startup-success",
  "health-startup-timeout",
  "hosts-file",
  "hostuser",
  "image-volume",
  "init-path",
  "os",
  "passwd-entry",
  "personality",
  "pidfile",
  "pod",
  "pod-id-file",
  "preserve-fd",
  "preserve-fds",
  "rdt-class",
  "requires",
  "retry",
  "retry-delay",
  "sdnotify",
  "seccomp-policy",
  "secret",
  "shm-size-systemd",
  "signature-policy",
  "subgidname",
  "subuidname",
  "systemd",
  "timeout",
  "tz",
  "uidmap",
  "umask",
  "unsetenv",
  "variant",
  "healthcheck-command",
  "healthcheck-interval",
  "healthcheck-retries",
  "healthcheck-start-period",
  "healthcheck-timeout",
  "override-arch",
  "override-os",
];
const long = (names: readonly string[]) => names.map((name) => `--${name}`);

const run: Grammar = {
  values: new Set([...long(values), ...long(podmanValues), "-a", "-c", "-e", "-h", "-l", "-m", "-p", "-u", "-v", "-w"]),
  plain: new Set([...long(booleans), "-i", "-t", "-P", "-d", "-q"]),
  leading: true,
};
const exec: Grammar = {
  values: new Set(["-e", "--env", "--env-file", "-u", "--user", "-w", "--workdir", "--detach-keys", "--index"]),
  plain: new Set([
    "-d",
    "-i",
    "-t",
    "-T",
    "--privileged",
    "--detach",
    "--interactive",
    "--tty",
    "--no-tty",
    "--no-TTY",
  ]),
  leading: true,
};
const composeRun: Grammar = {
  values: new Set([
    "-e",
    "--env",
    "--env-from-file",
    "-l",
    "--label",
    "--name",
    "-u",
    "--user",
    "-w",
    "--workdir",
    "--entrypoint",
    "--cap-add",
    "--cap-drop",
    "-v",
    "--volume",
    "-p",
    "--publish",
    "--pull",
  ]),
  plain: new Set([
    "-d",
    "--rm",
    "-t",
    "--tty",
    "-T",
    "--no-tty",
    "--no-deps",
    "--use-aliases",
    "-P",
    "--service-ports",
    "-q",
    "--quiet",
    "--quiet-build",
    "--quiet-pull",
    "--build",
    "--remove-orphans",
    "-i",
  ]),
  leading: true,
};
/** Options of `docker`, `podman` and `docker compose` that stand before the subcommand and take a value. */
const globals: Grammar = {
  values: new Set([
    "--config",
    "-l",
    "--log-level",
    "--tlscacert",
    "--tlscert",
    "--tlskey",
    "-H",
    "--host",
    "-c",
    "--context",
    "--connection",
    "--url",
    "--identity",
    "--module",
    "--root",
    "--runroot",
    "--storage-driver",
    "--storage-opt",
    "--runtime",
    "--namespace",
    "--address",
    "-n",
    "-a",
    "-f",
    "--file",
    "-p",
    "--project-name",
    "--profile",
    "--project-directory",
    "--env-file",
    "--ansi",
    "--progress",
    "--parallel",
  ]),
  plain: new Set(),
  leading: true,
};

/** The programs that this file understands. */
export const containerPrograms: ReadonlySet<string> = new Set([
  "docker",
  "podman",
  "nerdctl",
  "docker-compose",
  "podman-compose",
]);

/** The command that `docker run` and its kin start in a container, or `undefined` where they start none. */
export function containerRun(outer: Invocation, program: string): Invocation | undefined {
  let words = afterGlobals(outer.words.slice(1));
  const compose = program.endsWith("-compose") || spelledFirst(words) === "compose";
  if (compose && !program.endsWith("-compose")) words = afterGlobals(words.slice(1));
  if (spelledFirst(words) === "container") words = words.slice(1);
  const subcommand = spelledFirst(words);
  if (subcommand === "exec") return inContainer(outer, readOptions(words.slice(1), exec), words.slice(1), "unknown");
  if (subcommand !== "run" && subcommand !== "create") return undefined;
  const rest = words.slice(1);
  if (compose) return composed(outer, readOptions(rest, composeRun), rest);
  return started(outer, readOptions(rest, run), rest, program === "podman");
}

function afterGlobals(words: readonly Word[]): readonly Word[] {
  return words.slice(readOptions(words, globals).taken);
}

function spelledFirst(words: readonly Word[]): string | undefined {
  return literal(words[0]);
}

/** `docker run OPTIONS IMAGE COMMAND…`. */
function started(
  outer: Invocation,
  line: CommandLine,
  words: readonly Word[],
  podman: boolean,
): Invocation | undefined {
  const [image, ...command] = words.slice(line.taken);
  if (!image) return undefined;
  const entrypoint = line.options.findLast((option) => option.name === "--entrypoint")?.value;
  const network = line.options.findLast((option) => option.name === "--network" || option.name === "--net");
  const privileged = switchWord(line.options, "--privileged");
  const user = userOf(line.options);
  return containerInvocation({
    image,
    ...(entrypoint && { entrypoint: literal(entrypoint) === "" ? [] : [entrypoint] }),
    ...(command.length > 0 && { command }),
    env: environment(line.options),
    ...(user && { user }),
    runs: {
      on: "container",
      ...(network?.value && literal(network.value) === "host" && { hostNetwork: joined(network, network.value) }),
      publishes: published(line.options, podman),
      ...(privileged && { privileged }),
    },
    at: outer.at,
    because: outer.because,
  });
}

/** `docker compose run OPTIONS SERVICE COMMAND…`: nothing is published unless asked for. */
function composed(outer: Invocation, line: CommandLine, words: readonly Word[]): Invocation | undefined {
  const service = line.options.some(({ name }) => name === "-P" || name === "--service-ports");
  return inContainer(outer, line, words, service ? "unknown" : published(line.options, false));
}

/** `docker exec CONTAINER COMMAND…`. */
function inContainer(
  outer: Invocation,
  line: CommandLine,
  words: readonly Word[],
  passed: Runs["publishes"],
): Invocation | undefined {
  const command = words.slice(line.taken + 1);
  if (command.length === 0) return undefined;
  const user = userOf(line.options);
  return containerInvocation({
    entrypoint: [],
    command,
    env: environment(line.options),
    ...(user && { user }),
    runs: { on: "container", publishes: passed },
    at: outer.at,
    because: outer.because,
  });
}

function published(options: readonly OptionUse[], podman: boolean): Publish[] {
  return options.flatMap((option) => {
    if ((option.name === "-p" || option.name === "--publish") && option.value) return publishes(option.value, podman);
    const word = option.words[0];
    if ((option.name === "-P" || option.name === "--publish-all") && word && !option.value) return [everything(word)];
    return [];
  });
}

/** `-P` publishes every exposed port on every interface; only naming the ports one by one changes that. */
function everything(word: Word): Publish {
  return {
    word,
    address: "all",
    host: undefined,
    container: undefined,
    protocol: "tcp",
    every: true,
    loopback: () => undefined,
  };
}

function environment(options: readonly OptionUse[]): Env {
  const variables = options.flatMap((option): [string, Variable][] => {
    if ((option.name !== "-e" && option.name !== "--env") || !option.value) return [];
    const text = spelled(option.value);
    const equals = text.indexOf("=");
    if (equals < 0) return [];
    const name = text.slice(0, equals);
    const value = sliceWord(option.value, equals + 1);
    const remove = () => removed(option);
    return [[name, { name, value: { ...value, edit: { ...value.edit, remove } }, at: option.value.at }]];
  });
  return new Map(variables);
}

/** Edits that take out an option with its value. */
function removed(option: OptionUse) {
  const edits = option.words.map((word) => word.edit.remove());
  return edits.every((edit) => edit !== undefined) ? edits.flat() : undefined;
}

/** The value of an option, which is removed with the option's name. */
function joined(option: OptionUse, value: Word): Word {
  return { ...value, edit: { ...value.edit, remove: () => removed(option) } };
}

function switchWord(options: readonly OptionUse[], name: string): Word | undefined {
  const option = options.findLast((candidate) => candidate.name === name);
  if (!option || lastValue([option], name) === "false") return undefined;
  return option.words[0];
}

function userOf(options: readonly OptionUse[]): Fact<"root" | "other"> | undefined {
  const option = options.findLast(({ name }) => name === "-u" || name === "--user");
  if (!option?.value) return undefined;
  return { value: userKind(literal(option.value)), word: joined(option, option.value), via: [] };
}

/** Whether a user as `user`, `uid`, `user:group` is root. */
export function userKind(user: string | undefined): "root" | "other" | "unknown" {
  if (user === undefined) return "unknown";
  return /^(root|0+)(:.*)?$/.test(user) ? "root" : "other";
}
