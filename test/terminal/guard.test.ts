import assert from "node:assert/strict";
import * as vscode from "vscode";
import { editor } from "../stub/editor.ts";
import { folder, openWindow, type Window } from "./window.ts";

const exposed = "jupyter lab --ip=0.0.0.0 --allow-root";
const behindLogin = "jupyter lab --ip=0.0.0.0";

describe("the terminal guard", () => {
  let window: Window;
  beforeEach(async () => {
    window = await openWindow();
  });
  afterEach(() => {
    window.close();
    editor.files.clear();
  });

  it("tells of a launch as it starts, and what can be done", async () => {
    window.terminal().run(exposed);
    await window.settled();
    assert.equal(editor.messages.length, 1);
    assert.match(editor.messages[0] ?? "", /^Jupyter listens on every interface: .* run any code as you\. .*root/);
    assert.deepEqual(editor.buttons, [["Run Safely Instead", "Why?", "Don't Warn Again"]]);
    assert.deepEqual(await window.listed(), ["Jupyter :8888"]);
    assert.equal(window.statusBar(), "$(error) 1");
  });

  it("lists a warning without a notification, and takes it off when the command ends", async () => {
    const end = window.terminal().run(behindLogin);
    await window.settled();
    assert.deepEqual(editor.messages, []);
    assert.deepEqual(await window.listed(), ["Jupyter :8888"]);
    assert.equal(window.statusBar(), "$(warning) 1");
    end(0);
    await window.settled();
    assert.deepEqual(await window.listed(), []);
    assert.equal(window.statusBar(), undefined);
  });

  it("says nothing of what only this machine reaches", async () => {
    window.terminal().run("jupyter lab --allow-root");
    await window.settled();
    assert.deepEqual([editor.messages, await window.listed()], [[], []]);
  });

  it("never tells of a command that has ended meanwhile", async () => {
    window.terminal().run(exposed)(1);
    await window.settled();
    assert.deepEqual([editor.messages, await window.listed()], [[], []]);
  });

  it("tells once of a command that starts several", async () => {
    window.terminal().run(`${exposed} & mlflow server --host 0.0.0.0 & ${exposed}`);
    await window.settled();
    assert.equal(editor.messages.length, 1);
  });

  it("keeps two terminals apart", async () => {
    const [first, second] = [window.terminal(), window.terminal("zsh")];
    const endFirst = first.run(exposed);
    second.run("ray start --head --block --dashboard-host 0.0.0.0");
    await window.settled();
    assert.equal(editor.messages.length, 2);
    endFirst(0);
    await window.settled();
    assert.deepEqual(await window.listed(), ["Ray :8265"]);
    second.close();
    await window.settled();
    assert.deepEqual(await window.listed(), []);
  });

  it("tells of what outlives its command when that has ended well, and not when it failed", async () => {
    const terminal = window.terminal();
    const end = terminal.run(`nohup ${exposed} > log 2>&1 &`);
    await window.settled();
    assert.deepEqual(editor.messages, []);
    end(0);
    await window.settled();
    assert.equal(editor.messages.length, 1);
    assert.deepEqual(await window.listed(), ["Jupyter :8888"]);
    terminal.run("docker run -d -p 8889:8888 -e DOCKER_STACKS_JUPYTER_CMD=lab quay.io/jupyter/base-notebook")(125);
    await window.settled();
    assert.deepEqual(await window.listed(), ["Jupyter :8888"]);
  });

  it("disturbs nobody for a line that was guessed from the screen", async () => {
    window.terminal().run(exposed, { confidence: 0, isTrusted: false });
    await window.settled();
    assert.deepEqual([editor.messages, await window.listed()], [[], ["Jupyter :8888"]]);
  });

  it("reads each shell in its own way, and none that it does not know", async () => {
    window.terminal("fish").run("set -x IP 0.0.0.0; and jupyter lab --ip=$IP --allow-root");
    window.terminal("nu").run(exposed);
    await window.settled();
    assert.equal(editor.messages.length, 1);
  });

  it("knows a shell while the editor still calls the terminal after what ran in it before", async () => {
    const terminal = window.terminal("fish");
    terminal.run("ls")(0);
    terminal.isCalled("python");
    terminal.run("set -x IP 0.0.0.0; and jupyter lab --ip=$IP --allow-root");
    await window.settled();
    assert.equal(editor.messages.length, 1);
  });

  it("reads the files that a command names", async () => {
    editor.files.set(`${folder.path}/start.sh`, `#!/bin/sh\n${exposed}\n`);
    window.terminal().run("bash start.sh");
    await window.settled();
    assert.equal(editor.messages.length, 1);
  });

  it("tells from the severity on that is set", async () => {
    editor.set("launchGuard.terminal.notify", "warning");
    window.terminal().run(behindLogin);
    await window.settled();
    assert.equal(editor.messages.length, 1);
    editor.set("launchGuard.terminal.notify", "off");
    window.terminal().run(exposed);
    await window.settled();
    assert.equal(editor.messages.length, 1);
  });

  it("does not warn again about a command or a rule", async () => {
    editor.answer = "Don't Warn Again";
    editor.choose = ([first]) => first;
    window.terminal().run(exposed);
    await window.settled();
    assert.deepEqual(editor.settings.get("launchGuard.terminal.ignoredCommands"), [exposed]);
    editor.answer = undefined;
    editor.messages.length = 0;
    window.terminal().run(` ${exposed} `);
    await window.settled();
    assert.deepEqual(editor.messages, []);

    editor.settings.clear();
    editor.answer = "Don't Warn Again";
    editor.choose = (items) => items.find(({ label }) => label.includes("rule"));
    window.terminal().run(`${exposed} --port 9000`);
    await window.settled();
    assert.deepEqual(editor.settings.get("launchGuard.terminal.ignoredRules"), ["public-bind"]);
  });

  it("writes no secret into a setting", async () => {
    editor.answer = "Don't Warn Again";
    let offered: readonly string[] = [];
    editor.choose = (items) => {
      offered = items.map(({ label }) => label);
      return undefined;
    };
    window.terminal().run(`${exposed} --IdentityProvider.token=s3cret-abc123`);
    await window.settled();
    assert.equal(offered.includes("This command"), false);
    assert.equal(JSON.stringify([...window.state]).includes("s3cret"), false);
    assert.equal(editor.logged.join().includes("s3cret"), false);
  });

  it("explains why", async () => {
    editor.answer = "Why?";
    window.terminal().run(exposed);
    await window.settled();
    assert.ok(editor.executed.includes("launchGuard.explain public-bind"));
  });

  it("stays quick and right in 100 kB", async () => {
    const text = `${"echo jupyter lab --ip=0.0.0.0\n".repeat(3500)}${exposed}`;
    window.terminal().run(text);
    await window.settled();
    assert.equal(editor.messages.length, 1);
  });
});

describe("run safely instead", () => {
  let window: Window;
  beforeEach(async () => {
    window = await openWindow();
    editor.answer = "Run Safely Instead";
    editor.answers = ["Run Safely Instead", "Run Safely"];
  });
  afterEach(() => {
    window.close();
    editor.files.clear();
  });

  it("shows the line, stops the running one with as many Ctrl-C as it takes, and runs the line there", async () => {
    const terminal = window.terminal();
    const end = terminal.run(exposed);
    await window.until(() => terminal.sent.length === 2);
    assert.deepEqual(terminal.sent, ["\u0003", "\u0003"]);
    assert.deepEqual(editor.details, ["jupyter lab --allow-root"]);
    end(0);
    await window.until(() => terminal.sent.length === 3);
    assert.equal(terminal.sent[2], "jupyter lab --allow-root");
    await window.settled();
    assert.deepEqual(await window.listed(), []);
  });

  it("stops a server in the background by its own command", async () => {
    const terminal = window.terminal();
    terminal.endsAtOnce = true;
    terminal.run(`nohup ${exposed} --port=9999 &`)(0);
    await window.until(() => terminal.sent.length === 2);
    assert.deepEqual(terminal.sent, ["jupyter server stop 9999", "nohup jupyter lab --allow-root --port=9999 &"]);
  });

  it("stops a container by its engine, and frees its name", async () => {
    const terminal = window.terminal();
    terminal.endsAtOnce = true;
    const image = "quay.io/jupyter/base-notebook start-notebook.py --IdentityProvider.token=";
    terminal.run(`docker run -d --name lab -p 8888:8888 ${image}`)(0);
    await window.until(() => terminal.sent.length === 3);
    assert.deepEqual(terminal.sent.slice(0, 2), ["docker stop lab", "docker rename lab lab-before"]);
    assert.match(terminal.sent[2] ?? "", /^docker run -d --name lab -p 127\.0\.0\.1:8888:8888 /);
  });

  it("does the same on the host of ssh, and nothing to a container of that name here", async () => {
    const terminal = window.terminal();
    terminal.endsAtOnce = true;
    const image = "quay.io/jupyter/base-notebook start-notebook.py --IdentityProvider.token=";
    terminal.run(`ssh gpubox docker run -d --name lab -p 8888:8888 ${image}`)(0);
    await window.until(() => terminal.sent.length === 3);
    assert.deepEqual(terminal.sent.slice(0, 2), [
      "ssh gpubox 'docker stop lab'",
      "ssh gpubox 'docker rename lab lab-before'",
    ]);
    assert.match(terminal.sent[2] ?? "", /^ssh gpubox docker run -d --name lab -p 127\.0\.0\.1:8888:8888 /);
  });

  it("changes the file where that is what opens it, and shows how", async () => {
    const compose = (port: string) =>
      `services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n    ports: ["${port}"]\n    command: start-notebook.py --IdentityProvider.token=\n`;
    editor.files.set(`${folder.path}/compose.yaml`, compose("8888:8888"));
    const terminal = window.terminal();
    terminal.run("docker compose up -d")(0);
    await window.until(() => terminal.sent.length === 1);
    assert.match(String(editor.details[0]), /docker compose up -d[\s\S]*compose\.yaml[\s\S]*127\.0\.0\.1:8888:8888/);
    assert.match(editor.edited.join(), /compose\.yaml 0:0-6:0 [\s\S]*127\.0\.0\.1:8888:8888/);
    assert.deepEqual(terminal.sent, ["docker compose up -d"]);
  });

  it("opens a tunnel to the host of ssh, once it runs safely there", async () => {
    editor.answers = ["Open a Tunnel Instead", "Run Safely"];
    const terminal = window.terminal();
    const end = terminal.run("ssh gpubox 'jupyter lab --ip=0.0.0.0 --allow-root --port=9000'");
    await window.until(() => editor.created.length === 1);
    assert.deepEqual(editor.buttons[0], ["Run Safely Instead", "Open a Tunnel Instead", "Why?", "Don't Warn Again"]);
    assert.match(editor.messages[0] ?? "", /It runs on gpubox: everyone on the networks of that machine reaches it\.$/);
    assert.deepEqual(await window.listed(), ["Jupyter :9000"]);
    // Ctrl-C would end ssh alone.
    await window.until(() => editor.created[0]?.lines.length === 1);
    assert.deepEqual(editor.created[0]?.lines, ["ssh gpubox 'jupyter server stop 9000 || fuser -k -TERM 9000/tcp'"]);
    end(0);
    await window.until(() => editor.executed.some((each) => each.startsWith("launchGuard.openTunnel")));
    assert.deepEqual(terminal.sent, ["ssh gpubox 'jupyter lab --allow-root --port=9000'"]);
  });

  it("ends by keys what ssh runs with a terminal, and by its port what has no command for that", async () => {
    editor.set("launchGuard.terminal.notify", "warning");
    const terminal = window.terminal();
    terminal.run("ssh -t gpubox mlflow server --host 0.0.0.0 --port 9001");
    await window.until(() => terminal.sent.length === 1);
    assert.deepEqual([terminal.sent, editor.created.length], [["\u0003"], 0]);
    editor.answers = ["Run Safely Instead", "Run Safely"];
    window.terminal().run("ssh -p 2222 -L 9001:localhost:9001 me@gpubox mlflow server --host 0.0.0.0 --port 9001");
    await window.until(() => editor.created[0]?.lines.length === 1);
    assert.deepEqual(editor.created[0]?.lines, ["ssh -p 2222 me@gpubox 'fuser -k -TERM 9001/tcp'"]);
    editor.answers = ["Run Safely Instead", "Run Safely"];
    window.terminal().run("ssh -t jump ssh gpubox mlflow server --host 0.0.0.0 --port 9001");
    await window.until(() => editor.created[1]?.lines.length === 1);
    assert.deepEqual(editor.created[1]?.lines, ["ssh jump 'ssh gpubox '\\''fuser -k -TERM 9001/tcp'\\'''"]);
  });

  it("is not offered in a workspace that nobody trusts", async () => {
    editor.isTrusted = false;
    window.terminal().run(exposed);
    await window.settled();
    editor.isTrusted = true;
    assert.deepEqual(editor.buttons, [["Why?", "Don't Warn Again"]]);
  });
});

describe("an address with a token that a terminal prints", () => {
  let window: Window;
  beforeEach(async () => {
    window = await openWindow();
  });
  afterEach(() => window.close());

  it("opens on this machine without the token, which goes to the clipboard", async () => {
    const terminal = window.terminal();
    terminal.run("jupyter lab --port 9000");
    await window.settled();
    editor.executed.length = 0;
    assert.equal(await terminal.follow("    http://gpubox:9000/lab?token=abc123def"), true);
    assert.deepEqual(editor.executed, ["copy abc123def", "openExternal http://127.0.0.1:9000/lab"]);
    assert.equal([...editor.logged, ...editor.messages].join().includes("abc123def"), false);
  });

  it("opens nothing because some text said so", async () => {
    const terminal = window.terminal();
    assert.equal(await terminal.follow("http://127.0.0.1:9000/lab?token=abc123def"), false, "no server runs there");
    terminal.run("jupyter lab --port 9000");
    await window.settled();
    editor.executed.length = 0;
    await terminal.follow("http://127.0.0.1:22/?token=abc123def");
    assert.deepEqual(editor.executed, [], "its user was asked, and did not answer");
    assert.match(editor.messages.at(-1) ?? "", /^Open http:\/\/127\.0\.0\.1:22\//);
  });
});

describe("over a reload", () => {
  it("a launch is listed again without a word, and leaves when its terminal goes on", async () => {
    const before = await openWindow();
    const terminal = before.terminal();
    terminal.run(exposed);
    await before.settled();
    const terminals = editor.terminals;
    before.close();

    const after = await openWindow(before.state);
    await after.settled();
    assert.deepEqual(await after.listed(), [], "its terminal is not back yet");
    editor.terminals = terminals;
    for (const back of terminals) editor.events.terminalOpen.fire(back);
    await after.settled();
    assert.deepEqual(await after.listed(), ["Jupyter :8888"]);
    assert.deepEqual(editor.messages, []);
    terminal.run("true");
    await after.settled();
    assert.deepEqual(await after.listed(), []);
    after.close();
  });
});

describe("tasks and debuggers", () => {
  let window: Window;
  beforeEach(async () => {
    window = await openWindow();
  });
  afterEach(() => window.close());

  it("are watched like terminals", async () => {
    const execution = {
      task: {
        name: "serve",
        scope: { uri: folder },
        execution: new vscode.ShellExecution(exposed, { executable: "C:\\Windows\\cmd.exe" }),
      },
    };
    editor.events.taskStart.fire({ execution });
    await window.settled();
    assert.equal(editor.messages.length, 1);
    editor.events.taskEnd.fire({ execution, exitCode: 0 });
    await window.settled();
    assert.deepEqual(await window.listed(), []);

    const words = ["lab", "--ip=0.0.0.0", "--allow-root"];
    const process = { task: { ...execution.task, execution: new vscode.ProcessExecution("jupyter", words) } };
    editor.events.taskStart.fire({ execution: process });
    await window.settled();
    assert.equal(editor.messages.length, 2);

    const session = {
      id: "1",
      name: "Lab",
      type: "debugpy",
      configuration: { request: "launch", module: "jupyter", args: words, env: { A: "1" } },
    };
    editor.events.debugStart.fire(session);
    await window.settled();
    assert.equal(editor.messages.length, 3);
    editor.events.debugEnd.fire(session);
    await window.settled();
    assert.equal((await window.listed()).length, 1);
  });

  it("are told once where a terminal tells of them too, and gone with the first of the two", async () => {
    const configuration = { request: "launch", command: exposed };
    const session = { id: "1", name: "Lab", type: "node-terminal", configuration };
    editor.events.debugStart.fire(session);
    const end = window.terminal().run(exposed);
    await window.settled();
    assert.deepEqual([editor.messages.length, await window.listed()], [1, ["Jupyter :8888"]]);
    end(0);
    await window.settled();
    assert.deepEqual(await window.listed(), []);

    window.terminal().run(exposed);
    await window.settled();
    editor.events.debugStart.fire({ ...session, id: "2" });
    await window.settled();
    assert.deepEqual([editor.messages.length, await window.listed()], [2, ["Jupyter :8888"]]);
  });

  it("are told by the task where its own terminal was first, and nobody has typed there", async () => {
    window.terminal("bash", false).run(exposed);
    await window.settled();
    assert.deepEqual([editor.messages.length, await window.listed()], [0, []]);
  });
});
