import { type Position, positions } from "../core/text.ts";
import type { Paths } from "./paths.ts";
import type { Project } from "./project.ts";

/** What a report has to know of the files that findings stand in. */
export type View = {
  /** The path as the user would type it. */
  shown(path: string): string;
  position(path: string, offset: number): Position;
  text(path: string): string;
};

/** The project as it is now; after a change a new view is needed. */
export function viewOf(project: Pick<Project, "text">, paths: Pick<Paths, "shown">): View {
  const listed = new Map<string, (offset: number) => Position>();
  const text = (path: string) => project.text(path) ?? "";
  return {
    shown: paths.shown,
    text,
    position(path, offset) {
      const positionOf = listed.get(path) ?? positions(text(path));
      listed.set(path, positionOf);
      return positionOf(offset);
    },
  };
}
