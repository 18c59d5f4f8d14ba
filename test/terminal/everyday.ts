import { readFileSync } from "node:fs";

/** What people type all day, and what must never make a sound; the tests of the host type its lines into terminals. */
export const everyday: readonly string[] = [
  ...readFileSync("test/terminal/everyday.txt", "utf8").trim().split("\n"),
  "cat <<EOF\njupyter lab --ip=0.0.0.0\nEOF",
  "exit",
];
