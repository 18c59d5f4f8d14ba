import type { BuiltImage } from "../container.ts";
import type { Workspace } from "../source.ts";

/**
 * What the image built from a Dockerfile starts.
 * `target` is a stage's name or number, the last stage by default; `args` are build arguments given from outside.
 */
export function builtImage(
  _path: string,
  _options: { readonly target?: string; readonly args?: ReadonlyMap<string, string> },
  _workspace: Workspace,
): BuiltImage | undefined {
  return undefined;
}
