import * as vscode from "vscode";
import { type Message, render } from "../core/message.ts";

/** A sentence of the engine in the language of the editor. */
export function localized(message: Message): string {
  return render(message, (template) => vscode.l10n.t(template));
}
