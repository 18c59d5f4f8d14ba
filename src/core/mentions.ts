import type { Tool } from "./tools/tool.ts";

/**
 * A cheap test that goes before any parsing: whether a text names any tool at all, by a program, a module or an image.
 * A text that passes may still launch nothing; one that fails launches nothing that the tables know.
 */
export function mentionTest(tools: readonly Tool[]): (text: string) => boolean {
  const names = tools.flatMap((tool) => [
    tool.id,
    ...tool.commands.map(programOrModule),
    ...tool.images.map(imageName),
  ]);
  const pattern = new RegExp([...new Set(names), "launch-guard:"].map(escaped).join("|"), "i");
  return (text) => pattern.test(text);
}

/** `jupyter-lab` of `jupyter-lab`, `jupyterlab` of `python -m jupyterlab`. */
function programOrModule(command: string): string {
  const [program = "", , module] = command.split(" ");
  return program === "python" && module ? module : program;
}

/** The longest part of an image's name that is no wildcard. */
function imageName(image: { readonly name: string }): string {
  const last = image.name.slice(image.name.lastIndexOf("/") + 1);
  return last.split("*").reduce((longest, part) => (part.length > longest.length ? part : longest), "");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
