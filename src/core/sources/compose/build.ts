import { pathFrom } from "../../paths.ts";
import type { BuiltImage } from "../container.ts";
import { type BuildOptions, builtImage } from "../dockerfile/image.ts";
import type { Workspace } from "../source.ts";
import type { Yaml } from "../yaml/node.ts";
import { fields, type Project, type Service, textOf } from "./project.ts";

/** The Dockerfile that a service is built from, if it can be read, and what its image starts. */
export type Build = { readonly dockerfile: string; readonly image: BuiltImage | undefined };

export function buildOf(service: Service, project: Project): Build | undefined {
  const builds = fields(service, "build");
  const get = (key: string) =>
    builds.map((build) => (build.kind === "map" ? build.get(key) : undefined)).findLast(Boolean);
  const contexts = builds.map((build) => (build.kind === "map" ? build.get("context") : build));
  const context = pathFrom(project.folder, textOf(contexts.findLast(Boolean), project) ?? ".");
  if (builds.length === 0 || context === undefined || context.includes(":")) return undefined;
  const target = textOf(get("target"), project);
  const options = { context, args: argumentsOf(builds, project), ...(target !== undefined && { target }) };
  const inline = get("dockerfile_inline");
  if (inline) return inlineBuild(inline, options, project);
  const dockerfile = pathFrom(context, textOf(get("dockerfile"), project) ?? "Dockerfile");
  if (dockerfile === undefined || project.workspace.read(dockerfile) === undefined) return undefined;
  return { dockerfile, image: builtImage(dockerfile, options, project.workspace) };
}

/**
 * A Dockerfile inside the compose file. It is read as if the file held nothing else, each line where it stands, so that
 * all its places are true; indentation means nothing to a Dockerfile. That works for `|` only.
 */
function inlineBuild(inline: Yaml, options: BuildOptions, { workspace }: Project): Build | undefined {
  const { path, start, end } = inline.at;
  const text = workspace.read(path) ?? "";
  const body = text.indexOf("\n", start) + 1;
  if (inline.kind !== "scalar" || text[start] !== "|" || body === 0) return undefined;
  const alone = text.slice(0, body).replace(/[^\r\n]/g, " ") + text.slice(body, end);
  const overlay: Workspace = { ...workspace, read: (other) => (other === path ? alone : workspace.read(other)) };
  return { dockerfile: path, image: builtImage(path, options, overlay) };
}

/** Build arguments with a known value, as a map or as `NAME=value` items; the service's own after those it extends. */
function argumentsOf(builds: readonly Yaml[], project: Project): Map<string, string> {
  return new Map(
    builds.flatMap((build) => {
      const args = build.kind === "map" ? build.get("args") : undefined;
      if (args?.kind === "map") {
        return args.pairs().flatMap(({ key, value }) => entry(key, textOf(value, project)));
      }
      const items = args?.kind === "list" ? args.items() : [];
      return items.flatMap((item) => {
        const [, name, value] = /^([^=]+)=(.*)$/s.exec(textOf(item, project) ?? "") ?? [];
        return name === undefined ? [] : entry(name, value);
      });
    }),
  );
}

function entry(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]];
}
