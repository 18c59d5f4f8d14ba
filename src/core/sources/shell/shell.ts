import { mappedText } from "../../mapped.ts";
import { once } from "../../once.ts";
import type { Place } from "../../text.ts";
import type { Opened, Source, SourceFile, Workspace } from "../source.ts";
import { blocksOf } from "./blocks.ts";
import { treeCommands } from "./commands.ts";
import { commentsOf } from "./comments.ts";
import { isShellScript } from "./kind.ts";
import { outlineOf, type Range } from "./outline.ts";
import { parseShell } from "./parse.ts";

/** Scripts for sh, bash, zsh and ksh, by their name or their first line. */
export const shell: Source = { id: "shell", alone: true, accepts: isShellScript, open };

function open({ path, text }: SourceFile, { starts }: Workspace): Opened {
  const tree = once(() => parseShell(mappedText(path, text)));
  const found = once(() =>
    treeCommands(tree(), { env: new Map(), parameters: undefined, depth: 0, ...(starts && { starts }) }),
  );
  const outline = once(() => outlineOf(tree()));
  const place = ({ start, end }: Range): Place => ({ path, start, end });
  return {
    // Nothing in a script says whether it is run in a container.
    invocations: () =>
      found().commands.map((command) => ({
        ...command,
        user: { value: "unknown", via: [] },
        runs: { on: "unknown", publishes: [] },
        because: [],
      })),
    links: () => [],
    comments: () => commentsOf(tree().script.text, outline()).map(place),
    blocks: () => blocksOf(tree().script.text, outline()).map(place),
    limits: () => found().limits,
  };
}
