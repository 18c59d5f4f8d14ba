import assert from "node:assert/strict";
import { message } from "../../../src/core/message.ts";
import { openLog } from "../../../src/editor/log.ts";
import type { Action } from "../../../src/editor/machine/list.ts";
import { type Here, whatListensHere } from "../../../src/editor/machine/what-listens.ts";
import { attention } from "../../../src/editor/tunnels/attention.ts";
import type { Desk } from "../../../src/editor/tunnels/desk.ts";
import type { RemoteServer } from "../../../src/tunnel/discovery/server.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { LocalAudit, LocalServer } from "../../../src/tunnel/local/audit.ts";
import type { StopRequest } from "../../../src/tunnel/local/stop.ts";
import type { Target } from "../../../src/tunnel/target.ts";
import { editor, type PickItem } from "../../stub/editor.ts";
import { Uri } from "../../stub/types.ts";
import { tunnelsOf } from "../tunnels/some-tunnels.ts";

describe("what listens on this machine", () => {
  beforeEach(reset);
  after(reset);

  it("is said in one sentence where it is nothing", async () => {
    await whatListensHere(deskOf([]).desk, here);
    assert.deepEqual(editor.messages, ["No ML server that Launch Guard knows listens on this machine."]);
  });

  it("is listed with what needs care first, and what can be done about each", async () => {
    const shown = choosing(() => undefined);
    await whatListensHere(deskOf([kept, foreign, exposed]).desk, here);
    assert.deepEqual(
      shown.map(({ label, description, detail, buttons = [] }) => [
        label,
        description,
        detail,
        buttons.map(({ tooltip }) => tooltip).join(),
      ]),
      [
        ["ML servers", undefined, undefined, ""],
        [
          "$(warning) $(notebook) Jupyter",
          "127.0.0.1:8888",
          "the network can reach it · without a login · ada",
          "Stop,Restart on Loopback",
        ],
        ["$(beaker) MLflow", "127.0.0.1:5001", "the network can reach it · asks for a login · eve", ""],
        ["$(notebook) Jupyter", "127.0.0.1:8889", "this machine only · asks for a login · ada", "Open,Stop"],
      ],
    );
  });

  it("is shown with what is wrong with it, once it is chosen", async () => {
    const shown = choosing((items) => items.find(({ label }) => label.includes("Jupyter")));
    await whatListensHere(deskOf([exposed]).desk, here);
    assert.deepEqual(
      shown.slice(2).map(({ label }) => label),
      ["$(debug-stop) Stop", "$(debug-restart) Restart on Loopback", "", "$(warning) It is open."],
    );
  });

  it("is stopped only after its user was asked by name", async () => {
    const { desk, stopped } = deskOf([exposed]);
    press("stop");
    await whatListensHere(desk, here);
    assert.deepEqual(editor.messages, ["Stop Jupyter on 127.0.0.1:8888, process 7?"]);
    assert.deepEqual(stopped, []);
    editor.answer = "Stop";
    await whatListensHere(desk, here);
    assert.deepEqual(stopped, [{ process: exposed.process, kind: "jupyter", force: false }]);
    assert.match(editor.messages.at(-1) ?? "", /nothing of it listens on 127.0.0.1:8888 any more/);
  });

  it("is not ended by force where nobody asks for that", async () => {
    const { desk, stopped } = deskOf([exposed], { endures: true });
    press("stop");
    editor.answer = "Stop";
    await whatListensHere(desk, here);
    assert.deepEqual(
      stopped.map(({ force }) => force),
      [false],
    );
    assert.match(editor.messages.at(-1) ?? "", /goes on/);
  });

  it("is started again as it was asked about, in the folder it ran in", async () => {
    const { desk, stopped } = deskOf([exposed]);
    press("restart");
    editor.answer = "Restart on Loopback";
    const given: (readonly string[])[] = [];
    await whatListensHere(desk, {
      ...here,
      async safeLine(words) {
        given.push(words);
        return words.includes("--ip=0.0.0.0") ? "jupyter lab --ip=127.0.0.1" : undefined;
      },
    });
    assert.deepEqual(given, [["worker"], ["jupyter", "lab", "--ip=0.0.0.0"]]);
    assert.equal(stopped.length, 1);
    assert.deepEqual(editor.created, [
      { options: { name: "Restarted on Loopback", cwd: "/home/ada" }, lines: ["jupyter lab --ip=127.0.0.1"] },
    ]);
  });

  for (const [what, line] of [
    ["cannot be corrected", undefined],
    ["a terminal would not pass on", "jupyter\nlab"],
  ] as const) {
    it(`is left alone where its command ${what}`, async () => {
      const { desk, stopped } = deskOf([exposed]);
      press("restart");
      editor.answer = "Restart on Loopback";
      await whatListensHere(desk, { ...here, safeLine: async () => line });
      assert.deepEqual([stopped, editor.created], [[], []]);
      assert.match(editor.messages.join(), /does not tell how to keep it on loopback/);
    });
  }

  it("is asked about with its secrets left out, and started again with them", async () => {
    const { desk } = deskOf([exposed]);
    press("restart");
    editor.answer = "Restart on Loopback";
    const line = "jupyter lab --ip=127.0.0.1 --IdentityProvider.token geheim";
    await whatListensHere(desk, { ...here, safeLine: async () => line });
    assert.match(editor.details.join(), /^jupyter lab --ip=127\.0\.0\.1 --IdentityProvider\.token …\n/);
    assert.deepEqual(editor.created[0]?.lines, [line]);
  });

  it("is not started again in a workspace that is not trusted", async () => {
    const { desk, stopped } = deskOf([exposed]);
    press("restart");
    editor.isTrusted = false;
    editor.answer = "Restart on Loopback";
    await whatListensHere(desk, { ...here, safeLine: async () => "jupyter lab" });
    assert.deepEqual([stopped, editor.created], [[], []]);
    assert.match(editor.messages.join(), /This workspace is not trusted/);
  });

  describe("where the window works on another machine", () => {
    const elsewhere = { ...here, isElsewhere: true };

    it("is offered as an audit of its host, and as a listing in a terminal there", async () => {
      editor.folders = [{ uri: new Uri("vscode-remote", "/home/ada", "ssh-remote+gpubox") }];
      const shown = choosing((items) => items.find(({ label }) => label.startsWith("$(terminal)")));
      await whatListensHere(deskOf([]).desk, elsewhere);
      assert.deepEqual(
        shown.map(({ label }) => label),
        ["$(search) Audit gpubox over SSH", "$(terminal) List what listens there in a terminal"],
      );
      assert.match(editor.created[0]?.lines.join() ?? "", /^sh -c '.*ss -ltnp.*lsof -nP -iTCP -sTCP:LISTEN/);
    });

    it("runs nothing before its user has chosen", async () => {
      choosing(() => undefined);
      await whatListensHere(deskOf([]).desk, elsewhere);
      assert.deepEqual(editor.created, []);
    });
  });
});

type Shown = PickItem & { readonly detail?: string; readonly buttons?: readonly { readonly tooltip: string }[] };

const here: Here = { isElsewhere: false, safeLine: async () => undefined };

const jupyter: RemoteServer = {
  ...{ kind: "jupyter", name: "jupyter-8888", basePath: "/", owner: "ada", own: true, pid: 7, hasToken: false },
  ...{ target: at(8888), reach: "network", auth: "off" },
};
const exposed: LocalServer = {
  server: jupyter,
  findings: [{ rule: "no-auth", severity: "error", message: message("It is open."), why: [] }],
  process: { pid: 7, born: "1", sum: "2" },
};
const kept: LocalServer = {
  server: { ...jupyter, target: at(8889), reach: "loopback", auth: "on" },
  findings: [],
  process: { pid: 8, born: "1", sum: "2" },
};
const foreign: LocalServer = {
  server: {
    ...jupyter,
    kind: "mlflow",
    target: at(5001),
    auth: "on",
    owner: "eve",
    own: false,
  },
  findings: [],
};

function at(port: number): Target {
  return { kind: "tcp", host: "127.0.0.1", port };
}

function reset(): void {
  editor.messages = [];
  editor.details = [];
  editor.created = [];
  editor.folders = [];
  editor.isTrusted = true;
  editor.answer = undefined;
  editor.choose = () => undefined;
}

/** What lists show, and what is chosen from them. */
function choosing(choose: (items: readonly PickItem[]) => PickItem | undefined): Shown[] {
  const shown: Shown[] = [];
  editor.choose = (items) => {
    shown.push(...items);
    return choose(items);
  };
  return shown;
}

/** Presses the first server's button for this. */
function press(action: Action): void {
  const buttons = (item: object) => ("buttons" in item && Array.isArray(item.buttons) ? item.buttons : []);
  choosing((items) => items.flatMap(buttons).find(({ value }) => value.action === action));
}

/** A desk whose service knows these servers; one that endures goes on when it is told to end. */
function deskOf(servers: readonly LocalServer[], { endures = false } = {}) {
  const stopped: StopRequest[] = [];
  const audit: LocalAudit = { machine: { hostname: "here", id: "1" }, servers, others: [], limits: [] };
  const service = {
    auditHere: async () => audit,
    async stopHere(request: StopRequest) {
      stopped.push(request);
      if (endures) throw new TunnelError("does-not-end", message("Process 7 was told to end and goes on."));
    },
    commandsHere: async () => [
      { words: ["worker"], folder: "/" },
      { words: ["jupyter", "lab", "--ip=0.0.0.0"], folder: "/home/ada" },
    ],
  };
  // Nothing else is asked of it here.
  const { tunnels } = tunnelsOf([], { service: service as never });
  const desk: Desk = { tunnels, attention: attention(), log: openLog(), opened: async () => undefined };
  return { desk, stopped };
}
