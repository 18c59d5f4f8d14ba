import * as vscode from "vscode";
import { message } from "../../core/message.ts";
import { asTunnelError, type TunnelErrorCode } from "../../tunnel/error.ts";
import type { Failure } from "../../tunnel/status.ts";
import { localized } from "../localized.ts";
import { type Log, logBug } from "../log.ts";

/** What a failure's button can do; absent where it makes no sense for what failed. */
export type Ways = {
  tryAgain?(): unknown;
  /** The same with the system's ssh. */
  useSystemSsh?(): unknown;
  /** Asks for another server of the host. */
  chooseServer?(): unknown;
};

/**
 * Runs something a user asked for; what fails is told once, and what they gave up themselves is not told at all.
 * Resolves with nothing in both cases.
 */
export async function telling<T>(log: Log, ways: Ways, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const failure = asTunnelError(error, "worker-crashed", message("Launch Guard has a fault."));
    if (failure.cause !== undefined) logBug(log, failure.message, failure.cause);
    // Not waited for: a notification stays until somebody closes it.
    void tellFailure({ code: failure.code, said: failure.said, advice: failure.advice }, log, ways);
    return undefined;
  }
}

/** One notification: what happened, what to do, and the button that does it. */
export async function tellFailure({ code, said, advice }: Failure, log: Log, ways: Ways): Promise<void> {
  if (code === "cancelled") return;
  const sentence = `${localized(said)} ${localized(advice)}`;
  log.warn(sentence);
  const buttons = [...actions(code, said.values, ways), { title: vscode.l10n.t("Show Log"), run: () => log.show() }];
  const titles = buttons.map(({ title }) => title);
  const chosen = await vscode.window.showErrorMessage(sentence, ...titles);
  await buttons.find(({ title }) => title === chosen)?.run();
}

type Button = { readonly title: string; run(): unknown };
type Values = Failure["said"]["values"];

function actions(code: TunnelErrorCode, values: Values, ways: Ways): Button[] {
  return [...copyCommand(values), ...openSettings(code, values), ...way(code, ways)];
}

/** `ssh-keygen -R …`, for the user to look at and run. */
function copyCommand({ command }: Values): Button[] {
  if (typeof command !== "string") return [];
  return [{ title: vscode.l10n.t("Copy Command"), run: () => vscode.env.clipboard.writeText(command) }];
}

/** A config that cannot be read is one that the setting names; a window of another machine lists that one's apart. */
function openSettings(code: TunnelErrorCode, { file }: Values): Button[] {
  if (code !== "config-unreadable" || file === undefined) return [];
  const which = vscode.env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
  const query = "launchGuard.tunnels.sshConfigFile";
  const open = () => vscode.commands.executeCommand(`workbench.action.${which}`, { query });
  return [{ title: vscode.l10n.t("Open Settings"), run: open }];
}

const systemSsh: readonly TunnelErrorCode[] = ["no-common-algorithm", "host-key-authority-only"];
const otherServer: readonly TunnelErrorCode[] = ["nothing-listens", "service-silent", "other-node"];
/** Trying again meets the same answer: the host has to change, or the user's files. */
const final: readonly TunnelErrorCode[] = ["host-key-changed", "host-key-revoked", "bad-request", "host-key-unknown"];

function way(code: TunnelErrorCode, ways: Ways): Button[] {
  if (systemSsh.includes(code)) return button(vscode.l10n.t("Use the System's ssh"), ways.useSystemSsh);
  const choose = otherServer.includes(code) ? button(vscode.l10n.t("Choose a Server"), ways.chooseServer) : [];
  return final.includes(code) ? choose : [...button(vscode.l10n.t("Try Again"), ways.tryAgain), ...choose];
}

function button(title: string, run: (() => unknown) | undefined): Button[] {
  return run ? [{ title, run }] : [];
}
