import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, open, ours, remove, until, untilFound, uriOf, write } from "./workspace.ts";

describe("what is underlined", () => {
  afterEach(closeAll);

  it("stands at the exact word of a Dockerfile, with its rule's page", async () => {
    const text = 'FROM python:3.12\nCMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser"]\n';
    await open("exact/Dockerfile", text);
    const [diagnostic] = await untilFound("exact/Dockerfile", text, ["public-bind: 0.0.0.0"]);
    assert.deepEqual(diagnostic?.range, new vscode.Range(1, 29, 1, 36));
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Information);
    const code = typeof diagnostic?.code === "object" ? diagnostic.code : undefined;
    assert.match(code?.target.toString() ?? "", /^https:.*docs\/rules\/public-bind\.md$/);
    await remove("exact");
  });

  it("follows what is typed", async () => {
    const safe = "jupyter lab --ip=127.0.0.1\n";
    const unsafe = "jupyter lab --ip=0.0.0.0\n";
    const editor = await open("typed.sh", safe);
    await untilFound("typed.sh", safe, []);
    const type = (from: string, to: string) => {
      const at = editor.document.getText().indexOf(from);
      const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + from.length));
      return editor.edit((edit) => edit.replace(range, to));
    };
    await type("127.0.0.1", "0.0.0.0");
    await untilFound("typed.sh", unsafe, ["public-bind: 0.0.0.0"]);
    await type("0.0.0.0", "127.0.0.1");
    await untilFound("typed.sh", safe, []);
    await closeAll();
    await remove("typed.sh");
  });

  it("knows a script by the language that was chosen for it", async () => {
    const text = "jupyter lab --ip=0.0.0.0\n";
    const document = await vscode.workspace.openTextDocument({ language: "shellscript", content: text });
    await vscode.window.showTextDocument(document);
    await untilFoundAt(document.uri, 1);
  });

  it("takes the compose file beside a Dockerfile into account, as it changes", async () => {
    const dockerfile = 'FROM python:3.12\nCMD ["jupyter", "lab", "--ip=0.0.0.0", "--ServerApp.token="]\n';
    await open("linked/Dockerfile", dockerfile);
    const before = await untilFound("linked/Dockerfile", dockerfile, [
      'no-auth: "--ServerApp.token="',
      "public-bind: 0.0.0.0",
    ]);
    assert.deepEqual(severities(before), [1, 2]);

    await write("linked/compose.yaml", 'services:\n  lab:\n    build: .\n    ports: ["8888:8888"]\n');
    await untilSeverities("linked/Dockerfile", [0, 2]);
    const related = ours(uriOf("linked/Dockerfile")).flatMap(({ relatedInformation = [] }) =>
      relatedInformation.map(({ location }) => vscode.workspace.asRelativePath(location.uri)),
    );
    assert.ok(related.includes("linked/compose.yaml"), `related places are in ${related.join(", ")}`);

    await remove("linked/compose.yaml");
    await untilSeverities("linked/Dockerfile", [1, 2]);
    await closeAll();
    await remove("linked");
  });

  it("goes when its file is closed", async () => {
    const text = "jupyter lab --ip=0.0.0.0\n";
    await open("closed.sh", text);
    await untilFound("closed.sh", text, ["public-bind: 0.0.0.0"]);
    await closeAll();
    await untilFound("closed.sh", text, []);
    await remove("closed.sh");
  });

  it("does not stand in a file that git ignores", async () => {
    const text = "jupyter lab --ip=0.0.0.0\n";
    await write("ignored/.gitignore", "private*\n");
    await open("ignored/private.sh", text);
    await open("ignored/public.sh", text);
    await untilFound("ignored/public.sh", text, ["public-bind: 0.0.0.0"]);
    await untilFound("ignored/private.sh", text, []);
    await closeAll();
    await remove("ignored");
  });
});

function severities(diagnostics: readonly vscode.Diagnostic[]): number[] {
  return diagnostics.map(({ severity }) => severity).sort();
}

async function untilSeverities(path: string, expected: readonly number[]): Promise<void> {
  await until(`${path} has severities ${expected}`, () => severities(ours(uriOf(path))).join() === expected.join());
}

async function untilFoundAt(uri: vscode.Uri, count: number): Promise<void> {
  await until(`${uri} has ${count} problems`, () => ours(uri).length === count);
}
