import * as z from "zod/mini";
import { ruleIds } from "../core/rule-ids.ts";

/** The settings of the terminal guard; `package.json` says the same to the editor, and a test compares the two. */
export const terminalSettingsSchema = z.strictObject({
  /** From which severity on a launch is told by a notification. */
  "terminal.notify": z._default(z.enum(["error", "warning", "off"]), "error"),
  /** Lines, as they are typed, that nobody wants to hear of. */
  "terminal.ignoredCommands": z._default(z.array(z.string()), []),
  "terminal.ignoredRules": z._default(z.array(z.enum(ruleIds)), []),
});
export type TerminalSettings = z.infer<typeof terminalSettingsSchema>;
