import { isPython } from "../../facts/match.ts";
import type { Invocation } from "../../invocation.ts";
import { changesFolder } from "../typed.ts";
import { composeStart } from "./compose.ts";
import type { Follow, Following } from "./following.ts";
import { makeStart } from "./make.ts";
import { packageStart } from "./package-manager.ts";
import { pythonStart } from "./python.ts";
import { sourced } from "./sourced.ts";

const followers: ReadonlyMap<string, Follow> = new Map<string, Follow>([
  ...["docker", "podman", "nerdctl", "docker-compose", "podman-compose"].map((name) => [name, composeStart] as const),
  ...["make", "gmake"].map((name) => [name, makeStart] as const),
  ...["npm", "pnpm", "yarn", "bun"].map((name) => [name, packageStart] as const),
  ...["source", "."].map((name) => [name, sourced] as const),
]);

/** Follows a command to the compose file, Makefile, package.json or script that it names. */
export function follow(command: Invocation, following: Following, program: string): Invocation[] | undefined {
  if (!command.files) return undefined;
  const follower = followers.get(program) ?? (isScript(program) ? pythonStart : undefined);
  return follower?.(command, following, program);
}

function isScript(program: string): boolean {
  return isPython(program) || program.endsWith(".py");
}

/** Whether a program may lead to something by the files that it names, or to the folder that they are in. */
export function mayLead(program: string): boolean {
  return followers.has(program) || changesFolder.has(program) || isScript(program) || /\.(sh|bash|zsh)$/.test(program);
}
