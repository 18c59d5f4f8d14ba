import { scriptCall } from "../../sources/package-scripts/call.ts";
import { packageScripts } from "../../sources/package-scripts/package-scripts.ts";
import { type Follow, firstFile, runBy, scopeOf } from "./following.ts";

/** `npm run x`, `pnpm x`, `yarn x`: a script of the `package.json` that stands here. */
export const packageStart: Follow = (command, { read, shell }) => {
  const call = scriptCall(command.words);
  const file = call && !call.elsewhere ? firstFile(command, ["package.json"], read) : undefined;
  return call && file && runBy(command, packageScripts(file, call.name, call.args, shell, scopeOf(command)));
};
