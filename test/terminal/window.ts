/** A window of the editor's stub in which commands run, with the guard at work. */
import { setImmediate as turn } from "node:timers/promises";
import type * as vscode from "vscode";
import { openLog } from "../../src/editor/log.ts";
import { startSession } from "../../src/editor/session.ts";
import { openStatusItem } from "../../src/editor/status-item.ts";
import { startTerminalSession, type TerminalSession } from "../../src/terminal/session.ts";
import { editor, type TreeView } from "../stub/editor.ts";
import { TreeItem, Uri } from "../stub/types.ts";

export const folder = Uri.parse("file:///home/ada/project");

export type Window = {
  readonly session: TerminalSession;
  readonly state: Map<string, unknown>;
  terminal(shell?: string, isInteractedWith?: boolean): FakeTerminal;
  /** The rows of *Running Now*. */
  listed(): Promise<string[]>;
  /** What the status bar says; nothing while it is hidden. */
  statusBar(): string | undefined;
  /** When all that was asked of files and settings has been answered. */
  settled(): Promise<void>;
  until(isSo: () => boolean): Promise<void>;
  close(): void;
};

export type FakeTerminal = {
  /** What was typed into it by us. */
  readonly sent: string[];
  /** Whether what we run there ends well at once. */
  endsAtOnce: boolean;
  /** Starts a command; answers what ends it. */
  run(line: string, more?: { readonly confidence?: number; readonly isTrusted?: boolean }): (code?: number) => void;
  /** What the editor takes for its shell from now on. */
  isCalled(shell: string): void;
  /** Clicks the link of ours in a line that was printed there; answers whether there is one. */
  follow(line: string): Promise<boolean>;
  close(): void;
};

/** Opens a window; `kept` is what the last one has left in the workspace's memory. */
export async function openWindow(kept = new Map<string, unknown>()): Promise<Window> {
  editor.folders = [{ uri: folder }];
  const log = openLog();
  const status = openStatusItem();
  // The rest of the context is none of our business.
  const context = {
    extension: { extensionKind: 2 },
    workspaceState: {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => kept.set(key, value),
    },
  } as unknown as vscode.ExtensionContext;
  const linting = await startSession(folder as unknown as vscode.Uri, log);
  const session = startTerminalSession(context, Promise.resolve(linting), status, log);
  return {
    session,
    state: kept,
    terminal: fakeTerminal,
    async listed() {
      const tree = editor.trees.get("launchGuard.exposures")?.provider;
      return (await rowsOf(tree, "running")).map(({ label }) => String(label));
    },
    statusBar() {
      const item = editor.statusBarItems.get("launchGuard");
      return item?.isShown ? item.text : undefined;
    },
    settled,
    async until(isSo) {
      while (!isSo()) await turn();
    },
    close() {
      session.dispose();
      linting.dispose();
      status.dispose();
      editor.folders = [];
      editor.terminals = [];
      editor.settings.clear();
      editor.messages.length = 0;
      editor.buttons.length = 0;
      editor.details.length = 0;
      editor.answer = undefined;
      editor.answers = [];
      editor.edited.length = 0;
      editor.created = [];
    },
  };
}

async function rowsOf(tree: TreeView["provider"] | undefined, id: string): Promise<TreeItem[]> {
  const rows = await tree?.getChildren(Object.assign(new TreeItem(""), { id }));
  return Array.isArray(rows) ? rows : [];
}

/** Nothing here waits for more than a few turns: files are in memory. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 60; turns++) await turn();
}

let pids = 1000;

function fakeTerminal(shell = "bash", isInteractedWith = true): FakeTerminal {
  const sent: string[] = [];
  let endsAtOnce = false;
  const terminal = {
    name: shell,
    processId: Promise.resolve(++pids),
    state: { shell, isInteractedWith },
    creationOptions: {},
    shellIntegration: {
      cwd: folder,
      executeCommand(line: string) {
        sent.push(line);
        const execution = { commandLine: { value: line, confidence: 2, isTrusted: true }, cwd: folder };
        editor.events.commandStart.fire({ terminal, execution });
        if (endsAtOnce) setImmediate(() => editor.events.commandEnd.fire({ terminal, execution, exitCode: 0 }));
        return execution;
      },
    },
    show: () => undefined,
    sendText: (text: string) => sent.push(text),
  };
  editor.terminals.push(terminal);
  return {
    sent,
    set endsAtOnce(ends: boolean) {
      endsAtOnce = ends;
    },
    get endsAtOnce() {
      return endsAtOnce;
    },
    run(line, { confidence = 2, isTrusted = true } = {}) {
      const execution = { commandLine: { value: line, confidence, isTrusted }, cwd: folder };
      editor.events.commandStart.fire({ terminal, execution });
      return (exitCode) => editor.events.commandEnd.fire({ terminal, execution, exitCode });
    },
    isCalled(name) {
      terminal.state = { ...terminal.state, shell: name };
    },
    async follow(line) {
      const [provider] = editor.linkProviders;
      const [link] = provider?.provideTerminalLinks({ line, terminal }) ?? [];
      if (link !== undefined) await provider?.handleTerminalLink(link);
      return link !== undefined;
    },
    close() {
      editor.terminals = editor.terminals.filter((each) => each !== terminal);
      editor.events.terminalClose.fire(terminal);
    },
  };
}
