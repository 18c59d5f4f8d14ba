import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, found, open, ours, remove, until, untilFound, uriOf, write } from "./workspace.ts";

const text = "jupyter lab --ip=0.0.0.0\n";

describe("configuration", () => {
  afterEach(async () => {
    await closeAll();
    await remove("configured.sh");
  });

  it("in .launch-guard.yaml counts as soon as it is written, and no longer", async () => {
    await open("configured.sh", text);
    await untilFound("configured.sh", text, ["public-bind: 0.0.0.0"]);
    await write(".launch-guard.yaml", "rules: { public-bind: off }\n");
    await untilFound("configured.sh", text, []);
    await write(".launch-guard.yaml", "rules: { public-bind: error }\n");
    await until("it is an error", () => ours(uriOf("configured.sh"))[0]?.severity === vscode.DiagnosticSeverity.Error);
    await write(".launch-guard.yaml", "exclude: [configured.sh]\n");
    await untilFound("configured.sh", text, []);
    await remove(".launch-guard.yaml");
    await untilFound("configured.sh", text, ["public-bind: 0.0.0.0"]);
  });

  it("that makes no sense is underlined, and what it said before holds on", async () => {
    await open("configured.sh", text);
    const right = "rules: { public-bind: error }\n";
    const { document } = await open(".launch-guard.yaml", right);
    await until("it is an error", () => ours(uriOf("configured.sh"))[0]?.severity === vscode.DiagnosticSeverity.Error);
    // Typed, not written to the disk, where a reader may meet a file that is half written.
    const wrong = "rules: { public-bnd: off }\n";
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 1, 0), wrong);
    await vscode.workspace.applyEdit(edit);
    await until("it is underlined", () => ours(uriOf(".launch-guard.yaml")).length === 1);
    assert.deepEqual(found(".launch-guard.yaml", wrong), ["undefined: public-bnd"]);
    assert.equal(ours(uriOf("configured.sh"))[0]?.severity, vscode.DiagnosticSeverity.Error);
    await document.save();
    await closeAll();
    await remove(".launch-guard.yaml");
  });

  it("by settings switches us off, and picks what is shown", async () => {
    const settings = vscode.workspace.getConfiguration("launchGuard");
    await open("configured.sh", text);
    await untilFound("configured.sh", text, ["public-bind: 0.0.0.0"]);
    await settings.update("enable", false);
    await untilFound("configured.sh", text, []);
    await settings.update("enable", undefined);
    await untilFound("configured.sh", text, ["public-bind: 0.0.0.0"]);
    await settings.update("minimumSeverity", "error");
    await untilFound("configured.sh", text, []);
    await settings.update("minimumSeverity", undefined);
    await untilFound("configured.sh", text, ["public-bind: 0.0.0.0"]);
    await remove(".vscode");
  });
});
