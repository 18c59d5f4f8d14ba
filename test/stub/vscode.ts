/** As much of the editor's API as our code touches; the tests' bundle has it in the place of `vscode`. */
import { editor, type LinkProvider, type PickItem, type StatusBarItem, type TreeView } from "./editor.ts";
import {
  type Diagnostic,
  Disposable,
  EventEmitter,
  type RelativePattern,
  type Uri,
  type WorkspaceEdit,
} from "./types.ts";

export * from "./types.ts";

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const DiagnosticTag = { Unnecessary: 1 };
export const FileType = { File: 1 };
export const StatusBarAlignment = { Left: 1 };
export const QuickPickItemKind = { Separator: -1 };
export const QuickInputButtons = { Back: {} };
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 };
export const ExtensionKind = { UI: 1, Workspace: 2 };
export const ProgressLocation = { Notification: 15 };
export const ConfigurationTarget = { Global: 1, Workspace: 2 };
export const TerminalShellExecutionCommandLineConfidence = { Low: 0, Medium: 1, High: 2 };

const { events } = editor;

export const workspace = {
  get textDocuments() {
    return editor.documents;
  },
  get workspaceFolders() {
    return editor.folders;
  },
  get isTrusted() {
    return editor.isTrusted;
  },
  getWorkspaceFolder: ({ scheme, path }: Uri) =>
    editor.folders.find(({ uri }) => uri.scheme === scheme && `${path}/`.startsWith(`${uri.path}/`)),
  getConfiguration: (section: string) => ({
    get: (name: string) => editor.settings.get(`${section}.${name}`),
    inspect: (name: string) => ({ globalValue: editor.settings.get(`${section}.${name}`) }),
    update: async (name: string, value: unknown) => editor.set(`${section}.${name}`, value),
  }),
  asRelativePath: ({ path }: Uri) => path.slice(path.lastIndexOf("/") + 1),
  createFileSystemWatcher(_pattern: RelativePattern) {
    const none = new Disposable(() => undefined);
    return {
      onDidChange: events.disk.event,
      onDidCreate: () => none,
      onDidDelete: () => none,
      dispose: () => undefined,
    };
  },
  findFiles: async () => editor.search(),
  decode: async (bytes: Uint8Array) => new TextDecoder().decode(bytes),
  fs: {
    async stat({ path }: Uri) {
      const text = editor.files.get(path);
      if (text === undefined) throw new Error(`There is no ${path}`);
      return { type: FileType.File, size: text.length };
    },
    readFile: async ({ path }: Uri) => new TextEncoder().encode(editor.files.get(path)),
  },
  async applyEdit({ lines }: WorkspaceEdit) {
    editor.edited.push(...lines);
    return true;
  },
  openTextDocument: async (uri: Uri) => ({
    uri,
    lineCount: (editor.files.get(uri.path) ?? "").split("\n").length,
    save: async () => true,
  }),
  onDidOpenTextDocument: events.open.event,
  onDidChangeTextDocument: events.change.event,
  onDidSaveTextDocument: events.save.event,
  onDidCloseTextDocument: events.close.event,
  onDidChangeWorkspaceFolders: events.folders.event,
  onDidGrantWorkspaceTrust: events.trust.event,
  onDidChangeConfiguration: events.settings.event,
};

export const extensions = { getExtension: () => undefined, onDidChange: () => new Disposable(() => undefined) };

export const languages = {
  createDiagnosticCollection: () => ({
    set: (uri: Uri, diagnostics: readonly Diagnostic[]) => editor.shown.set(uri.path, diagnostics),
    get: (uri: Uri) => editor.shown.get(uri.path),
    has: (uri: Uri) => editor.shown.has(uri.path),
    delete: (uri: Uri) => editor.shown.delete(uri.path),
    clear: () => editor.shown.clear(),
    dispose: () => editor.shown.clear(),
  }),
  registerCodeActionsProvider: (_selector: unknown, provider: unknown) =>
    registered(editor.codeActionProviders, provider),
  registerHoverProvider: (_selector: unknown, provider: unknown) => registered(editor.hoverProviders, provider),
  createLanguageStatusItem() {
    const item = { text: "", dispose: () => undefined };
    editor.statusItems.push(item);
    return item;
  },
};

export const window = {
  get activeTextEditor() {
    const document = editor.documents.at(-1);
    return document && { document };
  },
  onDidChangeActiveTextEditor: events.active.event,
  createOutputChannel() {
    const log = (...said: unknown[]) => editor.logged.push(said.join(" "));
    return { info: log, warn: log, error: log, show: () => undefined, dispose: () => undefined };
  },
  createTreeView(id: string, { treeDataProvider }: { treeDataProvider: TreeView["provider"] }) {
    const view = { provider: treeDataProvider, visible: true, dispose: () => editor.trees.delete(id) };
    editor.trees.set(id, view);
    return view;
  },
  createQuickPick,
  onDidChangeTerminalShellIntegration: events.shells.event,
  createTerminal,
  createStatusBarItem(id: string) {
    const item: StatusBarItem = { ...emptyStatusBarItem };
    editor.statusBarItems.set(id, item);
    return Object.assign(item, {
      show: () => {
        item.isShown = true;
      },
      hide: () => {
        item.isShown = false;
      },
      dispose: () => editor.statusBarItems.delete(id),
    });
  },
  get terminals() {
    return editor.terminals;
  },
  onDidStartTerminalShellExecution: events.commandStart.event,
  onDidEndTerminalShellExecution: events.commandEnd.event,
  onDidCloseTerminal: events.terminalClose.event,
  onDidOpenTerminal: events.terminalOpen.event,
  registerTerminalLinkProvider: (provider: LinkProvider) => registered(editor.linkProviders, provider),
  showInformationMessage: say,
  setStatusBarMessage: (text: string) => void editor.messages.push(text),
  showErrorMessage: ask,
  showWarningMessage: ask,
  showQuickPick: async (items: readonly PickItem[]) => editor.choose(items),
  withProgress: (_options: unknown, work: (progress: object, token: object) => Promise<unknown>) =>
    work({ report: () => undefined }, { isCancellationRequested: false, onCancellationRequested: () => undefined }),
};

export const commands = {
  registerCommand(id: string, run: (...given: unknown[]) => unknown) {
    editor.commands.set(id, run);
    return new Disposable(() => editor.commands.delete(id));
  },
  async executeCommand(...command: unknown[]) {
    editor.executed.push(command.join(" "));
  },
};

export const env = {
  shell: "/bin/bash",
  remoteName: undefined,
  clipboard: { writeText: async (text: string) => editor.executed.push(`copy ${text}`) },
  openExternal: async (uri: Uri) => editor.executed.push(`openExternal ${uri}`),
};

export const tasks = { onDidStartTaskProcess: events.taskStart.event, onDidEndTaskProcess: events.taskEnd.event };

export const debug = {
  onDidStartDebugSession: events.debugStart.event,
  onDidTerminateDebugSession: events.debugEnd.event,
};

export const l10n = {
  t: (template: string, values: Record<string, unknown> = {}) =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)),
};

/** A list in which the choice of `editor.choose` is taken once it is shown with its items. */
function createQuickPick() {
  const accepted = new EventEmitter<void>();
  const hidden = new EventEmitter<void>();
  const box = {
    value: "",
    items: [] as PickItem[],
    selectedItems: [] as PickItem[],
    onDidAccept: accepted.event,
    onDidHide: hidden.event,
    onDidChangeValue: () => undefined,
    onDidTriggerButton: () => undefined,
    onDidTriggerItemButton: () => undefined,
    dispose: () => undefined,
    show() {
      setImmediate(() => {
        const chosen = editor.choose(box.items);
        box.selectedItems = chosen ? [chosen] : [];
        (chosen ? accepted : hidden).fire();
      });
    },
  };
  return box;
}

/** One whose shell is integrated as soon as somebody waits for that. */
function createTerminal(options: object) {
  const lines: string[] = [];
  editor.created.push({ options, lines });
  const terminal = { show: () => undefined, sendText: (line: string) => lines.push(line), dispose: () => undefined };
  const shellIntegration = { executeCommand: (line: string) => lines.push(line) };
  setImmediate(() => events.shells.fire({ terminal, shellIntegration }));
  return terminal;
}

const emptyStatusBarItem: StatusBarItem = {
  name: "",
  text: "",
  tooltip: "",
  command: "",
  accessibilityInformation: { label: "" },
  backgroundColor: undefined,
  isShown: false,
};

/** A question, or a warning with buttons. */
async function ask(text: string, ...more: readonly unknown[]) {
  const [options] = more;
  if (typeof options === "object" && options !== null && "detail" in options) editor.details.push(options.detail);
  const buttons = more.filter((each) => typeof each === "string");
  editor.messages.push(text);
  editor.buttons.push(buttons);
  const answer = editor.answers.shift() ?? editor.answer;
  return buttons.length === 0 || buttons.includes(answer ?? "") ? answer : undefined;
}

async function say(text: string): Promise<undefined> {
  editor.messages.push(text);
}

function registered<T>(list: T[], provider: T): Disposable {
  list.push(provider);
  return new Disposable(() => list.splice(list.indexOf(provider), 1));
}
