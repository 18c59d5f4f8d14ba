import type { Files } from "../../invocation.ts";
import { pathFrom } from "../../paths.ts";
import type { Yaml, YamlMap } from "../yaml/node.ts";
import { field, fields, type Project, type Service, textOf } from "./project.ts";

/** A file or folder of the workspace that a container sees: `./start.sh:/start.sh`. */
export type Mount = { readonly source: string; readonly target: string };

/** The mounts from beside the compose file; named volumes and paths elsewhere on the machine hold nothing to read. */
export function mountsOf(service: Service, project: Project): Mount[] {
  return fields(service, "volumes").flatMap((volumes) =>
    volumes.kind === "list" ? volumes.items().flatMap((item) => mountOf(item, project)) : [],
  );
}

/** Finds mounted files by their path in the container; relative ones start from `working_dir`. */
export function mountedFiles(mounts: readonly Mount[], service: Service, project: Project): Files {
  const folder = textOf(field(service, "working_dir"), project);
  return (path) => {
    const inContainer = pathInContainer(path, folder);
    if (inContainer === undefined) return undefined;
    const inside = mounts.filter(({ target }) => inContainer === target || inContainer.startsWith(`${target}/`));
    const [closest] = inside.toSorted((a, b) => b.target.length - a.target.length);
    const found = closest && pathFrom(closest.source, `.${inContainer.slice(closest.target.length)}`);
    return found !== undefined && project.workspace.read(found) !== undefined ? found : undefined;
  };
}

function pathInContainer(path: string, folder: string | undefined): string | undefined {
  if (path.startsWith("/")) return `/${pathFrom("", `.${path}`) ?? ""}`;
  return folder?.startsWith("/") ? pathFrom(folder, path) : undefined;
}

function mountOf(item: Yaml, project: Project): Mount[] {
  const [source, target] = item.kind === "map" ? longForm(item, project) : shortForm(textOf(item, project));
  const from = source === undefined ? undefined : pathFrom(project.folder, source);
  if (from === undefined || !target?.startsWith("/")) return [];
  return [{ source: from, target: target.replace(/(?<=.)\/+$/, "") }];
}

/** `SOURCE:TARGET[:MODE]`; a source that is no path is the name of a volume. */
function shortForm(text: string | undefined): (string | undefined)[] {
  const [source, target] = text?.split(":") ?? [];
  return source?.startsWith(".") ? [source, target] : [];
}

function longForm(item: YamlMap, project: Project): (string | undefined)[] {
  if (textOf(item.get("type"), project) !== "bind") return [];
  return [textOf(item.get("source"), project), textOf(item.get("target"), project)];
}
