import * as vscode from "vscode";

/** The files of a folder as the engine asks for them: by path with `/`, and without waiting. */
export type Files = {
  uriOf(path: string): vscode.Uri;
  pathOf(uri: vscode.Uri): string;
  /** Gives a file a path that says its kind, where its own name does not. */
  name(uri: vscode.Uri, path: string): void;
  /** The text of the open document, else of the file; what has not been loaded yet is fetched and announced. */
  read(path: string): string | undefined;
  /** Whether anyone has asked for it, be it there or not. */
  isKnown(path: string): boolean;
  /** Fetches files, again if they have been fetched before. */
  load(paths: Iterable<string>): void;
  /** Gives up the text of a file; who asks for it again gets it fetched again. */
  forget(path: string): void;
  /** Whether something that was asked for is still on its way. */
  isLoading(): boolean;
  /** When all that has been asked for is there. */
  loaded(): Promise<void>;
};

/** Larger than any file a person wrote, and more than the engine reads. */
const mostBytes = 1024 * 1024;

/** How many files are on their way at the same time. */
const batchSize = 16;

/** The files below `root`; `onLoaded` hears of files that are there, have another text, or are gone. */
export function folderFiles(root: vscode.Uri, onLoaded: (paths: readonly string[]) => void): Files {
  const uris = new Map<string, vscode.Uri>();
  const paths = new Map<string, string>();
  const texts = new Map<string, string | undefined>();
  const asked = new Set<string>();
  let loading: Promise<void> | undefined;

  function name(uri: vscode.Uri, path: string): void {
    uris.set(path, uri);
    paths.set(uri.toString(), path);
  }

  function uriOf(path: string): vscode.Uri {
    const known = uris.get(path);
    if (known) return known;
    const uri = vscode.Uri.joinPath(root, path);
    // A file that has been given another path keeps that one.
    if (paths.has(uri.toString())) uris.set(path, uri);
    else name(uri, path);
    return uri;
  }

  function load(wanted: Iterable<string>): void {
    for (const path of wanted) asked.add(path);
    if (asked.size > 0) loading ??= loadAsked();
  }

  async function loadAsked(): Promise<void> {
    while (asked.size > 0) {
      const changed: string[] = [];
      while (asked.size > 0) changed.push(...(await loadBatch([...asked].slice(0, batchSize))));
      // Whoever hears of it may ask for more.
      if (changed.length > 0) onLoaded(changed);
    }
    loading = undefined;
  }

  async function loadBatch(batch: readonly string[]): Promise<string[]> {
    for (const path of batch) asked.delete(path);
    const loaded = await Promise.all(batch.map(async (path) => ({ path, text: await textAt(uriOf(path)) })));
    const changed = loaded.filter(({ path, text }) => texts.get(path) !== text);
    for (const { path, text } of loaded) texts.set(path, text);
    return changed.map(({ path }) => path);
  }

  return {
    uriOf,
    pathOf: (uri) => paths.get(uri.toString()) ?? relative(root, uri),
    name,
    read(path) {
      const document = documentAt(uriOf(path));
      if (document) return document.getText();
      if (!texts.has(path)) load([path]);
      return texts.get(path);
    },
    isKnown: (path) => texts.has(path),
    load,
    forget: (path) => texts.delete(path),
    isLoading: () => loading !== undefined,
    loaded: () => loading ?? Promise.resolve(),
  };
}

export function documentAt(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}

function relative(root: vscode.Uri, uri: vscode.Uri): string {
  const folder = root.path.endsWith("/") ? root.path : `${root.path}/`;
  return uri.path.startsWith(folder) ? uri.path.slice(folder.length) : uri.path;
}

/** What cannot be read is as good as not there: gone, a folder, a device, too large, no text, not for us. */
async function textAt(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > mostBytes) return undefined;
    return await vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { uri });
  } catch {
    return undefined;
  }
}
