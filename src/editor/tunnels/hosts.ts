import * as vscode from "vscode";
import type { ConfigProblem, HostList } from "../../tunnel/host/host.ts";
import { localized } from "../localized.ts";
import { type Leave, type PickItem, pickOne, type Step, section } from "./pick.ts";
import type { Tunnels } from "./tunnels.ts";

/** What OpenSSH takes for a destination, and nothing that it could take for an option. */
const destination = /^(?!-)[\w.:@%[\]-]+$/;

/** Asks for a host: recent ones first, then those of the ssh config, or one that is typed. */
export async function pickHost(
  tunnels: Tunnels,
  step: Omit<Step, "step">,
): Promise<{ readonly value: string } | Leave> {
  const known = new Set<string>();
  async function find(): Promise<PickItem<string | ConfigProblem>[]> {
    const list = await tunnels.service.hosts({}, new AbortController().signal);
    for (const { name } of list.hosts) known.add(name);
    return hostItems(list, recentHosts(tunnels));
  }

  const picked = await pickOne<string | ConfigProblem>({
    ...step,
    step: 1,
    placeholder: vscode.l10n.t("Choose a host, or type user@host"),
    items: find(),
    typed(text) {
      if (!destination.test(text) || known.has(text)) return undefined;
      return { label: `$(add) ${vscode.l10n.t("Connect to this host")}`, description: text, value: text };
    },
  });
  if (typeof picked === "string") return picked;
  const { value } = picked;
  if (typeof value === "string") return { value };
  await showProblem(value);
  return "cancel";
}

/** A line of the config that was not understood is chosen to be looked at. */
async function showProblem({ file, line }: ConfigProblem): Promise<void> {
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(at, at) });
}

function recentHosts(tunnels: Tunnels): string[] {
  return [...new Set(tunnels.all().map(({ saved }) => saved.host))].reverse();
}

function hostItems({ hosts, problems }: HostList, recent: readonly string[]): PickItem<string | ConfigProblem>[] {
  const listed = hosts.filter(({ name }) => !recent.includes(name));
  const address = (name: string) => {
    const { user, hostname } = hosts.find((host) => host.name === name) ?? {};
    return [user, hostname].filter((part) => part !== undefined).join("@");
  };
  return [
    ...section(
      vscode.l10n.t("recent"),
      recent.map((name) => ({ label: `$(history) ${name}`, description: address(name), value: name })),
    ),
    ...section(
      vscode.l10n.t("from your ssh config"),
      listed.map(({ name }) => ({ label: `$(vm) ${name}`, description: address(name), value: name })),
    ),
    ...section(
      vscode.l10n.t("not understood"),
      problems.map((problem) => ({
        label: `$(warning) ${problem.file}:${problem.line}`,
        description: localized(problem.said),
        value: problem,
      })),
    ),
    ...(hosts.length + recent.length > 0
      ? []
      : [{ label: vscode.l10n.t("No host is named in your ssh config. Type user@host.") }]),
  ];
}
