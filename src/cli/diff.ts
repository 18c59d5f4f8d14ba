import type { Paths } from "./paths.ts";
import type { Change } from "./write.ts";

/** The changes as a unified diff that `git apply` and `patch -p1` read in the working directory. */
export async function unifiedDiff(changes: readonly Change[], { shown }: Pick<Paths, "shown">): Promise<string> {
  // Loaded here because only `--diff` needs it.
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import("diff");
  return changes
    .map(({ path, before, after }) => {
      const name = shown(path);
      // Behind a name with a space stands a tab, as git does it, so that the name's end is known.
      const nameEnd = name.includes(" ") ? "" : undefined;
      return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, nameEnd, nameEnd, {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      });
    })
    .join("");
}
