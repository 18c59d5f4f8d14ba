import { isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import { type Environment, environmentOf } from "../../tunnel/environment.ts";
import type { EngineName } from "../../tunnel/link.ts";
import { startService } from "../../tunnel/worker/client.ts";
import type { Commands, TunnelCommandId } from "../commands.ts";
import type { Log } from "../log.ts";
import type { SafeLine } from "../machine/restart.ts";
import { type SettingReader, settingReader } from "../setting-reader.ts";
import type { StatusItem } from "../status-item.ts";
import { attention } from "./attention.ts";
import { tunnelCommands } from "./commands.ts";
import { withDefaultEngine } from "./default-engine.ts";
import type { Desk } from "./desk.ts";
import { tellFailure } from "./failures.ts";
import { offerJupyterServers } from "./jupyter.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { openSaved } from "./open-saved.ts";
import { tellOtherPort } from "./other-port.ts";
import { editorPrompts } from "./prompts.ts";
import { openSecrets } from "./secrets.ts";
import { type TunnelSettings, tunnelSettingsSchema } from "./settings.ts";
import { showStatusBar } from "./status-bar.ts";
import { openStore } from "./store.ts";
import { setTerminalVariables } from "./terminal-variables.ts";
import { openTrustedHosts } from "./trusted-hosts.ts";
import { startTunnels } from "./tunnels.ts";
import { showTunnels } from "./view.ts";

/** The tunnels of a window at work. Nothing connects until somebody asks, or has asked for it in the settings. */
export type TunnelSession = vscode.Disposable & { readonly commands: Commands<TunnelCommandId> };

/** `safeLine` corrects the command of a server that runs; see `Here`. */
export function startTunnelSession(
  context: vscode.ExtensionContext,
  status: StatusItem,
  log: Log,
  safeLine: SafeLine,
): TunnelSession {
  const { globalState, secrets, environmentVariableCollection } = context;
  const settings = settingReader(tunnelSettingsSchema, log);
  const asking = attention();
  const trusted = openTrustedHosts(globalState);
  const prompts = editorPrompts(asking, openSecrets(secrets), trusted);
  const tunnels = startTunnels(openStore(globalState), (onTunnel) => {
    const given = settings();
    const service = startService(environment(context, given), prompts, (level, line) => log[level](line), onTunnel, {
      keepaliveSeconds: given["tunnels.keepaliveSeconds"],
      reconnect: given["tunnels.reconnect"],
    });
    return withDefaultEngine(service, () => chosenEngine(settings()));
  });
  const desk: Desk = {
    tunnels,
    attention: asking,
    log,
    opened: (tunnel) => openInBrowser(desk, tunnel, settings()["tunnels.openIn"]),
  };
  const parts = vscode.Disposable.from(
    tunnels,
    showTunnels(tunnels, context.extensionUri, () => settings()["tunnels.showTraffic"]),
    showStatusBar(tunnels, status),
    setTerminalVariables(tunnels, environmentVariableCollection),
    offerJupyterServers(desk),
    tellBroken(desk),
    tellOtherPort(tunnels),
    followOtherWindows(desk),
  );
  autostart(desk, settings);
  return {
    commands: tunnelCommands(desk, trusted, { isElsewhere: isElsewhere(context), safeLine }),
    dispose: () => parts.dispose(),
  };
}

/** In a remote window the folders and terminals are on another machine, and we may run on this one. */
function isElsewhere({ extension }: vscode.ExtensionContext): boolean {
  return vscode.env.remoteName !== undefined && extension.extensionKind === vscode.ExtensionKind.UI;
}

/** The bundles of ours lie beside each other, wherever the extension is installed. */
function environment(context: vscode.ExtensionContext, settings: TunnelSettings): Environment {
  const given = settings["tunnels.sshConfigFile"];
  const usual = environmentOf(process, join(context.extensionUri.fsPath, "dist"));
  if (given === "") return usual;
  const file = given.startsWith("~/") ? join(usual.home, given.slice(2)) : given;
  return { ...usual, configFile: isAbsolute(file) ? file : join(usual.home, file) };
}

function chosenEngine({ "tunnels.engine": engine }: TunnelSettings): EngineName | undefined {
  return engine === "auto" ? undefined : engine;
}

/** What other windows do is found out when somebody comes to this one; from then on the worker tells. */
function followOtherWindows({ tunnels, log }: Desk): vscode.Disposable {
  const look = () => void tunnels.look().catch((error) => log.warn(`Cannot see other windows: ${String(error)}`));
  if (vscode.window.state.focused) look();
  return vscode.window.onDidChangeWindowState(({ focused }) => focused && look());
}

/** A tunnel that breaks by itself is told once, with what helps; while somebody waits for it, they are told there. */
function tellBroken(desk: Desk): vscode.Disposable {
  return desk.tunnels.onDidChangeState((tunnel) => {
    const state = tunnel.status?.state;
    if (state?.state !== "failed" || desk.attention.isWanted()) return;
    void tellFailure(state.because, desk.log, { tryAgain: () => openSaved(desk, tunnel.saved) });
  });
}

/** Opens what the user's own settings name. A workspace cannot set them. */
function autostart({ tunnels, log }: Desk, settings: SettingReader<TunnelSettings>): void {
  const names = settings()["tunnels.autostart"];
  for (const { saved } of tunnels.all().filter(({ saved }) => names.includes(saved.name)))
    tunnels.open(saved, new AbortController().signal).catch((error) => log.warn(`${saved.name}: ${String(error)}`));
}
