import * as vscode from "vscode";
import { itemOf } from "./exposures-items.ts";
import { childrenOf, countOf, type ExposureNode, exposuresTree } from "./exposures-tree.ts";
import type { Linter } from "./linter.ts";

export type Exposures = vscode.Disposable & {
  /** After something else than a change of a file: a scan. */
  refresh(): void;
};

/** The *Exposures* view: what the editor's list of problems says in our name, for the whole workspace, the worst first. */
export function showExposures(linter: Linter, look: (token: vscode.CancellationToken) => Promise<void>): Exposures {
  const changed = new vscode.EventEmitter<void>();
  const closing = new vscode.CancellationTokenSource();
  let looked: Promise<void> | undefined;

  const view = vscode.window.createTreeView<ExposureNode>("launchGuard.exposures", {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      // Asked only while the view is on the screen, so nobody waits for a scan that they do not look at.
      async getChildren(node) {
        if (node) return [...childrenOf(node)];
        looked ??= look(closing.token);
        await looked;
        const tree = exposuresTree(linter.shown());
        view.description = countText(tree.reduce((sum, node) => sum + countOf(node), 0));
        return tree;
      },
      getTreeItem: itemOf,
    },
  });

  const refresh = () => changed.fire();
  const folders = vscode.workspace.onDidChangeWorkspaceFolders(() => {
    looked = undefined;
    refresh();
  });
  const end = { dispose: () => closing.cancel() };
  return {
    refresh,
    dispose: vscode.Disposable.from(end, closing, view, changed, folders, linter.onDidShow(refresh)).dispose,
  };
}

function countText(count: number): string {
  return count === 1 ? vscode.l10n.t("1 problem") : vscode.l10n.t("{count} problems", { count });
}
