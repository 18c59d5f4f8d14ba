import { networkInterfaces } from "node:os";
import * as vscode from "vscode";
import type { Typed } from "../core/command/typed.ts";
import { sshRemoteOf } from "../editor/ssh-remote.ts";

/** The machine that the terminals of this window run on. */
export type Machine = {
  readonly on: Typed["on"];
  /** Whether this extension runs there too, so that its sockets can be seen from here. */
  readonly isHere: boolean;
  /** The host of a Remote - SSH window. */
  readonly sshHost?: string;
  /** Who can reach what listens on it, as a sentence. */
  whoReaches(): string;
};

/** What VS Code calls remotes that are containers. */
const containers: ReadonlySet<string> = new Set(["dev-container", "attached-container", "codespaces", "k8s-container"]);

export function thisMachine(context: Pick<vscode.ExtensionContext, "extension">): Machine {
  const { remoteName } = vscode.env;
  const isHere = remoteName === undefined || context.extension.extensionKind === vscode.ExtensionKind.Workspace;
  const on = remoteName !== undefined && containers.has(remoteName) ? "container" : "host";
  const sshHost = sshRemoteOf(vscode.workspace.workspaceFolders?.[0]?.uri.authority);
  return {
    on,
    isHere,
    ...(sshHost !== undefined && { sshHost }),
    whoReaches() {
      if (on === "container")
        return vscode.l10n.t(
          "It runs in the container of this window: others reach it by the ports that are published or forwarded.",
        );
      if (sshHost !== undefined)
        return vscode.l10n.t("It runs on {host}: everyone on the networks of that machine reaches it.", {
          host: sshHost,
        });
      return isHere
        ? onThisMachine()
        : vscode.l10n.t("It runs on the remote machine of this window: everyone on its networks reaches it.");
    },
  };
}

/** The addresses are those of now; a laptop has others in the next network. */
function onThisMachine(): string {
  const [first, ...more] = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => address);
  if (first === undefined)
    return vscode.l10n.t("This machine is on no network now; once it is, everyone there reaches it.");
  if (more.length === 0)
    return vscode.l10n.t("This machine is {address} on its network: everyone there reaches it.", { address: first });
  return vscode.l10n.t("This machine is on several networks, as {address} among others: everyone there reaches it.", {
    address: first,
  });
}
