import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the extension in a real editor", () => {
  it("activates", async () => {
    const extension = vscode.extensions.getExtension("launch-guard.launch-guard");
    assert.ok(extension, "VS Code does not know launch-guard.launch-guard");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
