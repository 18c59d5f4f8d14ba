import type { Mapped } from "./mapped.ts";
import type { Ssh } from "./ssh.ts";
import type { Edit, Place } from "./text.ts";
import type { ImageTable } from "./tools/tool.ts";
import type { Word } from "./word.ts";

/**
 * A value read from a launch, and where it was written. No `word` means that nobody wrote it: a tool's or an image's
 * default. `via` lists further places that carried it, such as the use of a variable.
 */
export type Fact<T> = { readonly value: T | "unknown"; readonly word?: Word; readonly via: readonly Place[] };

/** An address that a server listens on or a port is published on. A host name that is not resolved is `"unknown"`. */
export type Bind = "loopback" | "all" | "address";

/** Inclusive range of port numbers; `undefined` where the number is not known: it is some port. */
export type Ports = { readonly from: number; readonly to: number } | undefined;

/** A port of a container that the machine it runs on passes on: `-p 8888:8888`, an item of compose's `ports`. */
export type Publish = {
  /** The whole mapping; for the long form of compose the value of `published` or `target`. */
  readonly word: Word;
  /** The address of the machine that it listens on; everything when none is written. */
  readonly address: Bind | "unknown";
  readonly host: Ports;
  readonly container: Ports;
  readonly protocol: "tcp" | "udp" | "sctp";
  /** `-P`: every exposed port, on ports of the machine's choice. */
  readonly every?: true;
  /** Edits after which it listens on 127.0.0.1 only. */
  loopback(): Edit[] | undefined;
};

/**
 * Where a launch runs and what of it is passed on.
 * `publishes` is `"unknown"` where another file decides: a Dockerfile does not say how its image is run.
 */
export type Runs = {
  readonly on: "host" | "container" | "unknown";
  /** The word that puts the container on the machine's own network, as in `--network host`. */
  readonly hostNetwork?: Word;
  /** The `ssh HOST …` that leads to its machine. */
  readonly ssh?: Ssh;
  readonly publishes: readonly Publish[] | "unknown";
  /** The container of `docker run`, for those who want to stop it. */
  readonly container?: StartedContainer;
  /** The word that makes the container privileged. */
  readonly privileged?: Word;
};

/** A container that a command starts: by `docker` or `podman`, under a name of its own, and whether it goes with its end. */
export type StartedContainer = { readonly program: string; readonly name?: Word; readonly isRemoved: boolean };

/** A variable of the environment: its value, and the whole assignment (`NAME=value`, the pair of a YAML map). */
export type Variable = {
  readonly name: string;
  /** `edit.remove` takes the whole assignment out. */
  readonly value: Word;
  readonly at: Place;
};

export type Env = ReadonlyMap<string, Variable>;

/** Finds a file of the workspace by its path in the container, through COPY and mounts. */
export type Files = (pathInContainer: string) => string | undefined;

/** Finds the text of a script that a file of the workspace holds, such as a heredoc of COPY, by its path in the container. */
export type Scripts = (pathInContainer: string) => Mapped | undefined;

/** More words than any command has that a person wrote. Those behind are not read: each takes time while it is typed. */
export const mostWords = 1_000;

/**
 * One command as it is started: what a source found, before wrappers are taken off.
 * A shell script is `sh -c SCRIPT`; a container is its image's entrypoint and command.
 */
export type Invocation = {
  readonly words: readonly Word[];
  readonly env: Env;
  /** The statement, instruction or key that starts it: what an ignore comment above it covers. */
  readonly at: Place;
  readonly user: Fact<"root" | "other">;
  readonly runs: Runs;
  /** The image it runs in. */
  readonly image?: Word;
  /** It is built from a Dockerfile that cannot be read, so that nobody knows what it starts. */
  readonly unread?: true;
  /** The container takes its command, and its entrypoint where `entrypoint` is not given, from `image`. */
  readonly usesImageCommand?: boolean;
  readonly usesImageEntrypoint?: boolean;
  readonly files?: Files;
  readonly scripts?: Scripts;
  /** Text on standard input, such as the heredoc of `bash <<EOF`. */
  readonly stdin?: Mapped;
  /** The shell that starts it does not wait for it: `&`. */
  readonly background?: true;
  /** What the tables know of its image. */
  readonly knownImage?: ImageTable;
  /** Its command was assumed from the image's name alone. */
  readonly byImage?: true;
  /** Places in other files that lead here: the compose service that builds this Dockerfile. */
  readonly because: readonly Place[];
};
