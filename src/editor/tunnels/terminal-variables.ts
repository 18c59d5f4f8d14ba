import * as vscode from "vscode";
import type { ShownTunnel, Tunnels } from "./tunnels.ts";
import { urlOf } from "./words.ts";

/**
 * New terminals have `MLFLOW_TRACKING_URI` while a tunnel to an MLflow server is up; of several, the one that was
 * opened last. Never in a remote window, where 127.0.0.1 is another machine.
 */
export function setTerminalVariables(
  tunnels: Tunnels,
  variables: vscode.EnvironmentVariableCollection,
  isRemote = vscode.env.remoteName !== undefined,
): vscode.Disposable {
  if (isRemote) return vscode.Disposable.from();
  variables.persistent = false;

  function update(): void {
    const chosen = latest(tunnels.all().filter(isUpMlflow));
    if (!chosen?.status) {
      variables.clear();
      return;
    }
    const url = urlOf(chosen.status.localPort, chosen.saved.basePath).replace(/\/$/, "");
    if (variables.get(variable)?.value === url) return;
    variables.description = vscode.l10n.t("`{variable}` leads to {name} while its tunnel is up.", {
      variable,
      name: chosen.saved.name,
    });
    variables.replace(variable, url);
  }

  update();
  return vscode.Disposable.from(tunnels.onDidChange(update), { dispose: () => variables.clear() });
}

/** mlflow/environment_variables.py: what its client uses where nothing else names a server. */
const variable = "MLFLOW_TRACKING_URI";

function isUpMlflow({ saved, status }: ShownTunnel): boolean {
  return saved.kind === "mlflow" && status?.state.state === "up";
}

function latest(tunnels: readonly ShownTunnel[]): ShownTunnel | undefined {
  return tunnels.toSorted((a, b) => (b.status?.upSince ?? 0) - (a.status?.upSince ?? 0))[0];
}
