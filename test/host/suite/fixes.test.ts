import assert from "node:assert/strict";
import * as vscode from "vscode";
import { actionsAt, closeAll, open, ours, remove, ruleOf, until, untilFound, uriOf, write } from "./workspace.ts";

const script = "#!/bin/sh\njupyter lab --ip=0.0.0.0 --ServerApp.token='' --ServerApp.disable_check_xsrf=True\n";
const problems = ["cross-origin: True", "no-auth: --ServerApp.token=''", "public-bind: 0.0.0.0"];

describe("what can be done about it", () => {
  afterEach(async () => {
    await closeAll();
    await remove("fixes");
  });

  it("is offered as quick fixes, the best one preferred", async () => {
    const editor = await open("fixes/lab.sh", script);
    const found = await untilFound("fixes/lab.sh", script, problems);
    const noAuth = found.find((diagnostic) => ruleOf(diagnostic) === "no-auth");
    assert.ok(noAuth);
    const actions = await actionsAt(editor, noAuth.range);
    const [preferred] = actions.filter(({ isPreferred }) => isPreferred);
    assert.ok(preferred?.edit, `a preferred fix among ${actions.map(({ title }) => title).join(", ")}`);
    await vscode.workspace.applyEdit(preferred.edit);
    const fixed = "#!/bin/sh\njupyter lab --ip=0.0.0.0 --ServerApp.disable_check_xsrf=True\n";
    assert.equal(editor.document.getText(), fixed);
    await untilFound("fixes/lab.sh", fixed, ["cross-origin: True", "public-bind: 0.0.0.0"]);
  });

  it("is done for the whole file by one command", async () => {
    const editor = await open("fixes/lab.sh", script);
    await untilFound("fixes/lab.sh", script, problems);
    await vscode.commands.executeCommand("launchGuard.fixAll");
    assert.equal(editor.document.getText(), "#!/bin/sh\njupyter lab --ip=0.0.0.0\n");
    await untilFound("fixes/lab.sh", editor.document.getText(), ["public-bind: 0.0.0.0"]);
  });

  it("is done on save where the user asks for it", async () => {
    const settings = vscode.workspace.getConfiguration("editor");
    await settings.update("codeActionsOnSave", { "source.fixAll.launchGuard": "explicit" });
    const editor = await open("fixes/lab.sh", script);
    await untilFound("fixes/lab.sh", script, problems);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 9), " -e"));
    await editor.document.save();
    await settings.update("codeActionsOnSave", undefined);
    assert.equal(editor.document.getText(), "#!/bin/sh -e\njupyter lab --ip=0.0.0.0\n");
    await remove(".vscode");
  });

  it("touches the compose file where the fix belongs there", async () => {
    await write("fixes/compose.yaml", 'services:\n  lab:\n    build: .\n    ports: ["8888:8888"]\n');
    const text = 'FROM python:3.12\nCMD ["jupyter", "lab", "--ip=0.0.0.0"]\n';
    const editor = await open("fixes/Dockerfile", text);
    await until("the compose file is known", () =>
      ours(editor.document.uri).some(({ relatedInformation = [] }) =>
        relatedInformation.some(({ location }) => location.uri.path.endsWith("compose.yaml")),
      ),
    );
    const actions = await actionsAt(editor, new vscode.Range(1, 30, 1, 30));
    const fix = actions.find(({ title }) => title.startsWith("Publish"));
    assert.ok(fix?.edit, `a fix of the publish among ${actions.map(({ title }) => title).join(", ")}`);
    assert.deepEqual(
      fix.edit.entries().map(([uri]) => vscode.workspace.asRelativePath(uri)),
      ["fixes/compose.yaml"],
    );
    await vscode.workspace.applyEdit(fix.edit);
    const compose = await vscode.workspace.openTextDocument(uriOf("fixes/compose.yaml"));
    assert.match(compose.getText(), /"127\.0\.0\.1:8888:8888"/);
    await compose.save();
  });

  it("can be ignored, with the cursor where the reason is typed", async () => {
    const text = "if true; then\n  jupyter lab --ip=0.0.0.0\nfi\n";
    const editor = await open("fixes/lab.sh", text);
    await untilFound("fixes/lab.sh", text, ["public-bind: 0.0.0.0"]);
    // Asked for by the API: the light bulb may cancel what a key asks for; `workbench/` does it by keys.
    const actions = await actionsAt(editor, new vscode.Range(1, 22, 1, 22));
    const edit = actions.find(({ kind }) => kind?.value === "quickfix.launchGuard.ignore")?.edit;
    assert.ok(edit);
    await vscode.workspace.applyEdit(edit);
    await until("the comment is written", () => editor.document.lineCount === 5);
    await vscode.commands.executeCommand("type", { text: "behind the proxy" });
    assert.equal(
      editor.document.getText(),
      "if true; then\n  # launch-guard: ignore[public-bind] behind the proxy\n  jupyter lab --ip=0.0.0.0\nfi\n",
    );
    await untilFound("fixes/lab.sh", editor.document.getText(), []);
  });

  it("is explained in a hover", async () => {
    const text = "jupyter lab --ip=0.0.0.0\n";
    const editor = await open("fixes/lab.sh", text);
    await untilFound("fixes/lab.sh", text, ["public-bind: 0.0.0.0"]);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      editor.document.uri,
      new vscode.Position(0, 20),
    );
    const said = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === "string" ? content : content.value))
      .join("\n");
    assert.match(said, /Why is this unsafe\?/);
    assert.match(said, /docs\/rules\/public-bind\.md/);
  });
});

describe("a rule's page", () => {
  it("opens inside the editor", async () => {
    await vscode.commands.executeCommand("launchGuard.explain", "public-bind");
    await until("the page is shown", () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes("public-bind"))),
    );
    await closeAll();
  });
});
