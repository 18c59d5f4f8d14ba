import * as vscode from "vscode";
import type { Edit } from "../core/text.ts";
import type { Project } from "./project.ts";

/** Edits of the engine, in whichever files they are, as the editor applies them: all of them or none. */
export function workspaceEdit(edits: readonly Edit[], project: Project): vscode.WorkspaceEdit {
  const result = new vscode.WorkspaceEdit();
  for (const edit of edits) result.replace(project.files.uriOf(edit.path), project.range(edit), edit.text);
  return result;
}

/** One insertion that leaves the cursor inside of what it inserts. */
export function typingEdit({ text, ...place }: Edit, cursor: number, project: Project): vscode.WorkspaceEdit {
  const before = text.slice(0, cursor - place.start);
  const snippet = new vscode.SnippetString().appendText(before).appendTabstop(0).appendText(text.slice(before.length));
  const result = new vscode.WorkspaceEdit();
  result.set(project.files.uriOf(place.path), [vscode.SnippetTextEdit.replace(project.range(place), snippet)]);
  return result;
}
