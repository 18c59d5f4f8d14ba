import * as vscode from "vscode";
import type * as z from "zod/mini";
import { issueSentence } from "../core/schema-issue.ts";
import { localized } from "./localized.ts";
import type { Log } from "./log.ts";

/** Reads the settings of a schema as they are for a file, or for the window. */
export type SettingReader<S> = (scope?: vscode.Uri) => S;

/** A value that makes no sense counts as not set, and is complained of once. */
export function settingReader<T extends z.core.$ZodShape>(
  schema: z.ZodMiniObject<T, z.core.$strict>,
  log: Log,
): SettingReader<z.infer<typeof schema>> {
  const told = new Set<string>();
  const names = Object.keys(schema.shape);

  function complain(issue: z.core.$ZodIssue): void {
    const name = `launchGuard.${String(issue.path[0])}`;
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
    const given = Object.fromEntries(names.map((name) => [name, configuration.get(name)]));
    const result = schema.safeParse(given);
    if (result.success) return result.data;
    result.error.issues.forEach(complain);
    const wrong = new Set(result.error.issues.map(({ path: [name] }) => name));
    const good = Object.entries(given).filter(([name]) => !wrong.has(name));
    return schema.parse(Object.fromEntries(good));
  };
}

async function offerSettings(problem: string, name: string): Promise<void> {
  const open = vscode.l10n.t("Open Settings");
  if ((await vscode.window.showWarningMessage(problem, open)) === open)
    await vscode.commands.executeCommand("workbench.action.openSettings", name);
}
