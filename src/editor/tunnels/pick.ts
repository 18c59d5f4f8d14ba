import * as vscode from "vscode";

/** The user went back, or gave up. */
export type Leave = "back" | "cancel";

export type PickItem<V> = vscode.QuickPickItem & { readonly value?: V };

export type PickOptions<V> = {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly steps: number;
  readonly placeholder: string;
  readonly items: readonly PickItem<V>[];
  /** An item for what was typed and is none of the others. */
  typed?(text: string): PickItem<V> | undefined;
};

/** One step of a multi-step quick pick. Settles with the chosen value or with how the user left. */
export function pickOne<V>(options: PickOptions<V>): Promise<{ readonly value: V } | Leave> {
  const box = vscode.window.createQuickPick<PickItem<V>>();
  box.title = options.title;
  box.step = options.step;
  box.totalSteps = options.steps;
  box.placeholder = options.placeholder;
  box.ignoreFocusOut = true;
  box.matchOnDescription = true;
  box.buttons = options.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  box.items = options.items;
  box.onDidChangeValue((text) => {
    const typed = text.trim() === "" ? undefined : options.typed?.(text.trim());
    box.items = typed ? [...options.items, { ...typed, alwaysShow: true }] : options.items;
  });
  return new Promise<{ readonly value: V } | Leave>((resolve) => {
    box.onDidTriggerButton(() => resolve("back"));
    box.onDidHide(() => resolve("cancel"));
    box.onDidAccept(() => {
      const value = box.selectedItems[0]?.value;
      if (value !== undefined) resolve({ value });
    });
    box.show();
  }).finally(() => box.dispose());
}

/** Items under a heading; nothing where there are none. */
export function section<V>(label: string, items: readonly PickItem<V>[]): PickItem<V>[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

/** Work that takes time, with its name in a notification from the first moment, and a button that gives it up. */
export async function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (_, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return work(controller.signal);
  });
}
