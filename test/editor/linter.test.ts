import assert from "node:assert/strict";
import type { Session } from "../../src/editor/session.ts";
import { editor } from "../stub/editor.ts";
import { Uri } from "../stub/types.ts";
import { clock, open, settled, shown, start, uriOf } from "./playground.ts";

describe("the problems of an open file", () => {
  let session: Session;
  afterEach(() => {
    session.dispose();
    clock.goOn();
  });

  it("are shown when it is opened and go when it is closed", async () => {
    session = await start();
    open("a.demo", "x\nis bad\n");
    assert.deepEqual(shown("a.demo"), ["info 1:3-1:6"]);
    editor.close(uriOf("a.demo"));
    assert.deepEqual(shown("a.demo"), []);
  });

  it("follow what is typed once there is a pause", async () => {
    session = await start();
    open("a.demo", "good");
    clock.stop();
    editor.type(uriOf("a.demo"), "bad");
    clock.pass(150);
    assert.deepEqual(shown("a.demo"), [], "still typing");
    editor.type(uriOf("a.demo"), "bad bad");
    clock.pass(150);
    assert.deepEqual(shown("a.demo"), [], "typing again");
    clock.pass(50);
    assert.deepEqual(shown("a.demo"), ["info 0:0-0:3", "info 0:4-0:7"]);
  });

  it("wait for the file to be saved where the user wants that", async () => {
    session = await start();
    editor.set("launchGuard.run", "onSave");
    open("a.demo", "good");
    clock.stop();
    editor.type(uriOf("a.demo"), "bad");
    clock.pass(10_000);
    assert.deepEqual(shown("a.demo"), []);
    const [document] = editor.documents;
    if (document) editor.events.save.fire(document);
    assert.deepEqual(shown("a.demo"), ["info 0:0-0:3"]);
  });

  it("depend on the files that lead to it, as they are on the disk and as they are typed", async () => {
    session = await start({ "from.demo": "open\nto a.demo\n", "other.demo": "open\n" });
    open("a.demo", "bad");
    await settled();
    assert.deepEqual(shown("a.demo"), ["error 0:0-0:3"]);

    editor.write(uriOf("from.demo"), "to a.demo\n");
    await settled();
    assert.deepEqual(shown("a.demo"), ["info 0:0-0:3"]);

    clock.stop();
    open("other.demo", "open\n");
    editor.type(uriOf("other.demo"), "open\nto a.demo\n");
    clock.pass(200);
    assert.deepEqual(shown("a.demo"), ["error 0:0-0:3"]);

    editor.type(uriOf("other.demo"), "open\n");
    clock.pass(200);
    assert.deepEqual(shown("a.demo"), ["info 0:0-0:3"]);
  });

  it("no longer depend on what was typed into a neighbour and not saved", async () => {
    session = await start({ "from.demo": "to a.demo\n" });
    open("a.demo", "bad");
    open("from.demo", "open\nto a.demo\n");
    assert.deepEqual(shown("a.demo"), ["error 0:0-0:3"]);
    editor.close(uriOf("from.demo"));
    await settled();
    assert.deepEqual(shown("a.demo"), ["info 0:0-0:3"]);
  });

  it("name the places that matter in other files", async () => {
    session = await start({ "from.demo": "open\nto a.demo\n" });
    open("a.demo", "bad");
    await settled();
    const [diagnostic] = editor.shown.get(uriOf("a.demo").path) ?? [];
    assert.deepEqual(
      diagnostic?.relatedInformation?.map(({ location, message }) => `${location.uri.path}: ${message}`),
      ["/work/from.demo: Opened here."],
    );
    assert.equal(diagnostic?.source, "Launch Guard");
    assert.equal(diagnostic?.message, "This is bad.");
    assert.match(JSON.stringify(diagnostic?.code), /"value":"public-bind".*docs\/rules\/public-bind\.md/);
  });

  it("are found in what the user says is a script, and in loose files, but not in old versions", async () => {
    session = await start();
    open("start", "bad", "shellscript");
    assert.deepEqual(shown("start"), ["info 0:0-0:3"]);
    editor.open(new Uri("file", "/elsewhere/b.demo"), "plaintext", "bad");
    assert.equal(editor.shown.get("/elsewhere/b.demo")?.length, 1);
    editor.open(new Uri("git", "/work/c.demo"), "plaintext", "bad");
    assert.equal(editor.shown.get("/work/c.demo"), undefined);
  });

  it("go when its first line no longer says that it is a script", async () => {
    session = await start();
    open("start", "#!demo\nbad");
    assert.deepEqual(shown("start"), ["info 1:0-1:3"]);
    editor.type(uriOf("start"), "bad");
    assert.deepEqual(shown("start"), []);
  });

  it("are none where git ignores the file", async () => {
    session = await start({ ".gitignore": "secret/\n!kept.demo\n", "deep/.gitignore": "*.demo\n" });
    open("secret/kept.demo", "bad");
    open("deep/a.demo", "bad");
    open("a.demo", "bad");
    await settled();
    assert.deepEqual([shown("secret/kept.demo"), shown("deep/a.demo"), shown("a.demo")], [[], [], ["info 0:0-0:3"]]);
    editor.write(uriOf("deep/.gitignore"), undefined);
    await settled();
    assert.deepEqual(shown("deep/a.demo"), ["info 0:0-0:3"]);
  });
});

describe("the configuration", () => {
  let session: Session;
  afterEach(() => session.dispose());

  it("counts as it is written, and while it is broken as it last was", async () => {
    session = await start({ ".launch-guard.yaml": "strict" });
    open("a.demo", "bad");
    await settled();
    assert.deepEqual(shown("a.demo"), ["error 0:0-0:3"]);

    open(".launch-guard.yaml", "broken");
    assert.deepEqual(shown(".launch-guard.yaml"), ["error 0:0-0:6"]);
    assert.deepEqual(shown("a.demo"), ["error 0:0-0:3"]);

    editor.close(uriOf(".launch-guard.yaml"));
    editor.write(uriOf(".launch-guard.yaml"), "without demo");
    await settled();
    assert.deepEqual([shown(".launch-guard.yaml"), shown("a.demo")], [[], []]);

    editor.write(uriOf(".launch-guard.yaml"), undefined);
    await settled();
    assert.deepEqual(shown("a.demo"), ["info 0:0-0:3"]);
  });
});

describe("the settings", () => {
  let session: Session;
  afterEach(() => session.dispose());

  it("switch problems off and pick the severe ones", async () => {
    session = await start({ "from.demo": "open\nto a.demo\n" });
    open("a.demo", "bad");
    open("b.demo", "bad");
    await settled();
    editor.set("launchGuard.minimumSeverity", "warning");
    assert.deepEqual([shown("a.demo"), shown("b.demo")], [["error 0:0-0:3"], []]);
    editor.set("launchGuard.enable", false);
    assert.deepEqual([shown("a.demo"), shown("b.demo")], [[], []]);
  });

  it("do not count where they make no sense, which is said once", async () => {
    session = await start();
    editor.messages.length = 0;
    editor.set("launchGuard.delay", "soon");
    open("a.demo", "bad");
    open("b.demo", "bad");
    assert.deepEqual(shown("a.demo"), ["info 0:0-0:3"]);
    assert.deepEqual(editor.messages, ["The setting launchGuard.delay does not count: a number belongs here."]);
  });
});

describe("a scan of the workspace", () => {
  let session: Session;
  afterEach(() => session.dispose());

  it("shows the problems of files that are not open, and keeps up with the disk", async () => {
    session = await start({ "a.demo": "bad bad", "sub/start": "#!demo\nbad", "notes.txt": "bad" });
    editor.messages.length = 0;
    await session.commands["launchGuard.scanWorkspace"]();
    assert.deepEqual([shown("a.demo").length, shown("sub/start").length, shown("notes.txt").length], [2, 1, 0]);
    assert.deepEqual(editor.messages, ["Launch Guard: problems: 3, files with problems: 2, files looked at: 2."]);

    editor.write(uriOf("a.demo"), "bad");
    editor.write(uriOf("sub/start"), undefined);
    await settled();
    assert.deepEqual([shown("a.demo"), shown("sub/start")], [["info 0:0-0:3"], []]);
  });

  it("is kept when a file is closed, and can be taken back", async () => {
    session = await start({ "a.demo": "bad" });
    open("b.demo", "bad");
    open("a.demo", "bad bad");
    await session.commands["launchGuard.scanWorkspace"]();
    editor.close(uriOf("a.demo"));
    await settled();
    assert.deepEqual(shown("a.demo"), ["info 0:0-0:3"]);
    await session.commands["launchGuard.showOpenFilesOnly"]();
    assert.deepEqual([shown("a.demo"), shown("b.demo")], [[], ["info 0:0-0:3"]]);
  });
});
