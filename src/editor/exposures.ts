import * as vscode from "vscode";
import { itemOf } from "./exposures-items.ts";
import { childrenOf, countOf, type ExposureNode, exposuresTree } from "./exposures-tree.ts";
import type { Linter } from "./linter.ts";

export type Exposures = vscode.Disposable & {
  /** After something else than a change of a file: a scan. */
  refresh(): void;
  /** Shows something else than findings above them; its rows are the view's own items. */
  add(section: Section): vscode.Disposable;
};

/** A part of the view: a row that is there while there is something below it. */
export type Section = {
  readonly onDidChange: vscode.Event<void>;
  root(): vscode.TreeItem | undefined;
  rows(): vscode.TreeItem[];
};

type Node = ExposureNode | vscode.TreeItem;

/** The *Exposures* view: what the editor's list of problems says in our name, for the whole workspace, the worst first. */
export function showExposures(linter: Linter, look: (token: vscode.CancellationToken) => Promise<void>): Exposures {
  const changed = new vscode.EventEmitter<void>();
  const closing = new vscode.CancellationTokenSource();
  let looked: Promise<void> | undefined;

  const sections: Section[] = [];

  const view = vscode.window.createTreeView<Node>("launchGuard.exposures", {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      // Asked only while the view is on the screen, so nobody waits for a scan that they do not look at.
      async getChildren(node) {
        if (node instanceof vscode.TreeItem) return sections.find((each) => each.root()?.id === node.id)?.rows() ?? [];
        if (node) return [...childrenOf(node)];
        looked ??= look(closing.token);
        await looked;
        const tree = exposuresTree(linter.shown());
        view.description = countText(tree.reduce((sum, node) => sum + countOf(node), 0));
        return [...sections.flatMap((section) => section.root() ?? []), ...tree];
      },
      getTreeItem: (node) => (node instanceof vscode.TreeItem ? node : itemOf(node)),
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
    add(section) {
      sections.push(section);
      refresh();
      return section.onDidChange(refresh);
    },
    dispose: vscode.Disposable.from(end, closing, view, changed, folders, linter.onDidShow(refresh)).dispose,
  };
}

function countText(count: number): string {
  return count === 1 ? vscode.l10n.t("1 problem") : vscode.l10n.t("{count} problems", { count });
}
