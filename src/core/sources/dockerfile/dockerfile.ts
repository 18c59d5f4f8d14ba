import type { Invocation } from "../../invocation.ts";
import { once } from "../../once.ts";
import { folderOf } from "../../paths.ts";
import type { Place } from "../../text.ts";
import { isKnown, type Word } from "../../word.ts";
import { type BuiltImage, containerInvocation, inContainer } from "../container.ts";
import { isShellScript } from "../shell/script.ts";
import type { Limit, Opened, Source, SourceFile, Workspace } from "../source.ts";
import { imageOf, maxLength } from "./image.ts";
import { placeOf, readDockerfile } from "./instructions.ts";
import { readStages, unreadStage } from "./stages.ts";

/** Dockerfiles and Containerfiles under all their names. */
export const dockerfile: Source = { id: "dockerfile", accepts: isDockerfile, open };

function isDockerfile(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  return (
    /^(dockerfile|containerfile)(\..+)?$|.\.(dockerfile|containerfile)$/.test(name) &&
    !/\.(docker|container)ignore$/.test(name)
  );
}

function open({ path, text }: SourceFile, workspace: Workspace): Opened {
  if (text.length > maxLength) return tooLarge(path);
  const file = readDockerfile(path, text);
  const images = once(() => imagesOf());

  function imagesOf(): BuiltImage[] {
    const stages = readStages(file);
    // A stage that says nothing is there to be built on; the last one is what the file is about.
    const started = stages.filter((stage, index) => stage.start || index === stages.length - 1);
    return started.map((stage) => imageOf(stage, { folder: folderOf(path), workspace }));
  }

  return {
    invocations: () => images().map(startImage),
    links: () => [...new Set(images().flatMap((image) => scriptsNamed(image, workspace)))],
    comments: () => file.comments.map((range) => placeOf(file, range)),
    blocks: () => file.instructions.map(({ at }) => placeOf(file, at)),
    limits: () => {
      const unread = unreadStage(file);
      return unread ? [{ at: placeOf(file, unread.at), what: "size" }] : [];
    },
  };
}

/** How the image is run is said elsewhere. */
function startImage(built: BuiltImage): Invocation {
  const runs = { on: "container", publishes: "unknown" } as const;
  return containerInvocation({ built, env: new Map(), runs, at: built.at });
}

/** The shell scripts of the workspace that the image's command names, in exec form or within a shell's script. */
function scriptsNamed({ entrypoint = [], command = [], files }: BuiltImage, workspace: Workspace): string[] {
  return [...entrypoint, ...command].flatMap(namesIn).flatMap((name) => {
    const path = inContainer(name, files);
    const text = path === undefined ? undefined : workspace.read(path);
    return path !== undefined && text !== undefined && isShellScript(path, text) ? [path] : [];
  });
}

function namesIn(word: Word): string[] {
  const text = word.pieces.map((piece) => (isKnown(piece) ? piece.text : " ")).join("");
  return text.split(/[\s;&|<>()"'`]+/).filter((name) => name !== "" && !name.startsWith("-"));
}

function tooLarge(path: string): Opened {
  const at: Place = { path, start: 0, end: 0 };
  const limit: Limit = { at, what: "size" };
  return { invocations: () => [], links: () => [], comments: () => [], blocks: () => [], limits: () => [limit] };
}
