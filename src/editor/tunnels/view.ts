import * as vscode from "vscode";
import { targetText } from "../../tunnel/target.ts";
import type { CommandId } from "../commands.ts";
import { localized } from "../localized.ts";
import { contextOf, tellMenus } from "./context.ts";
import { iconOf } from "./icons.ts";
import type { ShownTunnel, Tunnels } from "./tunnels.ts";
import { literal, serviceOf, since, size, stateText, urlOf } from "./words.ts";

/** How often uptime and traffic of what is on the screen are brought up to date. */
const refreshMs = 5000;

/** The *Tunnels* view: what is saved, in the state it really has, and a badge only for what is broken. */
export function showTunnels(tunnels: Tunnels, extension: vscode.Uri, showsTraffic: () => boolean): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<string> = {
    onDidChangeTreeData: changed.event,
    getChildren: (parent) => (parent === undefined ? tunnels.all().map(({ saved }) => saved.id) : []),
    getTreeItem(id) {
      const tunnel = tunnels.find(id);
      return tunnel ? itemOf(tunnel, extension, showsTraffic()) : new vscode.TreeItem("");
    },
  };
  const view = vscode.window.createTreeView("launchGuard.tunnels", { treeDataProvider: provider });

  function update(): void {
    const all = tunnels.all();
    const broken = all.filter(({ status }) => status?.state.state === "failed").length;
    tellMenus(all);
    view.badge = broken === 0 ? undefined : { value: broken, tooltip: brokenText(broken) };
    changed.fire();
  }

  const clock = setInterval(() => {
    if (view.visible && tunnels.all().some(({ status }) => status?.upSince !== undefined)) changed.fire();
  }, refreshMs);
  update();
  return vscode.Disposable.from(view, changed, tunnels.onDidChange(update), { dispose: () => clearInterval(clock) });
}

function brokenText(count: number): string {
  if (count === 1) return vscode.l10n.t("1 tunnel is broken");
  return vscode.l10n.t("{count} tunnels are broken", { count });
}

/** One row. Its text says everything that its icon does, for those who hear it. */
function itemOf(tunnel: ShownTunnel, extension: vscode.Uri, showsTraffic: boolean): vscode.TreeItem {
  const { saved } = tunnel;
  const item = new vscode.TreeItem(saved.name);
  item.id = saved.id;
  item.description = facts(tunnel, showsTraffic).join(" · ");
  item.iconPath = iconOf(tunnel, extension);
  item.contextValue = contextOf(tunnel);
  item.tooltip = tooltipOf(tunnel);
  item.accessibilityInformation = { label: spoken(tunnel) };
  const open: CommandId = "launchGuard.reconnectTunnel";
  if (isClosed(tunnel)) item.command = { command: open, title: vscode.l10n.t("Reconnect"), arguments: [saved.id] };
  return item;
}

function isClosed({ status }: ShownTunnel): boolean {
  return status === undefined || status.state.state === "stopped";
}

function spoken(tunnel: ShownTunnel): string {
  const { saved, status } = tunnel;
  const place = vscode.l10n.t("{service} on {host}", { service: serviceOf(saved), host: saved.host });
  const here = status && !isClosed(tunnel) ? [`127.0.0.1:${status.localPort}`] : [];
  return [saved.name, stateText(tunnel), place, ...here].join(", ");
}

function facts(tunnel: ShownTunnel, showsTraffic: boolean): string[] {
  const { saved, status } = tunnel;
  // The name that a tunnel is given says both.
  const what = [serviceOf(saved), saved.host].filter((fact) => !saved.name.includes(fact));
  if (!status || isClosed(tunnel)) return [...what, stateText(tunnel)];
  const { state, localPort, upSince, bytes, elsewhere } = status;
  const here = `127.0.0.1:${localPort}`;
  // Where the view is narrow the end is not seen, and of what is not up the state says more than the address.
  const place =
    state.state === "up"
      ? [here, upSince === undefined ? stateText(tunnel) : since(upSince)]
      : [stateText(tunnel), here];
  const traffic = showsTraffic && upSince !== undefined ? [`↓ ${size(bytes.down)} ↑ ${size(bytes.up)}`] : [];
  const other = elsewhere ? [vscode.l10n.t("another window")] : [];
  return [...what, ...place, ...traffic, ...other];
}

function tooltipOf(tunnel: ShownTunnel): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendText(`${tunnel.saved.name}\n`);
  for (const [label, value] of details(tunnel)) {
    text.appendMarkdown("\n- ");
    text.appendText(`${label}: `);
    text.appendMarkdown(value);
  }
  return text;
}

/** What there is to say of it, in Markdown. Names stand as code, where `aes128-gcm@openssh.com` is no address of mail. */
function details(tunnel: ShownTunnel): (readonly [string, string])[] {
  const { saved, status } = tunnel;
  const peer = status?.peer;
  const because = status && "because" in status.state ? status.state.because : undefined;
  const rows: (readonly [string, string | undefined])[] = [
    [vscode.l10n.t("State"), plain(stateText(tunnel))],
    [vscode.l10n.t("Reason"), because && plain(`${localized(because.said)} ${localized(because.advice)}`)],
    [vscode.l10n.t("Here"), status && plain(urlOf(status.localPort, saved.basePath))],
    [vscode.l10n.t("There"), literal(`${saved.host} → ${targetText(saved.target)}`)],
    [vscode.l10n.t("Folder"), saved.folder && literal(saved.folder)],
    [vscode.l10n.t("Host key"), peer?.fingerprint && literal(`${peer.keyType} ${peer.fingerprint}`)],
    [vscode.l10n.t("Engine"), peer && plain(peer.engine === "ssh2" ? "ssh2" : vscode.l10n.t("the system's ssh"))],
    [vscode.l10n.t("Chosen because"), peer?.because && plain(localized(peer.because))],
    [vscode.l10n.t("Cipher"), peer?.cipher && literal(peer.cipher)],
    [vscode.l10n.t("By way of"), peer && literal(peer.hops.slice(0, -1).join(" → "))],
    [vscode.l10n.t("Guard"), status?.guarded ? plain(vscode.l10n.t("web pages of other sites are kept out")) : ""],
  ];
  return rows.flatMap(([label, value]) => (value ? [[label, value] as const] : []));
}

function plain(text: string): string {
  return new vscode.MarkdownString().appendText(text).value;
}
