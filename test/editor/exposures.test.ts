import assert from "node:assert/strict";
import type { Session } from "../../src/editor/session.ts";
import { editor } from "../stub/editor.ts";
import { clock, open, settled, start, uriOf } from "./playground.ts";

describe("the Exposures view", () => {
  let session: Session;
  afterEach(() => {
    session.dispose();
    clock.goOn();
  });

  it("has the whole workspace's findings, the worst first, once it is looked at", async () => {
    session = await start({
      "b.demo": "bad and bad",
      "a.demo": "so bad",
      "from.demo": "to b.demo\nopen",
      "sub/a.demo": "bad",
      "c.txt": "bad",
    });
    editor.messages = [];
    assert.equal(view().description, undefined, "nobody has looked yet");
    assert.deepEqual(await rows(), [
      "Errors 2",
      "  /work/b.demo",
      "    This is bad. public-bind, line 1",
      "    This is bad. public-bind, line 1",
      "Information 2",
      "  /work/a.demo",
      "    This is bad. public-bind, line 1",
      "  /work/sub/a.demo",
      "    This is bad. public-bind, line 1",
    ]);
    assert.equal(view().description, "4 problems");
    assert.deepEqual(editor.messages, [], "no notification");
    assert.deepEqual(
      shownFiles(),
      ["/work/a.demo", "/work/b.demo", "/work/sub/a.demo"],
      "the list of problems says the same",
    );
  });

  it("leads to the place of a finding", async () => {
    session = await start({ "a.demo": "x\nis bad" });
    const { command } = await lastItem();
    assert.equal(command?.command, "vscode.open");
    const selection = { start: { line: 1, character: 3 }, end: { line: 1, character: 6 } };
    const expected = [{ ...uriOf("a.demo") }, { selection }];
    assert.deepEqual(JSON.parse(JSON.stringify(command.arguments)), expected);
  });

  it("follows what is typed, what turns up and what goes", async () => {
    session = await start({ "a.demo": "bad" });
    await rows();
    let refreshed = 0;
    view().provider.onDidChangeTreeData(() => refreshed++);
    editor.write(uriOf("new/b.demo"), "bad");
    await settled();
    assert.equal(view().description, "1 problem", "not before the editor asks");
    assert.ok(refreshed > 0);
    assert.equal((await rows()).length, 5);
    editor.write(uriOf("a.demo"), undefined);
    await settled();
    assert.deepEqual((await rows()).slice(1, 2), ["  /work/new/b.demo"]);
    clock.stop();
    open("new/b.demo", "bad");
    editor.type(uriOf("new/b.demo"), "good");
    clock.pass(1000);
    assert.deepEqual(await rows(), []);
  });

  it("is refreshed by a scan, and shows open files only where the user wants that", async () => {
    session = await start({ "a.demo": "bad" });
    await rows();
    let refreshed = 0;
    view().provider.onDidChangeTreeData(() => refreshed++);
    await session.commands["launchGuard.scanWorkspace"]();
    assert.ok(refreshed > 0);
    await session.commands["launchGuard.showOpenFilesOnly"]();
    assert.deepEqual(await rows(), []);
    editor.write(uriOf("a.demo"), "bad bad");
    await settled();
    assert.deepEqual(await rows(), [], "nor what changes");
  });

  it("heeds the least severity that the user wants to see", async () => {
    session = await start({ "a.demo": "bad" });
    editor.set("launchGuard.minimumSeverity", "error");
    assert.deepEqual(await rows(), []);
  });
});

function view() {
  const found = editor.trees.get("launchGuard.exposures");
  assert.ok(found);
  return found;
}

/** The rows as a person reads them, each below its parent. */
async function rows(parent?: unknown, indent = ""): Promise<string[]> {
  const lines: string[] = [];
  for (const node of await children(parent)) {
    const { label, resourceUri, description } = view().provider.getTreeItem(node);
    const more = typeof description === "string" ? ` ${description}` : "";
    lines.push(`${indent}${label ?? resourceUri?.path}${more}`, ...(await rows(node, `${indent}  `)));
  }
  return lines;
}

async function lastItem() {
  const [severity] = await children();
  const [file] = await children(severity);
  const [finding] = await children(file);
  return view().provider.getTreeItem(finding);
}

async function children(parent?: unknown): Promise<readonly unknown[]> {
  // What our provider answers.
  return (await view().provider.getChildren(parent)) as readonly unknown[];
}

function shownFiles(): string[] {
  return [...editor.shown]
    .filter(([, diagnostics]) => diagnostics.length > 0)
    .map(([path]) => path)
    .sort();
}
