import * as vscode from "vscode";

/** The user went back, or gave up. */
export type Leave = "back" | "cancel";

export type PickItem<V> = Omit<vscode.QuickPickItem, "buttons"> & {
  readonly value?: V;
  readonly buttons?: readonly PickButton<V>[];
};

/** A button at the end of an item, which settles the question with a value of its own. */
export type PickButton<V> = vscode.QuickInputButton & { readonly value: V };

/** Where a question stands in a row of them. */
export type Step = {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly steps: number;
  /** Whether there is something to go back to; absent: from the second step on. */
  readonly canGoBack?: boolean;
};

export type PickOptions<V> = Step & {
  readonly placeholder: string;
  /** What takes time to find is shown as soon as it is there; the box is open and can be left before. */
  readonly items: readonly PickItem<V>[] | Promise<readonly PickItem<V>[]>;
  /**
   * An item for what was typed and is none of the others. It stands in its description: VS Code puts items whose label
   * matches first, and Enter has to take what begins like that rather than what is just that.
   */
  typed?(text: string): (PickItem<V> & { readonly description: string }) | undefined;
};

/** One step of a multi-step quick pick. Settles with the chosen value or with how the user left. */
export function pickOne<V>(options: PickOptions<V>): Promise<{ readonly value: V } | Leave> {
  const box = vscode.window.createQuickPick<PickItem<V>>();
  let found: readonly PickItem<V>[] | undefined;

  function list(): void {
    // An Enter tells VS Code's place of an item in the list, which would be another item once the rest has come.
    if (!found) return;
    const text = box.value.trim();
    const typed = text === "" ? undefined : options.typed?.(text);
    box.items = typed ? [...found, { ...typed, alwaysShow: true }] : found;
  }

  async function find(): Promise<void> {
    box.busy = true;
    found = await options.items;
    box.busy = false;
    list();
  }

  box.placeholder = options.placeholder;
  box.matchOnDescription = true;
  box.onDidChangeValue(list);
  return shown(
    box,
    options,
    () => box.selectedItems[0]?.value,
    (press) =>
      box.onDidTriggerItemButton(({ item, button }) => {
        const own = item.buttons?.find((each) => each === button);
        if (own) press(own.value);
      }),
    find(),
  );
}

/** One step in which something is typed. Enter on nothing but blanks does nothing. */
export function askText(
  options: Step & { readonly prompt: string; readonly value: string },
): Promise<{ readonly value: string } | Leave> {
  const box = vscode.window.createInputBox();
  box.prompt = options.prompt;
  box.value = options.value;
  return shown(box, options, () => box.value.trim() || undefined);
}

/** Shows a box until it has an answer, the user leaves, or what it shows cannot be found. */
function shown<V>(
  box: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  { title, step, steps, canGoBack = step > 1 }: Step,
  answer: () => V | undefined,
  onPressed: (press: (value: V) => void) => void = () => undefined,
  finding?: Promise<void>,
): Promise<{ readonly value: V } | Leave> {
  box.title = title;
  box.ignoreFocusOut = true;
  // A single question is no step.
  if (steps > 1) {
    box.step = step;
    box.totalSteps = steps;
  }
  box.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return new Promise<{ readonly value: V } | Leave>((resolve, reject) => {
    finding?.catch(reject);
    box.onDidTriggerButton(() => resolve("back"));
    box.onDidHide(() => resolve("cancel"));
    box.onDidAccept(() => {
      const value = answer();
      if (value !== undefined) resolve({ value });
    });
    onPressed((value) => resolve({ value }));
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
