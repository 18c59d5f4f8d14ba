import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, ours, remove, until, uriOf, write } from "./workspace.ts";

describe("a scan of the workspace", () => {
  before(async () => {
    await write("scan/deep/er/lab.sh", "jupyter lab --ip=0.0.0.0\n");
    await write("scan/bin/start", "#!/usr/bin/env bash\ntensorboard --bind_all\n");
    await write("scan/node_modules/x/lab.sh", "jupyter lab --ip=0.0.0.0\n");
    await write("scan/marked.sh", "\uFEFFjupyter lab --ip=0.0.0.0\n");
    await write("scan/notes.txt", "jupyter lab --ip=0.0.0.0\n");
    // The editor's watcher can miss what happens in a folder that is new; these stand where it watches already.
    await write("watched.sh", "jupyter lab --ip=0.0.0.0\n");
    await write("removed.sh", "jupyter lab --ip=0.0.0.0\n");
    await vscode.commands.executeCommand("launchGuard.scanWorkspace");
  });

  after(async () => {
    await closeAll();
    await vscode.commands.executeCommand("launchGuard.showOpenFilesOnly");
    for (const path of ["scan", "watched.sh"]) await remove(path);
  });

  it("finds what is wrong in files that are not open", () => {
    assert.equal(ours(uriOf("scan/deep/er/lab.sh")).length, 1);
    assert.equal(ours(uriOf("scan/bin/start")).length, 1);
  });

  it("leaves foreign code and other files alone", () => {
    assert.equal(ours(uriOf("scan/node_modules/x/lab.sh")).length, 0);
    assert.equal(ours(uriOf("scan/notes.txt")).length, 0);
  });

  it("counts as the editor does behind a byte order mark", () => {
    const [diagnostic] = ours(uriOf("scan/marked.sh"));
    assert.deepEqual(diagnostic?.range, new vscode.Range(0, 17, 0, 24));
  });

  it("keeps up with the disk", async () => {
    assert.equal(ours(uriOf("removed.sh")).length, 1);
    await write("watched.sh", "jupyter lab\n");
    await until("the problem is gone", () => ours(uriOf("watched.sh")).length === 0);
    await remove("removed.sh");
    await until("the problem is gone with its file", () => ours(uriOf("removed.sh")).length === 0);
  });

  it("can be taken back", async () => {
    await write("watched.sh", "jupyter lab --ip=0.0.0.0\n");
    await until("the problem is back", () => ours(uriOf("watched.sh")).length === 1);
    await vscode.commands.executeCommand("launchGuard.showOpenFilesOnly");
    assert.equal(ours(uriOf("watched.sh")).length, 0);
  });
});
