import type {
  Jupyter,
  JupyterServer,
  JupyterServerCommand,
  JupyterServerCommandProvider,
  JupyterServerProvider,
} from "@vscode/jupyter-extension";
import * as vscode from "vscode";
import { message } from "../../core/message.ts";
import { TunnelError } from "../../tunnel/error.ts";
import { localized } from "../localized.ts";
import { type Log, logBug } from "../log.ts";
import type { Desk } from "./desk.ts";
import { openTunnel } from "./open-tunnel.ts";
import { startRemote } from "./start-remote.ts";
import type { ShownTunnel, Tunnels } from "./tunnels.ts";
import { urlOf } from "./words.ts";

/** What notebooks are made with that Jupyter's kernel picker is for. */
const notebookTypes = ["jupyter-notebook", "interactive"];

/**
 * The saved tunnels to Jupyter as servers in the notebook's kernel picker. Nothing happens before a notebook is open,
 * because the collection starts the Jupyter extension; without that extension nothing happens at all. In a remote
 * window it runs on the other side, where our loopback is not, so it is not asked.
 */
export function offerJupyterServers(desk: Desk, isRemote = vscode.env.remoteName !== undefined): vscode.Disposable {
  if (isRemote) return vscode.Disposable.from();
  const parts: vscode.Disposable[] = [];
  let offered = false;

  async function offer(): Promise<void> {
    const extension = vscode.extensions.getExtension<Jupyter>("ms-toolsai.jupyter");
    if (offered || !extension || !vscode.workspace.notebookDocuments.some(isJupyter)) return;
    offered = true;
    const jupyter = await extension.activate();
    parts.push(collectionIn(jupyter, desk));
  }

  const tryToOffer = () => void offer().catch((error) => failed(desk.log, error));
  tryToOffer();
  parts.push(vscode.workspace.onDidOpenNotebookDocument(tryToOffer), vscode.extensions.onDidChange(tryToOffer));
  return { dispose: () => vscode.Disposable.from(...parts).dispose() };
}

function isJupyter({ notebookType }: vscode.NotebookDocument): boolean {
  return notebookTypes.includes(notebookType);
}

function failed(log: Log, error: unknown): void {
  logBug(log, "The Jupyter extension did not take our servers.", error);
}

function collectionIn(jupyter: Jupyter, desk: Desk): vscode.Disposable {
  const { tunnels } = desk;
  const changed = new vscode.EventEmitter<void>();
  // Both ids are kept by Jupyter with the notebook, so neither may ever change.
  const collection = jupyter.createJupyterServerCollection(
    "launchGuard.tunnels",
    vscode.l10n.t("Jupyter servers through Launch Guard tunnels"),
    servers(desk, changed.event),
  );
  collection.commandProvider = commands(desk);
  return vscode.Disposable.from(
    collection,
    changed,
    tunnels.onDidChange(() => changed.fire()),
  );
}

/**
 * Servers are listed without `connectionInformation`, also when their tunnel is down: with it, Jupyter would not call
 * `resolveJupyterServer`, which is where the tunnel is opened or repaired (vscode-jupyter 3d24702e0,
 * jupyterConnection.ts); and one that is not listed is forgotten as the notebook's last kernel.
 */
function servers({ tunnels, attention }: Desk, onDidChangeServers: vscode.Event<void>): JupyterServerProvider {
  return {
    onDidChangeServers,
    provideJupyterServers: () => tunnels.all().filter(isToJupyter).map(listed),
    async resolveJupyterServer({ id }, token) {
      const tunnel = tunnels.find(id);
      if (!tunnel) throw new Error(vscode.l10n.t("This tunnel was forgotten. Choose another server."));
      const open = () => resolved(tunnel, tunnels, signalOf(token));
      // Who looks on is told by Jupyter what failed, and not by us as well.
      return vscode.window.state.focused ? attention.during(open) : open();
    },
  };
}

function isToJupyter({ saved }: ShownTunnel): boolean {
  return saved.kind === "jupyter";
}

function listed({ saved: { id, name } }: ShownTunnel): JupyterServer {
  return { id, label: name };
}

async function resolved({ saved }: ShownTunnel, tunnels: Tunnels, signal: AbortSignal): Promise<JupyterServer> {
  try {
    const status = await tunnels.open(saved, signal);
    if (status.state.state !== "up") throw notUp(status.state);
    const baseUrl = vscode.Uri.parse(urlOf(status.localPort, saved.basePath));
    const token = saved.server && (await tunnels.service.token({ host: saved.host, server: saved.server }, signal));
    // Jupyter adds the header to websockets only for its own servers, and the token only where there is no header.
    const login = token ? { token, headers: { Authorization: `token ${token}` } } : {};
    return { id: saved.id, label: saved.name, connectionInformation: { baseUrl, ...login } };
  } catch (error) {
    if (!(error instanceof TunnelError)) throw error;
    if (error.code === "cancelled") throw new vscode.CancellationError();
    throw new Error(`${localized(error.said)} ${localized(error.advice)}`);
  }
}

function notUp(state: NonNullable<ShownTunnel["status"]>["state"]): TunnelError {
  if ("because" in state) return new TunnelError(state.because.code, state.because.said);
  return new TunnelError("connection-lost", message("The tunnel is not up yet."));
}

/** *Connect to a host…* and *Start Jupyter on a host…*, inside the kernel picker. */
function commands(desk: Desk): JupyterServerCommandProvider {
  const connect = { label: vscode.l10n.t("Connect to a host…"), description: vscode.l10n.t("through an SSH tunnel") };
  const start = { label: vscode.l10n.t("Start Jupyter on a host…"), description: vscode.l10n.t("on its loopback") };

  // The notebook is where the server is wanted, not a browser.
  const quiet: Desk = { ...desk, opened: async () => undefined };

  async function run({ label }: JupyterServerCommand): Promise<ShownTunnel | "back" | "cancel"> {
    if (label === start.label) return startRemote(quiet, "jupyter", { canGoBack: true });
    return openTunnel(quiet, { kind: "jupyter", canGoBack: true });
  }

  return {
    provideCommands: () => [connect, start],
    async handleCommand(command) {
      const tunnel = await run(command);
      if (tunnel === "back") return undefined;
      if (tunnel === "cancel") throw new vscode.CancellationError();
      return isToJupyter(tunnel) ? listed(tunnel) : undefined;
    },
  };
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
