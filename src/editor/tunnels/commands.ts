import * as vscode from "vscode";
import type { Commands, TunnelCommandId } from "../commands.ts";
import { type Here, whatListensHere } from "../machine/what-listens.ts";
import { auditRemoteHost } from "./audit-remote.ts";
import type { Desk } from "./desk.ts";
import { telling } from "./failures.ts";
import { forgetTrustedHost } from "./forget-trusted.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { openSaved, reconnect, used } from "./open-saved.ts";
import { openTunnel } from "./open-tunnel.ts";
import { askText, pickOne } from "./pick.ts";
import { reachThroughTunnel } from "./reach-through-tunnel.ts";
import { startRemote } from "./start-remote.ts";
import type { TrustedHosts } from "./trusted-hosts.ts";
import type { ShownTunnel } from "./tunnels.ts";
import { stateText, urlOf } from "./words.ts";

/** Everything a person can do with tunnels. */
export function tunnelCommands(desk: Desk, trusted: TrustedHosts, here: Here): Commands<TunnelCommandId> {
  const { tunnels, log } = desk;

  /** Does something with the tunnel of a menu, or with the one that is picked from those that `suits` leaves. */
  function withTunnel(
    placeholder: string,
    suits: (tunnel: ShownTunnel) => boolean,
    act: (tunnel: ShownTunnel) => unknown,
  ): (...given: readonly unknown[]) => Promise<unknown> {
    return async (id) => {
      const tunnel =
        typeof id === "string" ? tunnels.find(id) : await pickTunnel(tunnels.all().filter(suits), placeholder);
      return tunnel && telling(log, {}, async () => act(tunnel));
    };
  }

  return {
    "launchGuard.openTunnel": (known, edit) =>
      typeof known === "string" ? openTunnel(desk, { host: known }) : reachThroughTunnel(desk, known, edit),
    "launchGuard.startRemoteJupyter": () => startRemote(desk, "jupyter"),
    "launchGuard.startRemoteMlflow": () => startRemote(desk, "mlflow"),
    "launchGuard.startRemoteTensorboard": () => startRemote(desk, "tensorboard"),
    "launchGuard.reconnectTunnel": withTunnel(vscode.l10n.t("Reconnect which tunnel?"), isNotUp, (tunnel) =>
      tunnel.status ? reconnect(desk, tunnel) : openSaved(desk, tunnel.saved),
    ),
    "launchGuard.stopTunnel": withTunnel(vscode.l10n.t("Stop which tunnel?"), isOpen, ({ saved }) =>
      tunnels.stop(saved.id),
    ),
    "launchGuard.stopAllTunnels": () =>
      telling(log, {}, () =>
        Promise.all(
          tunnels
            .all()
            .filter(isOurs)
            .map(({ saved }) => tunnels.stop(saved.id)),
        ),
      ),
    "launchGuard.restartTunnel": withTunnel(vscode.l10n.t("Restart which tunnel?"), isOpen, async ({ saved }) => {
      await tunnels.stop(saved.id);
      await openSaved(desk, saved);
    }),
    "launchGuard.copyTunnelUrl": withTunnel(vscode.l10n.t("Copy the URL of which tunnel?"), isOpen, async (tunnel) =>
      copyUrl(await used(desk, tunnel)),
    ),
    "launchGuard.openInBrowser": withTunnel(vscode.l10n.t("Open which tunnel?"), isOpen, async (tunnel) =>
      openInBrowser(desk, await used(desk, tunnel), "browser"),
    ),
    "launchGuard.renameTunnel": withTunnel(vscode.l10n.t("Rename which tunnel?"), any, async ({ saved }) => {
      const prompt = vscode.l10n.t("The new name of {name}.", { name: saved.name });
      const name = await askText({ title: vscode.l10n.t("Rename"), step: 1, steps: 1, prompt, value: saved.name });
      if (typeof name === "object") await tunnels.rename(saved.id, name.value);
    }),
    "launchGuard.forgetTunnel": withTunnel(vscode.l10n.t("Forget which tunnel?"), any, ({ saved }) =>
      tunnels.forget(saved.id),
    ),
    "launchGuard.forgetTrustedHost": () => forgetTrustedHost(trusted),
    "launchGuard.auditRemoteHost": () => auditRemoteHost(desk),
    "launchGuard.whatListensHere": () => whatListensHere(desk, here),
    "launchGuard.copyOpenAiBaseUrl": withTunnel(vscode.l10n.t("Which vLLM server?"), isOpenVllm, copyOpenAiBaseUrl),
  };
}

async function pickTunnel(tunnels: readonly ShownTunnel[], placeholder: string): Promise<ShownTunnel | undefined> {
  if (tunnels.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("There is no tunnel that this could be done with."));
    return undefined;
  }
  const items = tunnels.map((tunnel) => ({
    label: tunnel.saved.name,
    description: stateText(tunnel),
    value: tunnel,
  }));
  const picked = await pickOne({ title: placeholder, step: 1, steps: 1, placeholder, items });
  return typeof picked === "object" ? picked.value : undefined;
}

const any = () => true;

function isOpen({ status }: ShownTunnel): boolean {
  return status !== undefined && status.state.state !== "stopped" && status.state.state !== "failed";
}

/** What another window holds is stopped there. */
function isOurs({ status }: ShownTunnel): boolean {
  return status?.elsewhere === false;
}

function isNotUp({ status }: ShownTunnel): boolean {
  return status?.state.state !== "up";
}

function isOpenVllm(tunnel: ShownTunnel): boolean {
  return isOpen(tunnel) && tunnel.saved.kind === "vllm";
}

async function copyUrl({ saved, status }: ShownTunnel): Promise<void> {
  if (status) await copied(urlOf(status.localPort, saved.basePath));
}

/** vLLM answers as OpenAI's API under /v1 (vllm/entrypoints/openai/api_server.py). */
async function copyOpenAiBaseUrl({ status }: ShownTunnel): Promise<void> {
  if (status) await copied(`OPENAI_BASE_URL=${urlOf(status.localPort, "/v1")}`);
}

async function copied(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {text}", { text }), 3000);
}
