import * as vscode from "vscode";
import type {
  Hop,
  HostKeyAnswer,
  HostKeyQuestion,
  InteractiveQuestion,
  Prompts,
  SecretQuestion,
} from "../../tunnel/prompts.ts";
import { localized } from "../localized.ts";
import type { Attention } from "./attention.ts";
import type { Secrets } from "./secrets.ts";
import type { TrustedHosts } from "./trusted-hosts.ts";

/** Puts the questions of the SSH half to the person before the window. */
export function editorPrompts(attention: Attention, secrets: Secrets, trusted: TrustedHosts): Prompts {
  return {
    async hostKey(question) {
      attention.demand();
      const answer = await askHostKey(question);
      if (answer === "remember") await trusted.add(question);
      return answer;
    },

    async secret(question, signal) {
      const kept = await secrets.find(question);
      if (kept !== undefined && question.attempt === 1) return kept;
      // It was kept and is wrong by now.
      if (kept !== undefined) await secrets.forget(question);
      attention.demand();
      return askSecret(question, secrets, signal);
    },

    async interactive(question, signal) {
      attention.demand();
      const answers: string[] = [];
      for (const field of question.fields) {
        const answer = await askField(question, field, answers.length, signal);
        if (answer === undefined) return undefined;
        answers.push(answer);
      }
      return answers;
    },

    notice: (text) => void vscode.window.showInformationMessage(localized(text)),
  };
}

/** The first button takes Enter, so it is the one that does no harm; it asks again. */
async function askHostKey(question: HostKeyQuestion): Promise<HostKeyAnswer> {
  const copy = vscode.l10n.t("Copy Fingerprint");
  const answers: Record<string, HostKeyAnswer> = {
    [vscode.l10n.t("Trust and Remember")]: "remember",
    [vscode.l10n.t("Trust Once")]: "once",
  };
  const title = vscode.l10n.t("The host key of {host} is not known.", { host: hopText(question.hop) });
  const options = { modal: true, detail: hostKeyDetail(question) };
  for (;;) {
    const chosen = await vscode.window.showWarningMessage(title, options, copy, ...Object.keys(answers));
    if (chosen !== copy) return answers[chosen ?? ""] ?? "refuse";
    await vscode.env.clipboard.writeText(question.fingerprint);
  }
}

function hostKeyDetail({ keyType, fingerprint }: HostKeyQuestion): string {
  const key = vscode.l10n.t("It shows a key of type {keyType} with this fingerprint:", { keyType });
  const compare = vscode.l10n.t("Compare it with one from the host's owner before you trust it.");
  return [key, fingerprint, compare].join("\n\n");
}

/** An input box that can keep the answer, where the user switches that on before they press Enter. */
async function askSecret(question: SecretQuestion, secrets: Secrets, signal: AbortSignal): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  const off = {
    iconPath: new vscode.ThemeIcon("bookmark"),
    tooltip: vscode.l10n.t("Remember in the system's keychain"),
  };
  const on = { iconPath: new vscode.ThemeIcon("pass-filled"), tooltip: vscode.l10n.t("Do not remember") };
  let keep = false;
  box.title = question.kind === "passphrase" ? vscode.l10n.t("Passphrase") : vscode.l10n.t("Password");
  box.password = true;
  box.ignoreFocusOut = true;
  box.prompt = secretPrompt(question);
  box.buttons = [off];
  if (question.attempt > 1) {
    // It stands in the place of the prompt, which would say for what.
    box.validationMessage = vscode.l10n.t("That was not right. {prompt}", { prompt: secretPrompt(question) });
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
  }
  box.onDidTriggerButton(() => {
    keep = !keep;
    box.buttons = [keep ? on : off];
    box.prompt = keep
      ? vscode.l10n.t("{prompt} It will be remembered.", { prompt: secretPrompt(question) })
      : secretPrompt(question);
  });
  const answer = await answered(box, signal, (text) => text !== "");
  if (answer !== undefined && keep) await secrets.keep(question, answer);
  return answer;
}

function secretPrompt(question: SecretQuestion): string {
  const host = hopText(question.hop);
  if (question.kind === "password") return vscode.l10n.t("The password of {host}.", { host });
  return vscode.l10n.t("The passphrase of {file}, to log in to {host}.", { file: question.file, host });
}

/** One field of what the server asks, in its own words. */
function askField(
  { hop, title, instructions, fields }: InteractiveQuestion,
  { prompt, echo }: InteractiveQuestion["fields"][number],
  index: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  box.title = title === "" ? vscode.l10n.t("{host} asks", { host: hopText(hop) }) : `${hopText(hop)}: ${title}`;
  if (fields.length > 1) {
    box.step = index + 1;
    box.totalSteps = fields.length;
  }
  box.prompt = [instructions, prompt].filter((text) => text.trim() !== "").join("\n");
  box.password = !echo;
  box.ignoreFocusOut = true;
  return answered(box, signal);
}

/** Enter on an answer that is none does nothing. */
function answered(
  box: vscode.InputBox,
  signal: AbortSignal,
  isAnswer: (text: string) => boolean = () => true,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const settle = (answer: string | undefined) => {
      signal.removeEventListener("abort", giveUp);
      // First, because disposing of the box hides it, which would be giving up.
      resolve(answer);
      box.dispose();
    };
    const giveUp = () => settle(undefined);
    box.onDidAccept(() => {
      if (isAnswer(box.value)) settle(box.value);
    });
    box.onDidHide(giveUp);
    signal.addEventListener("abort", giveUp);
    if (signal.aborted) giveUp();
    else box.show();
  });
}

function hopText({ name, hostname, port, user }: Hop): string {
  const address = port === 22 ? hostname : `${hostname}:${port}`;
  return name === hostname ? `${user}@${address}` : `${name} (${user}@${address})`;
}
