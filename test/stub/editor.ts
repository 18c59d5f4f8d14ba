/** The editor behind the stub: what a test puts into it, what we have registered with it, and what it shows. */
import { type Diagnostic, EventEmitter, type TreeItem, type Uri } from "./types.ts";

export type Document = {
  readonly uri: Uri;
  readonly languageId: string;
  getText(): string;
  lineAt(line: number): { text: string };
};

/** A tree as we made it: what the editor would ask it, and what we set on it. */
export type TreeView = {
  readonly provider: {
    getChildren(node?: unknown): unknown;
    getTreeItem(node: unknown): TreeItem;
    onDidChangeTreeData(listener: () => void): unknown;
  };
  visible: boolean;
  description?: string;
  badge?: { readonly value: number; readonly tooltip: string };
};

export type StatusBarItem = {
  name: string;
  text: string;
  tooltip: string;
  command: string;
  accessibilityInformation: { readonly label: string };
  backgroundColor: unknown;
  isShown: boolean;
};

export type PickItem = { readonly label: string; readonly description?: string };

/** What is asked about the lines of terminals. */
export type LinkProvider = {
  provideTerminalLinks(context: { readonly line: string; readonly terminal: object }): readonly unknown[];
  handleTerminalLink(link: unknown): unknown;
};

type Change = { document: Document; contentChanges: readonly object[] };

export const editor = {
  folders: [] as { uri: Uri }[],
  isTrusted: true,
  /** Files on the disk, by path. */
  files: new Map<string, string>(),
  documents: [] as Document[],
  settings: new Map<string, unknown>(),
  shown: new Map<string, readonly Diagnostic[]>(),
  commands: new Map<string, (...given: unknown[]) => unknown>(),
  codeActionProviders: [] as unknown[],
  hoverProviders: [] as unknown[],
  /** Commands of the editor that were run. */
  executed: [] as string[],
  messages: [] as string[],
  logged: [] as string[],
  statusItems: [] as { text: string }[],
  statusBarItems: new Map<string, StatusBarItem>(),
  trees: new Map<string, TreeView>(),
  terminals: [] as object[],
  linkProviders: [] as LinkProvider[],
  /** The button of warnings that is pressed. */
  answer: undefined as string | undefined,
  /** The buttons that are pressed one after the other, before `answer` counts again. */
  answers: [] as string[],
  /** The edits that were applied, each as a line. */
  edited: [] as string[],
  /** The buttons of each warning. */
  buttons: [] as (readonly unknown[])[],
  /** What modal questions say below. */
  details: [] as unknown[],
  /** What is chosen from a list; nothing gives it up. */
  choose: (_items: readonly PickItem[]): PickItem | undefined => undefined,
  /** Terminals that we opened, with the lines that we ran there. */
  created: [] as { readonly options: object; readonly lines: string[] }[],
  /** Answers a search for files. */
  search: () => [] as Uri[],
  events: {
    open: new EventEmitter<Document>(),
    change: new EventEmitter<Change>(),
    save: new EventEmitter<Document>(),
    close: new EventEmitter<Document>(),
    disk: new EventEmitter<Uri>(),
    folders: new EventEmitter<void>(),
    trust: new EventEmitter<void>(),
    settings: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
    active: new EventEmitter<void>(),
    shells: new EventEmitter<object>(),
    commandStart: new EventEmitter<object>(),
    commandEnd: new EventEmitter<object>(),
    terminalOpen: new EventEmitter<object>(),
    terminalClose: new EventEmitter<object>(),
    taskStart: new EventEmitter<object>(),
    taskEnd: new EventEmitter<object>(),
    debugStart: new EventEmitter<object>(),
    debugEnd: new EventEmitter<object>(),
  },

  open(uri: Uri, languageId: string, text: string): Document {
    const document = documentOf(uri, languageId, text);
    editor.documents.push(document);
    editor.events.open.fire(document);
    return document;
  },

  /** Types: the document has another text. */
  type(uri: Uri, text: string): void {
    const index = editor.documents.findIndex((document) => document.uri.toString() === uri.toString());
    const old = editor.documents[index];
    if (!old) throw new Error(`${uri} is not open`);
    const document = documentOf(uri, old.languageId, text);
    editor.documents[index] = document;
    editor.events.change.fire({ document, contentChanges: [{}] });
  },

  close(uri: Uri): void {
    const [closed] = editor.documents.filter((document) => document.uri.toString() === uri.toString());
    editor.documents = editor.documents.filter((document) => document !== closed);
    if (closed) editor.events.close.fire(closed);
  },

  /** Writes or, without a text, deletes a file. */
  write(uri: Uri, text: string | undefined): void {
    if (text === undefined) editor.files.delete(uri.path);
    else editor.files.set(uri.path, text);
    editor.events.disk.fire(uri);
  },

  set(name: string, value: unknown): void {
    editor.settings.set(name, value);
    editor.events.settings.fire({ affectsConfiguration: (section) => name.startsWith(section) });
  },
};

function documentOf(uri: Uri, languageId: string, text: string): Document {
  const lines = text.split("\n");
  return { uri, languageId, getText: () => text, lineAt: (line) => ({ text: lines[line] ?? "" }) };
}
