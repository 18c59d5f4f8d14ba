import * as vscode from "vscode";
import { portOf } from "./listening.ts";
import type { RunningLaunches } from "./running.ts";

/** A server's address with its token, as it is printed into a terminal. */
type TokenLink = vscode.TerminalLink & {
  readonly port: number;
  readonly path: string;
  readonly token: string;
  readonly isKnown: boolean;
};

/** jupyter_server prints `http://HOST:PORT/lab?token=…`; the host may be any name of the machine. */
const address = /https?:\/\/(?:[\w.-]+|\[[\da-f:]+\]):(\d{1,5})(\/[^\s?#]*)?\?(?:[^\s#]*&)?token=([\w-]+)/gi;

/**
 * Offers to open what a server that runs in the terminal has printed, without its token: the token goes to the clipboard,
 * and so into no history and no log. Text alone opens nothing: a launch has to run there, its user has to click, and
 * only this machine is opened.
 */
export function openTokenLinks(running: RunningLaunches): vscode.Disposable {
  return vscode.window.registerTerminalLinkProvider({
    provideTerminalLinks({ line, terminal }) {
      const here = running.all().filter(({ started }) => started.terminal === terminal);
      if (here.length === 0) return [];
      const ports = here.map(({ judged }) => portOf(judged));
      return [...line.matchAll(address)].flatMap(
        ({ 0: { length }, 1: digits, 2: path = "/", 3: token = "", index }) => {
          const port = Number(digits);
          if (port < 1 || port > 65_535) return [];
          const tooltip = vscode.l10n.t("Open safely: without the token, which goes to the clipboard");
          return [{ startIndex: index, length, tooltip, port, path, token, isKnown: ports.includes(port) }];
        },
      );
    },
    handleTerminalLink: open,
  });
}

async function open({ port, path, token, isKnown }: TokenLink): Promise<void> {
  const url = vscode.Uri.parse(`http://127.0.0.1:${port}${path}`);
  if (!isKnown && !(await isWanted(url))) return;
  await vscode.env.clipboard.writeText(token);
  await vscode.env.openExternal(url);
  void vscode.window.showInformationMessage(
    vscode.l10n.t("The token is on the clipboard. Paste it where the page asks for it."),
  );
}

/** A server may have taken another port than it was told, or something else has printed the address. */
async function isWanted(url: vscode.Uri): Promise<boolean> {
  const yes = vscode.l10n.t("Open");
  const question = vscode.l10n.t("Open {url}?", { url: url.toString() });
  const detail = vscode.l10n.t(
    "The terminal has printed this address; the command there was not told to use that port.",
  );
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}
