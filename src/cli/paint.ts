import type { Severity } from "../core/severity.ts";
import type { World } from "./world.ts";

/** What a piece of the report is, which decides its colour. */
export type Role = Severity | "path" | "quiet" | "mark" | "fix";

export type Paint = (role: Role, text: string) => string;

/** Colours on a terminal that shows them, unless the user wants none (https://no-color.org). */
export function paintFor({ stdout, env }: Pick<World, "stdout" | "env">): Paint {
  if (!stdout.isTTY || env["NO_COLOR"] || env["TERM"] === "dumb") return (_role, text) => text;
  return (role, text) => `\u001B[${codes[role]}m${text}\u001B[0m`;
}

/** SGR codes: 1 bold, 2 dim, 31 red, 32 green, 33 yellow, 36 cyan. */
const codes: Record<Role, string> = {
  error: "1;31",
  warning: "1;33",
  info: "1;36",
  path: "1",
  quiet: "2",
  mark: "31",
  fix: "32",
};
