import * as vscode from "vscode";
import type { Desk } from "./desk.ts";
import { telling } from "./failures.ts";
import type { SavedTunnel } from "./saved-tunnel.ts";
import type { ShownTunnel } from "./tunnels.ts";
import { urlOf } from "./words.ts";

/** Where an address is opened: the system's browser, the editor's own, or nowhere. */
export type OpenIn = "browser" | "simpleBrowser" | "none";

/** Opens a tunnel's address. Never with a token in it: addresses stay in histories and logs. */
export async function openInBrowser(desk: Desk, { saved, status }: ShownTunnel, where: OpenIn): Promise<void> {
  if (!status || where === "none") return;
  const url = vscode.Uri.parse(urlOf(status.localPort, saved.basePath));
  // The guard before a service lets no page of another site show it, and the Simple Browser is one.
  const inside = where === "simpleBrowser" && !status.guarded;
  if (inside) await vscode.commands.executeCommand("simpleBrowser.show", url.toString());
  else await vscode.env.openExternal(url);
  void offerToken(desk, saved);
}

/** Jupyter's page asks for a token, which stands in a file on the host. It is read only for who wants it. */
async function offerToken(desk: Desk, { host, engine, kind, server, name }: SavedTunnel): Promise<void> {
  if (kind !== "jupyter" || server === undefined) return;
  const copy = vscode.l10n.t("Copy Token");
  const question = vscode.l10n.t("{name} may ask for its token.", { name });
  if ((await vscode.window.showInformationMessage(question, copy)) !== copy) return;
  await desk.attention.during(() =>
    telling(desk.log, {}, async () => {
      const request = { host, server, ...(engine && { engine }) };
      const token = await desk.tunnels.service.token(request, new AbortController().signal);
      if (token !== undefined) await vscode.env.clipboard.writeText(token);
      else void vscode.window.showInformationMessage(vscode.l10n.t("{name} has no token.", { name }));
    }),
  );
}
