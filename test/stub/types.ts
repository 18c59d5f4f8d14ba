/** The values of the editor's API that our code makes or compares, as plain as they can be. */

export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }

  isAfter({ line, character }: Position): boolean {
    return this.line > line || (this.line === line && this.character > character);
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = new Position(startLine, startCharacter);
    this.end = new Position(endLine, endCharacter);
  }

  contains(position: Position): boolean {
    return !this.start.isAfter(position) && !position.isAfter(this.end);
  }

  intersection(other: Range): Range | undefined {
    const start = this.start.isAfter(other.start) ? this.start : other.start;
    const end = this.end.isAfter(other.end) ? other.end : this.end;
    return start.isAfter(end) ? undefined : new Range(start.line, start.character, end.line, end.character);
  }
}

export class Uri {
  readonly scheme: string;
  readonly path: string;
  readonly authority: string;

  constructor(scheme: string, path: string, authority = "") {
    this.scheme = scheme;
    this.path = path;
    this.authority = authority;
  }

  static parse(text: string): Uri {
    const [scheme = "", ...rest] = text.split(":");
    return new Uri(scheme, rest.join(":").replace(/^\/\/(?=\/)/, ""));
  }

  static joinPath({ scheme, path, authority }: Uri, ...parts: string[]): Uri {
    const joined = new URL(`x:${[path, ...parts].join("/").replace(/\/+/g, "/")}`).pathname;
    return new Uri(scheme, joined.replace(/(.)\/$/, "$1"), authority);
  }

  with({ path }: { readonly path: string }): Uri {
    return new Uri(this.scheme, path, this.authority);
  }

  toString(): string {
    return `${this.scheme}:${this.path}`;
  }
}

/** What a provider throws when its user goes away. */
export class CancellationError extends Error {}

export class Disposable {
  readonly dispose: () => void;

  constructor(dispose: () => void) {
    this.dispose = dispose;
  }

  static from(...parts: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }
}

type Listener<T> = (value: T) => unknown;

export class EventEmitter<T> {
  private readonly listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };

  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

export class Location {
  readonly uri: Uri;
  readonly range: Range;

  constructor(uri: Uri, range: Range) {
    this.uri = uri;
    this.range = range;
  }
}

export class DiagnosticRelatedInformation {
  readonly location: Location;
  readonly message: string;

  constructor(location: Location, message: string) {
    this.location = location;
    this.message = message;
  }
}

export class Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly severity: number;
  source?: string;
  code?: unknown;
  relatedInformation?: DiagnosticRelatedInformation[];
  tags?: number[];

  constructor(range: Range, message: string, severity: number) {
    this.range = range;
    this.message = message;
    this.severity = severity;
  }
}

export class RelativePattern {
  readonly baseUri: Uri;
  readonly pattern: string;

  constructor(baseUri: Uri, pattern: string) {
    this.baseUri = baseUri;
    this.pattern = pattern;
  }
}

export class CodeActionKind {
  static readonly QuickFix = new CodeActionKind("quickfix");
  static readonly SourceFixAll = new CodeActionKind("source.fixAll");
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  append(part: string): CodeActionKind {
    return new CodeActionKind(`${this.value}.${part}`);
  }

  intersects({ value }: CodeActionKind): boolean {
    return `${this.value}.`.startsWith(`${value}.`) || `${value}.`.startsWith(`${this.value}.`);
  }
}

export class CodeAction {
  readonly title: string;
  readonly kind: CodeActionKind;

  constructor(title: string, kind: CodeActionKind) {
    this.title = title;
    this.kind = kind;
  }
}

export class SnippetString {
  value = "";

  appendText(text: string): this {
    this.value += text;
    return this;
  }

  appendTabstop(number: number): this {
    this.value += `$${number}`;
    return this;
  }
}

export const SnippetTextEdit = {
  replace: (range: Range, snippet: SnippetString) => ({ range, text: snippet.value }),
};

/** Keeps what it is given as `path line:character-line:character text`. */
export class WorkspaceEdit {
  readonly lines: string[] = [];

  replace({ path }: Uri, { start, end }: Range, text: string): void {
    this.lines.push(`${path} ${start.line}:${start.character}-${end.line}:${end.character} ${text}`);
  }

  set(uri: Uri, edits: readonly { range: Range; text: string }[]): void {
    for (const { range, text } of edits) this.replace(uri, range, text);
  }
}

export class MarkdownString {
  value: string;

  constructor(value = "") {
    this.value = value;
  }

  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }

  appendText(text: string): this {
    this.value += text;
    return this;
  }
}

export class Hover {
  readonly contents: readonly MarkdownString[];

  constructor(contents: readonly MarkdownString[]) {
    this.contents = contents;
  }
}

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon {
  static readonly File = new ThemeIcon("file");
  readonly id: string;
  readonly color: ThemeColor | undefined;

  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export class TreeItem {
  readonly label: string | undefined;
  readonly resourceUri: Uri | undefined;
  readonly collapsibleState: number;
  id?: string;
  description?: string | boolean;
  tooltip?: string | MarkdownString;
  contextValue?: string;
  command?: { readonly command: string; readonly arguments?: readonly unknown[] };
  accessibilityInformation?: { readonly label: string };
  iconPath?: unknown;

  constructor(what: string | Uri, collapsibleState = 0) {
    this.label = typeof what === "string" ? what : undefined;
    this.resourceUri = typeof what === "string" ? undefined : what;
    this.collapsibleState = collapsibleState;
  }
}

export class CancellationTokenSource {
  readonly token = { isCancellationRequested: false };

  cancel(): void {
    this.token.isCancellationRequested = true;
  }

  dispose(): void {}
}

/** How a task runs its program. */
export class ShellExecution {
  readonly commandLine: string | undefined;
  readonly options: { readonly cwd?: string; readonly env?: Record<string, string>; readonly executable?: string };

  constructor(commandLine: string, options: ShellExecution["options"] = {}) {
    this.commandLine = commandLine;
    this.options = options;
  }
}

export class ProcessExecution {
  readonly process: string;
  readonly args: readonly string[];
  readonly options: { readonly cwd?: string };

  constructor(process: string, args: readonly string[], options: ProcessExecution["options"] = {}) {
    this.process = process;
    this.args = args;
    this.options = options;
  }
}

export class CustomExecution {}
