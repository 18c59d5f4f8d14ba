import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Paths } from "./paths.ts";
import type { Change } from "./write.ts";

/** The changes as a unified diff that `git apply` and `patch -p1` read in the working directory. */
export function unifiedDiff(changes: readonly Change[], { shown }: Pick<Paths, "shown">): string {
  return changes
    .map(({ path, before, after }) => {
      const name = shown(path);
      // A name with a space ends at a tab, as git writes it; the library puts one before a header that is not empty.
      const header = name.includes(" ") ? " " : undefined;
      return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, header, header, {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      });
    })
    .join("");
}
