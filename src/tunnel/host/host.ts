import type { Message } from "../../core/message.ts";
import type { Hop } from "../prompts.ts";

/** One host of the ssh config, resolved: what OpenSSH would use for it, with `%` tokens and `~` expanded. */
export type Host = Hop & {
  /** Replaces the host's name in known_hosts. */
  readonly hostKeyAlias?: string;
  readonly userKnownHostsFiles: readonly string[];
  readonly globalKnownHostsFiles: readonly string[];
  readonly hashKnownHosts: boolean;
  readonly strictHostKeyChecking: "ask" | "yes" | "no" | "accept-new";
  /** In the order they are tried; files may be missing. */
  readonly identityFiles: readonly string[];
  readonly identitiesOnly: boolean;
  /** The agent's socket or pipe; absent where there is none or the config says `none`. */
  readonly agent?: string;
  /** `publickey`, `password`, `keyboard-interactive`, in the order of preference. */
  readonly methods: readonly string[];
  /** Jump hosts from the first to the last, each `[user@]host[:port]` or `ssh://…`. */
  readonly jumps: readonly string[];
  /** Tokens expanded; what OpenSSH hands to the user's shell. */
  readonly proxyCommand?: string;
  /** `ConnectTimeout`. */
  readonly connectTimeoutMs?: number;
  readonly compression: boolean;
  /** What the config asks for that only the system's `ssh` can do, each as its keyword: `CertificateFile`. */
  readonly onlySystemSsh: readonly string[];
  /** Where a running master of the user may be; tokens expanded. */
  readonly controlPath?: string;
  /** Names the config restricts to, in its own syntax, where it does; `ssh -G` prints the expanded list. */
  readonly algorithms: {
    readonly ciphers?: readonly string[];
    readonly kex?: readonly string[];
    readonly macs?: readonly string[];
    readonly hostKeys?: readonly string[];
  };
  /** `LocalForward`s of the config, as suggestions: nothing opens them. */
  readonly localForwards: readonly { readonly localPort: number; readonly host: string; readonly port: number }[];
  /** What was not understood or not followed, for the log and `launch-guard hosts`. */
  readonly problems: readonly ConfigProblem[];
};

/** A line of an ssh config that could not be used; the rest of the file still is. */
export type ConfigProblem = { readonly file: string; readonly line: number; readonly said: Message };

/** One `Host` of the ssh config that names a single machine. */
export type ListedHost = {
  readonly name: string;
  /** Where it is written. */
  readonly file: string;
  readonly line: number;
  /** As written; not resolved. */
  readonly hostname?: string;
  readonly user?: string;
};

export type HostList = { readonly hosts: readonly ListedHost[]; readonly problems: readonly ConfigProblem[] };
