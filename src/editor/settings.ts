import * as z from "zod/mini";
import type { Log } from "./log.ts";
import { type SettingReader, settingReader } from "./setting-reader.ts";

/** The settings of the linter; `package.json` says the same to the editor, and a test compares the two. */
export const settingsSchema = z.strictObject({
  enable: z._default(z.boolean(), true),
  run: z._default(z.enum(["onType", "onSave"]), "onType"),
  delay: z._default(z.int().check(z.minimum(50), z.maximum(5000)), 200),
  minimumSeverity: z._default(z.enum(["error", "warning", "info"]), "info"),
});
export type Settings = z.infer<typeof settingsSchema>;

export type ReadSettings = SettingReader<Settings>;

export function settingsReader(log: Log): ReadSettings {
  return settingReader(settingsSchema, log);
}
