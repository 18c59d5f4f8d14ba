import type { Env, Fact, Files, Invocation, Runs, Scripts } from "../invocation.ts";
import type { Place } from "../text.ts";
import type { Word } from "../word.ts";

/** What an image starts, as far as its Dockerfile says. */
export type BuiltImage = {
  /** The image it is made from that no stage of the file makes. */
  readonly base?: Word;
  /** `undefined`: the base image's. Shell form is `/bin/sh -c SCRIPT`, or the words of SHELL and the script. */
  readonly entrypoint?: readonly Word[];
  readonly command?: readonly Word[];
  readonly env: Env;
  readonly user: Fact<"root" | "other">;
  readonly files: Files;
  readonly scripts?: Scripts;
  /** The instruction that starts it: its stage's last CMD or ENTRYPOINT, or the FROM that inherits one. */
  readonly at: Place;
};

/** A container as someone starts it: an image, built here or not, and what is said on top of it. */
export type Container = {
  readonly image?: Word;
  readonly built?: BuiltImage;
  /** It is built from a Dockerfile that cannot be read. */
  readonly unread?: boolean;
  readonly entrypoint?: readonly Word[];
  readonly command?: readonly Word[];
  /** On top of the image's environment. */
  readonly env: Env;
  readonly user?: Fact<"root" | "other">;
  readonly runs: Runs;
  readonly files?: Files;
  readonly scripts?: Scripts;
  readonly at: Place;
  readonly because?: readonly Place[];
};

/**
 * The command that a container runs: its entrypoint followed by its command, the caller's before the image's. An
 * entrypoint from outside empties the image's command.
 * Source: docker/cli docs/reference/run.md, compose-spec 05-services.md.
 */
export function containerInvocation(container: Container): Invocation {
  const { built } = container;
  const image = built ? built.base : container.image;
  const entrypoint = container.entrypoint ?? built?.entrypoint;
  const command = container.command ?? (container.entrypoint ? [] : built?.command);
  const files: Files = (path) => container.files?.(path) ?? built?.files(path);
  const scripts: Scripts = (path) => container.scripts?.(path) ?? built?.scripts?.(path);
  return {
    words: [...(entrypoint ?? []), ...(command ?? [])],
    env: new Map([...(built?.env ?? []), ...container.env]),
    at: container.at,
    user: container.user ?? built?.user ?? { value: "unknown", via: [] },
    runs: container.runs,
    files,
    scripts,
    ...(image && { image }),
    ...(container.unread && { unread: true as const }),
    usesImageEntrypoint: entrypoint === undefined,
    usesImageCommand: entrypoint === undefined && command === undefined,
    because: container.because ?? [],
  };
}

/** Where a container's programs are looked for by a bare name. */
const programFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** What a container holds under a name: by its path, or on the PATH. */
export function inContainer<T>(name: string, find: ((path: string) => T | undefined) | undefined): T | undefined {
  if (!find) return undefined;
  if (/[/.]/.test(name)) return find(name);
  for (const folder of programFolders) {
    const found = find(`${folder}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
