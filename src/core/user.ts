import type { Fact } from "./invocation.ts";
import { spelled, UNKNOWN, uses, type Word } from "./word.ts";

/** Who runs a launch, by a word that says `user`, `uid` or `user:group`; nobody knows where it says nothing. */
export function userFact(word: Word | undefined): Fact<"root" | "other"> {
  const [name = ""] = word ? spelled(word).split(":") : [];
  if (!word || name === "" || name.includes(UNKNOWN)) return { value: "unknown", ...(word && { word }), via: [] };
  return { value: /^(root|0+)$/.test(name) ? "root" : "other", word, via: uses(word) };
}
