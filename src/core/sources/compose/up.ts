import type { Invocation } from "../../invocation.ts";
import type { SourceFile, Workspace } from "../source.ts";
import type { Yaml } from "../yaml/node.ts";
import { readYaml } from "../yaml/yaml.ts";
import { field, type Project, readProject, type Service, textOf } from "./project.ts";
import { startService } from "./service.ts";

/** What `docker compose up` is asked to start: services by name, and profiles that are switched on. */
export type Up = { readonly names: readonly string[]; readonly profiles: readonly string[] };

/** The compose files of a command: those behind the first are merged into it, in this order. */
export type ComposeFiles = readonly [SourceFile, ...SourceFile[]];

/**
 * The containers that it starts: the services that are named, with those they depend on; without a name all that have no
 * profile or one that is on. Source: compose-spec 15-profiles.md, docker/compose `up --help`.
 */
export function composeUp(files: ComposeFiles, workspace: Workspace, { names, profiles }: Up): Invocation[] {
  const documents = files.flatMap((file) => readYaml(file).documents);
  const project = readProject(files[0].path, documents, workspace);
  const isOn = (service: Service) => {
    const own = textsOf(field(service, "profiles"), project);
    return own.length === 0 || own.some((profile) => profiles.includes(profile) || profiles.includes("*"));
  };
  const wanted = names.length > 0 ? withDependencies(names, project) : undefined;
  return project.services
    .filter((service) => (wanted ? wanted.has(service.name) : isOn(service)))
    .map((service) => startService(service, project).invocation);
}

function withDependencies(names: readonly string[], project: Project): ReadonlySet<string> {
  const wanted = new Set(names);
  // A set that grows while it is walked over is walked over to its end.
  for (const name of wanted) {
    const service = project.services.find((each) => each.name === name);
    const needs = service && field(service, "depends_on");
    for (const other of needs?.kind === "map" ? needs.pairs().map(({ key }) => key) : textsOf(needs, project))
      wanted.add(other);
  }
  return wanted;
}

function textsOf(value: Yaml | undefined, project: Project): string[] {
  return value?.kind === "list" ? value.items().flatMap((item) => textOf(item, project) ?? []) : [];
}
