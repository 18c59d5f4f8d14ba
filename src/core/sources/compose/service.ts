import type { Invocation } from "../../invocation.ts";
import { literal, spelled, type Word } from "../../word.ts";
import { containerInvocation, inContainer } from "../container.ts";
import { splitWords } from "../shell/script.ts";
import type { Workspace } from "../source.ts";
import type { Yaml } from "../yaml/node.ts";
import { buildOf } from "./build.ts";
import { envFilesOf, serviceEnvironment } from "./environment.ts";
import { mountedFiles, mountsOf } from "./mounts.ts";
import { field, type Project, type Service, wordOf } from "./project.ts";
import { serviceRuns, serviceUser } from "./runs.ts";

/** A service as it is started, and the Dockerfile that it is built from. */
export type Started = { readonly service: Service; readonly invocation: Invocation; readonly dockerfile?: string };

export function startService(service: Service, project: Project): Started {
  const image = wordOf(field(service, "image"), project.lookup);
  const build = buildOf(service, project);
  const entrypoint = commandWords(field(service, "entrypoint"), project);
  const command = commandWords(field(service, "command"), project);
  const user = serviceUser(service, project);
  const mounts = mountsOf(service, project);
  const { at } = service.pair;
  const invocation = containerInvocation({
    ...(image && { image }),
    ...(field(service, "build") && !build?.image && { unread: true }),
    ...(build?.image && { built: build.image }),
    ...(entrypoint && { entrypoint }),
    ...(command && { command }),
    ...(user && { user }),
    env: serviceEnvironment(service, project),
    runs: serviceRuns(service, project),
    files: mountedFiles(mounts, service, project),
    at,
    because: build || mounts.length > 0 ? [at] : [],
  });
  return { service, invocation, ...(build && { dockerfile: build.dockerfile }) };
}

/** The files of the workspace that take part in a service. */
export function serviceLinks({ service, invocation, dockerfile }: Started, project: Project): string[] {
  return [
    ...(dockerfile === undefined ? [] : [dockerfile]),
    ...envFilesOf(service, project).map(({ path }) => path),
    ...scriptsOf(invocation),
  ];
}

/**
 * The words of `command` or `entrypoint`. A string is split as a shell does, but no shell runs it; nothing written means
 * the image's, something empty means none.
 */
function commandWords(value: Yaml | undefined, { workspace, lookup }: Project): readonly Word[] | undefined {
  if (value?.kind === "list") return value.items().flatMap((item) => wordOf(item, lookup) ?? []);
  const word = wordOf(value, lookup);
  if (!word) return undefined;
  return literal(word)?.trim() === "" ? [] : withFirstRemovable(splitWords(word), workspace);
}

/**
 * Words of a string of which the first is removed with the space behind it: left there, it would indent a block scalar
 * anew. A word that YAML would read in another way cannot come first.
 */
function withFirstRemovable([first, ...rest]: readonly Word[], { read }: Workspace): Word[] {
  const [second] = rest;
  if (!first) return [];
  const { path } = first.at;
  const text = read(path);
  if (second?.at.path !== path || text === undefined) return [first, ...rest];
  const range = { path, start: first.at.start, end: second.at.start };
  const canLead = range.start < range.end && /^[\w./$-]/.test(text.slice(range.end));
  const remove = () => (canLead && first.edit.remove() ? [{ ...range, text: "" }] : undefined);
  return [{ ...first, edit: { ...first.edit, remove } }, ...rest];
}

/** The files that the command names, also inside a script such as that of `bash -c`. */
function scriptsOf({ words, files }: Invocation): string[] {
  const names = words.flatMap((word) => spelled(word).match(/[\w./-]+/g) ?? []);
  return names.flatMap((name) => inContainer(name, files) ?? []);
}
