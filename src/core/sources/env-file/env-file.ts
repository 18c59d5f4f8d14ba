import type { Source } from "../source.ts";
import { readEnvFile } from "./read.ts";

/**
 * `.env` files. They start nothing by themselves; a compose file that reads one reports there what stands there.
 */
export const envFile: Source = {
  id: "env-file",

  accepts: (path) => /(^|\/)\.env(\.[^/]*)?$|\.env$/.test(path),

  open(file) {
    const read = () => readEnvFile(file);
    return {
      invocations: () => [],
      links: () => [],
      comments: () => read().comments,
      blocks: () => read().assignments.map(({ at }) => at),
      limits: () => [],
    };
  },
};
