import assert from "node:assert/strict";
import type * as vscode from "vscode";
import type { Session } from "../../src/editor/session.ts";
import { editor } from "../stub/editor.ts";
import { CodeActionKind, Position, Range, Uri, type WorkspaceEdit } from "../stub/types.ts";
import { open, start, uriOf } from "./playground.ts";

/** A code action as the stub has it. */
type Action = {
  readonly title: string;
  readonly kind: CodeActionKind;
  readonly isPreferred?: boolean;
  readonly edit?: WorkspaceEdit;
  readonly command?: { readonly command: string; readonly arguments?: readonly unknown[] };
  readonly diagnostics?: readonly unknown[];
};

describe("code actions", () => {
  let session: Session;
  beforeEach(async () => {
    session = await start();
  });
  afterEach(() => session.dispose());

  it("fix what is under the cursor, with a tunnel or without, or ignore it, or explain it", () => {
    open("a.demo", "it is bad here");
    const [fix, tunnel, ignore, explain, ...others] = actionsAt("a.demo", 7);
    assert.deepEqual(fix?.edit?.lines, ["/work/a.demo 0:6-0:10 "]);
    assert.equal(fix?.isPreferred, true);
    assert.equal(fix?.diagnostics?.length, 1);
    assert.equal(tunnel?.title, "Keep it on loopback and reach it through a tunnel");
    assert.equal(tunnel?.edit, undefined, "the command's arguments would be gone after it");
    assert.deepEqual(tunnel?.command?.arguments?.[1], fix?.edit);
    assert.equal(tunnel?.isPreferred, undefined);
    assert.equal(tunnel?.diagnostics?.length, 1);
    assert.equal(ignore?.title, "Ignore public-bind here…");
    assert.deepEqual(ignore?.edit?.lines, ["/work/a.demo 0:0-0:0 # ignore[public-bind] $0\n"]);
    assert.deepEqual(explain?.command?.arguments, ["public-bind"]);
    assert.deepEqual(others, []);
  });

  it("prefer no fix that is not safe", () => {
    open("a.demo", "bad careful");
    assert.deepEqual(
      actionsAt("a.demo", 1).map(({ isPreferred }) => isPreferred ?? false),
      [false, false, false, false],
    );
  });

  it("are none elsewhere", () => {
    open("a.demo", "it is bad here");
    assert.deepEqual(actionsAt("a.demo", 1), []);
    open("a.txt", "it is bad here");
    assert.deepEqual(actionsAt("a.txt", 7), []);
  });

  it("fix the whole file where there is more to fix", () => {
    open("a.demo", "bad x bad");
    const [last] = actionsAt("a.demo", 1).slice(-1);
    assert.equal(last?.title, "Fix all safe problems in this file");
    assert.equal(last?.command?.command, "launchGuard.fixAll");
  });

  it("fix the whole file on save, until nothing is left", () => {
    open("a.demo", "babad d and bad");
    const [action, ...others] = actionsAt("a.demo", 0, CodeActionKind.SourceFixAll);
    assert.deepEqual(others, []);
    assert.equal(action?.kind.value, "source.fixAll.launchGuard");
    assert.deepEqual(action?.edit?.lines, ["/work/a.demo 0:0-0:8 ", "/work/a.demo 0:12-0:15 "]);
  });

  it("leave what is not safe alone on save", () => {
    open("a.demo", "bad careful");
    assert.deepEqual(actionsAt("a.demo", 0, CodeActionKind.SourceFixAll), []);
  });

  it("know the text as it is now, not as it was when problems were last shown", () => {
    open("a.demo", "bad");
    editor.type(uriOf("a.demo"), "now bad");
    assert.deepEqual(actionsAt("a.demo", 5)[0]?.edit?.lines, ["/work/a.demo 0:4-0:7 "]);
  });
});

describe("the fix that opens a tunnel", () => {
  let session: Session;
  beforeEach(async () => {
    session = await start();
  });
  afterEach(() => session.dispose());

  it("hands on the port, and the host that the file names", () => {
    open("a.demo", "bad at gpubox:9000");
    const { command } = tunnelAction("a.demo");
    assert.equal(command?.command, "launchGuard.openTunnel");
    assert.deepEqual(command?.arguments?.[0], { tool: "demo", port: 9000, namedHost: "gpubox" });
  });

  it("hands on nothing that nobody wrote", () => {
    open("a.demo", "bad");
    assert.deepEqual(tunnelAction("a.demo").command?.arguments?.[0], { tool: "demo" });
  });

  it("is offered only for what a tunnel can replace", () => {
    open("a.demo", "bad secret");
    assert.ok(!actionsAt("a.demo", 1).some(({ title }) => title.includes("tunnel")));
  });

  it("knows the host of an ssh remote that the file lies on", () => {
    editor.folders = [{ uri: new Uri("vscode-remote", "/home/me", "ssh-remote+gpubox") }];
    const uri = new Uri("vscode-remote", "/home/me/a.demo", "ssh-remote+gpubox");
    const document = editor.open(uri, "plaintext", "bad at :9000");
    const wish = actionsIn(document, uri, 1)[1]?.command?.arguments?.[0];
    assert.deepEqual(wish, { tool: "demo", port: 9000, remoteHost: "gpubox" });
  });
});

describe("the hover", () => {
  it("gives the reasons as text, and links to what is known", async () => {
    const session = await start();
    open("a.demo", "it is bad here");
    const said = hoverAt("a.demo", 8);
    const [why] = said.split("\n");
    assert.equal(why, "**Why is this unsafe?** Because of `--x_y` and \\!\\[this\\]\\(http://a\\_b\\).");
    assert.match(said, /\[CVE-2024-1\]\(<https:\/\/example\.com\/cve>\) it is bad/);
    assert.match(said, /\[About public-bind\]\(<https:.*public-bind\.md>\)/);
    assert.match(said, /\[Documentation of this setting\]\(<https:\/\/example\.com\/bad>\)/);
    assert.equal(hoverAt("a.demo", 1), "");
    session.dispose();
  });
});

describe("an explanation", () => {
  const installed = "/extension/docs/rules/public-bind.md";
  const cases = [
    {
      name: "opens the page that came with the extension",
      pages: [installed],
      shown: `markdown.showPreview file:${installed}`,
    },
    {
      name: "opens the page on the web where none came with it",
      pages: [],
      shown: "openExternal https://github.com/launch-guard/launch-guard/blob/main/docs/rules/public-bind.md",
    },
  ];
  for (const { name, pages, shown } of cases)
    it(name, async () => {
      const session = await start();
      for (const page of pages) editor.files.set(page, "# It is bad");
      editor.executed.length = 0;
      await session.commands["launchGuard.explain"]("public-bind");
      assert.deepEqual(editor.executed, [shown]);
      session.dispose();
    });
});

describe("the status", () => {
  it("counts the problems of the file in front", async () => {
    const session = await start();
    const texts = ["good", "bad", "bad bad"].map((text, index) => {
      open(`${index}.demo`, text);
      return editor.statusItems.at(-1)?.text;
    });
    assert.deepEqual(texts, ["Launch Guard: no problems", "Launch Guard: 1 problem", "Launch Guard: 2 problems"]);
    session.dispose();
  });
});

function tunnelAction(path: string): Action {
  const found = actionsAt(path, 1).find(({ title }) => title.endsWith("through a tunnel"));
  assert.ok(found);
  return found;
}

function actionsAt(path: string, character: number, only?: CodeActionKind): Action[] {
  return actionsIn(documentAt(path), uriOf(path), character, only);
}

function actionsIn(document: unknown, { path }: Uri, character: number, only?: CodeActionKind): Action[] {
  const provider = providers<vscode.CodeActionProvider>(editor.codeActionProviders);
  const context = { only, diagnostics: editor.shown.get(path) ?? [] };
  const range = new Range(0, character, 0, character);
  return call(provider.provideCodeActions, document, range, context) as Action[];
}

function hoverAt(path: string, character: number): string {
  const provider = providers<vscode.HoverProvider>(editor.hoverProviders);
  const hover = call(provider.provideHover, documentAt(path), new Position(0, character));
  const { contents } = (hover ?? { contents: [] }) as { contents: { value: string }[] };
  return contents.map(({ value }) => value).join("\n");
}

function documentAt(path: string): unknown {
  return editor.documents.find(({ uri }) => uri.path === uriOf(path).path);
}

// The stub's values stand for the editor's, so types end here.
function providers<T>(registered: readonly unknown[]): T {
  return registered[0] as T;
}

function call(work: unknown, ...given: readonly unknown[]): unknown {
  return (work as (...given: readonly unknown[]) => unknown)(...given);
}
