import { makeCommands } from "../../sources/makefile/makefile.ts";
import { makeCall } from "../../sources/makefile/request.ts";
import { literal } from "../../word.ts";
import { type Follow, firstFile, runBy, scopeOf } from "./following.ts";

/** In the order that GNU make looks for them. */
const usualNames = ["GNUmakefile", "makefile", "Makefile"];

/** `make serve`: the recipes of the targets that it names, or of the first one. */
export const makeStart: Follow = (command, { read, shell }) => {
  const call = makeCall(command.words.slice(1));
  if (!call) return undefined;
  const folders = call.folders.map((word) => literal(word));
  const [named] = call.files;
  const names = named ? [literal(named)] : usualNames;
  const paths = names.flatMap((name) => (name === undefined ? [] : [[...folders, name].join("/")]));
  const file = folders.includes(undefined) ? undefined : firstFile(command, paths, read);
  return file && runBy(command, makeCommands(file, call, shell, scopeOf(command)));
};
