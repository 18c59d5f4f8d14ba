import * as vscode from "vscode";
import type { ShownTunnel } from "./tunnels.ts";
import { urlOf } from "./words.ts";

/** Where an address is opened: the system's browser, the editor's own, or nowhere. */
export type OpenIn = "browser" | "simpleBrowser" | "none";

/** Opens a tunnel's address. Never with a token in it: addresses stay in histories and logs. */
export async function openInBrowser({ saved, status }: ShownTunnel, where: OpenIn = "browser"): Promise<void> {
  if (!status || where === "none") return;
  const url = vscode.Uri.parse(urlOf(status.localPort, saved.basePath));
  if (where === "browser") await vscode.env.openExternal(url);
  else await vscode.commands.executeCommand("simpleBrowser.show", url.toString());
}
