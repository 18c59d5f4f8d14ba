import * as vscode from "vscode";
import type { Lent } from "../core/command/judge.ts";
import { codeActions } from "./code-actions.ts";
import type { Commands, LintCommandId } from "./commands.ts";
import { type Engine, lent, loadEngine } from "./engine.ts";
import { explain } from "./explain.ts";
import { type Exposures, showExposures } from "./exposures.ts";
import { safeEdits } from "./fix-all.ts";
import { hovers } from "./hover.ts";
import { type Linter, startLinter } from "./linter.ts";
import type { Log } from "./log.ts";
import { showStatus } from "./status.ts";
import { workspaceEdit } from "./workspace-edit.ts";

/** The editor half at work, with an engine. */
export type Session = vscode.Disposable & {
  readonly commands: Commands<LintCommandId>;
  readonly lent: Lent;
  readonly linter: Linter;
  readonly exposures: Exposures;
};

/** Loads the engine and puts it to work; `extension` is where the extension is installed. */
export async function startSession(extension: vscode.Uri, log: Log, load = loadEngine): Promise<Session> {
  const [engine, { settingsReader }] = await Promise.all([load(), import("./settings.ts")]);
  const linter = startLinter(engine, log, settingsReader(log));
  const exposures = showExposures(linter, async (token) => {
    await (await scans()).scanQuietly(linter, engine, log, token);
  });
  const parts = vscode.Disposable.from(
    linter,
    codeActions(linter, engine),
    hovers(linter),
    showStatus(linter),
    exposures,
  );
  log.info(`Ready, with ${engine.rules.length} rules.`);
  return {
    ...{ lent, linter, exposures },
    commands: {
      "launchGuard.scanWorkspace": async () => {
        await (await scans()).scanWorkspace(linter, engine, log);
        exposures.refresh();
      },
      "launchGuard.showOpenFilesOnly": async () => linter.showOpenFilesOnly(),
      "launchGuard.fixAll": () => fixAll(linter, engine),
      "launchGuard.explain": (rule) => explain(rule, linter, engine, extension),
      "launchGuard.showLog": async () => log.show(),
    },
    dispose: () => parts.dispose(),
  };
}

/** Nobody scans at once. */
const scans = () => import("./scan.ts");

async function fixAll(linter: Linter, engine: Engine): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const checked = document && linter.check(document);
  const edits = checked ? safeEdits(checked.path, checked.project, engine) : [];
  if (checked && edits.length > 0) await vscode.workspace.applyEdit(workspaceEdit(edits, checked.project));
  else await vscode.window.showInformationMessage(vscode.l10n.t("There is nothing in this file that is safe to fix."));
}
