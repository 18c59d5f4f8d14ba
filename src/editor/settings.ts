import * as vscode from "vscode";
import * as z from "zod/mini";
import { issueSentence } from "../core/schema-issue.ts";
import { localized } from "./localized.ts";
import type { Log } from "./log.ts";

/** Every setting; `package.json` says the same to the editor, and a test compares the two. */
export const settingsSchema = z.strictObject({
  enable: z._default(z.boolean(), true),
  run: z._default(z.enum(["onType", "onSave"]), "onType"),
  delay: z._default(z.int().check(z.minimum(50), z.maximum(5000)), 200),
  minimumSeverity: z._default(z.enum(["error", "warning", "info"]), "info"),
});
export type Settings = z.infer<typeof settingsSchema>;

export type ReadSettings = (scope: vscode.Uri | undefined) => Settings;

/** Reads settings as they are for a file. A value that makes no sense counts as not set, and is complained of once. */
export function settingsReader(log: Log): ReadSettings {
  const told = new Set<string>();
  const defaults = settingsSchema.parse({});

  function complain(issue: z.core.$ZodIssue): void {
    const name = `launchGuard.${issue.path.join(".")}`;
    const problem = vscode.l10n.t("The setting {name} does not count: {reason}.", {
      name,
      reason: localized(issueSentence(issue)),
    });
    if (told.has(problem)) return;
    log.warn(problem);
    if (told.size === 0) void offerSettings(problem, name);
    told.add(problem);
  }

  return (scope) => {
    const configuration = vscode.workspace.getConfiguration("launchGuard", scope);
    const given = Object.fromEntries(Object.keys(defaults).map((name) => [name, configuration.get(name)]));
    const result = settingsSchema.safeParse(given);
    if (result.success) return result.data;
    result.error.issues.forEach(complain);
    const wrong = new Set(result.error.issues.map(({ path: [name] }) => name));
    const good = Object.entries(given).filter(([name]) => !wrong.has(name));
    return settingsSchema.parse(Object.fromEntries(good));
  };
}

async function offerSettings(problem: string, name: string): Promise<void> {
  const open = vscode.l10n.t("Open Settings");
  if ((await vscode.window.showWarningMessage(problem, open)) === open)
    await vscode.commands.executeCommand("workbench.action.openSettings", name);
}
