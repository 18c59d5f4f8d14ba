import * as vscode from "vscode";

/** What a part of ours has to say in the status bar. */
export type Status = {
  /** With icons, such as `$(plug) 2`. */
  readonly text: string;
  readonly tooltip: string;
  /** What a click does. */
  readonly command: string;
  readonly isError?: boolean;
};

/** The one item of ours in the status bar, which several parts share; it is there while one of them has a word to say. */
export type StatusItem = vscode.Disposable & { show(part: "exposures" | "tunnels", status: Status | undefined): void };

export function openStatusItem(): StatusItem {
  const item = vscode.window.createStatusBarItem("launchGuard", vscode.StatusBarAlignment.Left);
  const parts = new Map<string, Status>();
  item.name = "Launch Guard";
  return {
    show(part, status) {
      if (status) parts.set(part, status);
      else parts.delete(part);
      // What others can reach comes before what is ours.
      const shown = ["exposures", "tunnels"].flatMap((name) => parts.get(name) ?? []);
      const [first] = shown;
      if (!first) {
        item.hide();
        return;
      }
      const label = shown.map(({ tooltip }) => tooltip).join("\n");
      item.text = shown.map(({ text }) => text).join("  ");
      item.tooltip = label;
      item.accessibilityInformation = { label };
      item.command = first.command;
      const isError = shown.some((each) => each.isError);
      item.backgroundColor = isError ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
      item.show();
    },
    dispose: () => item.dispose(),
  };
}
