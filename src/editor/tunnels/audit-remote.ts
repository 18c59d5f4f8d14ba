import * as vscode from "vscode";
import type { Audit, AuditedServer } from "../../tunnel/audit/audit.ts";
import { targetText } from "../../tunnel/target.ts";
import { localized } from "../localized.ts";
import type { Desk } from "./desk.ts";
import { telling } from "./failures.ts";
import { pickHost } from "./hosts.ts";
import { withProgress } from "./pick.ts";
import { literal, serviceName } from "./words.ts";

/** What listens on a host and who can reach it, as a page to read. The host is asked for unless it is known. */
export async function auditRemoteHost(desk: Desk, known?: string): Promise<void> {
  const ways = { tryAgain: () => auditRemoteHost(desk, known) };
  await desk.attention.during(() =>
    telling(desk.log, ways, async () => {
      const step = { title: vscode.l10n.t("Audit a Remote Host"), steps: 1 };
      const picked = known === undefined ? await pickHost(desk.tunnels, step) : { value: known };
      if (typeof picked !== "object") return;
      const host = picked.value;
      const title = vscode.l10n.t("Looking at what listens on {host}…", { host });
      const audit = await withProgress(title, (signal) => desk.tunnels.service.audit({ host }, signal));
      const content = pageOf(host, audit);
      const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
      await vscode.commands.executeCommand("markdown.showPreview", document.uri);
    }),
  );
}

function pageOf(host: string, { machine, servers, others, limits }: Audit): string {
  return [
    `# ${vscode.l10n.t("What listens on {host}", { host })}`,
    literal(machine.hostname),
    servers.length === 0 ? vscode.l10n.t("No ML server was found.") : "",
    ...servers.map(serverPart),
    ...(others.length === 0 ? [] : [`## ${vscode.l10n.t("What else the network can reach")}`]),
    others.map(({ target, process }) => `- ${literal(targetText(target))} ${literal(process ?? "")}`).join("\n"),
    ...limits.map((limit) => `> ${localized(limit)}`),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function serverPart({ server, findings }: AuditedServer): string {
  const heading = `## ${serviceName(server.kind)} · ${literal(targetText(server.target))}`;
  if (findings.length === 0) return `${heading}\n\n${vscode.l10n.t("Nothing to say against it.")}`;
  return [
    heading,
    ...findings.map(({ severity, rule, message }) => `- **${severity}** ${localized(message)} (${rule})`),
  ].join("\n\n");
}
