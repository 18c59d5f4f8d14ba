import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mock } from "node:test";
import * as vscode from "vscode";
import type { ShownTunnel } from "../../../src/editor/tunnels/tunnels.ts";
import { showTunnels } from "../../../src/editor/tunnels/view.ts";
import { editor } from "../../stub/editor.ts";
import { saved, status, tunnelsOf } from "./some-tunnels.ts";

const minuteMs = 60_000;

describe("the Tunnels view", () => {
  let view: vscode.Disposable;
  beforeEach(() => mock.timers.enable({ apis: ["Date", "setInterval"], now: 100 * minuteMs }));
  afterEach(() => {
    view.dispose();
    mock.timers.reset();
    editor.executed = [];
  });

  function show(tunnels: readonly ShownTunnel[], showsTraffic = true) {
    const shown = tunnelsOf(tunnels);
    view = showTunnels(shown.tunnels, vscode.Uri.parse("file:/extension"), () => showsTraffic);
    return shown;
  }

  const up = status("up", { upSince: 97 * minuteMs });

  it("says of an open tunnel where it is, since when, and how much went through", () => {
    show([{ saved: saved(), status: up }]);
    assert.equal(row().label, "Jupyter on gpubox");
    assert.equal(row().description, "127.0.0.1:8888 · 3 min · ↓ 2.0 KiB ↑ 100 B");
    assert.equal(row().command, undefined);
  });

  it("leaves traffic out where nobody wants to see it, and says what a name does not", () => {
    show([{ saved: saved({ name: "training" }), status: up }], false);
    assert.equal(row().description, "Jupyter · gpubox · 127.0.0.1:8888 · 3 min");
  });

  it("says first what is wrong with one that is not up", () => {
    show([{ saved: saved(), status: status("failed") }]);
    assert.equal(row().description, "failed · 127.0.0.1:8888");
  });

  it("says so where another window holds it", () => {
    show([{ saved: saved(), status: { ...up, elsewhere: true } }], false);
    assert.equal(row().description, "127.0.0.1:8888 · 3 min · another window");
  });

  it("opens what is closed with a click", () => {
    for (const tunnel of [{ saved: saved() }, { saved: saved(), status: status("stopped") }]) {
      show([tunnel]);
      assert.equal(row().description, "closed");
      assert.equal(row().command?.command, "launchGuard.reconnectTunnel");
      assert.deepEqual(row().command?.arguments, ["1"]);
      view.dispose();
    }
  });

  const states = [
    { state: "connecting", icon: "connecting", context: "tunnel open connecting jupyter" },
    { state: "up", icon: "up", context: "tunnel open up jupyter" },
    { state: "checking", icon: "checking", context: "tunnel open checking jupyter" },
    { state: "reconnecting", icon: "reconnecting", context: "tunnel open reconnecting jupyter" },
    { state: "failed", icon: "failed", context: "tunnel closed failed jupyter" },
    { state: "stopped", icon: "closed", context: "tunnel closed stopped jupyter" },
  ] as const;
  for (const { state, icon, context } of states)
    it(`shows that it is ${icon} to eyes, ears and menus`, () => {
      show([{ saved: saved(), status: status(state) }]);
      const { iconPath, accessibilityInformation, contextValue } = row();
      const { light, dark } = iconPath as { light: vscode.Uri; dark: vscode.Uri };
      assert.deepEqual([light.path, dark.path], [drawing(`${icon}-light`), drawing(`${icon}-dark`)]);
      for (const { path } of [light, dark]) assert.ok(existsSync(path.replace("/extension/", "")));
      const spoken = `Jupyter on gpubox, ${icon}, Jupyter on gpubox`;
      assert.equal(accessibilityInformation?.label, icon === "closed" ? spoken : `${spoken}, 127.0.0.1:8888`);
      assert.equal(contextValue, context);
    });

  it("tells the rest in the tooltip", () => {
    const peer = {
      engine: "ssh2",
      fingerprint: "SHA256:abc",
      keyType: "ssh-ed25519",
      hops: ["jump", "gpubox"],
    } as const;
    const because = { code: "connection-lost", said: said("It is gone."), advice: said("Wait.") } as const;
    const lost = status("checking", {
      state: { state: "checking", because },
      peer: { ...peer, cipher: "aes128-gcm@openssh.com" },
    });
    show([{ saved: saved({ folder: "/data/run" }), status: lost }]);
    const { tooltip } = row();
    const text = typeof tooltip === "object" ? tooltip.value : "";
    for (const fact of [
      "State: checking",
      "Reason: It is gone. Wait.",
      "Here: http://127.0.0.1:8888/",
      "There: `gpubox → 127.0.0.1:8888`",
      "Folder: `/data/run`",
      "Host key: `ssh-ed25519 SHA256:abc`",
      "Engine: ssh2",
      "Cipher: `aes128-gcm@openssh.com`",
      "By way of: `jump`",
    ])
      assert.ok(text.includes(`\n- ${fact}`), fact);
  });

  it("has a badge only for what is broken", () => {
    const { show: showNext } = show([{ saved: saved(), status: up }, { saved: saved({ id: "2" }) }]);
    assert.equal(tree().badge, undefined);
    showNext([{ saved: saved(), status: status("failed") }]);
    assert.deepEqual(tree().badge, { value: 1, tooltip: "1 tunnel is broken" });
    showNext([]);
    assert.equal(tree().badge, undefined);
  });

  it("tells the menus what there is", () => {
    const { show: showNext } = show([]);
    assert.deepEqual(keys(), { hasNoTunnels: "true", hasOpenTunnels: "false", hasVllmTunnels: "false" });
    showNext([{ saved: saved(), status: status("failed") }]);
    assert.deepEqual(keys(), { hasNoTunnels: "false", hasOpenTunnels: "false", hasVllmTunnels: "false" });
    showNext([{ saved: saved({ kind: "vllm" }), status: status("reconnecting") }]);
    assert.deepEqual(keys(), { hasNoTunnels: "false", hasOpenTunnels: "true", hasVllmTunnels: "true" });
  });

  it("keeps time and traffic up to date while it is on the screen", () => {
    show([{ saved: saved(), status: up }]);
    let refreshed = 0;
    tree().provider.onDidChangeTreeData(() => refreshed++);
    mock.timers.tick(5000);
    assert.equal(refreshed, 1);
    tree().visible = false;
    mock.timers.tick(60_000);
    assert.equal(refreshed, 1);
  });
});

function tree() {
  const found = editor.trees.get("launchGuard.tunnels");
  assert.ok(found);
  return found;
}

function row() {
  const [first, ...others] = tree().provider.getChildren() as string[];
  assert.deepEqual(others, []);
  return tree().provider.getTreeItem(first);
}

function drawing(name: string): string {
  return `/extension/media/tunnel/${name}.svg`;
}

function said(template: string) {
  return { template, values: {} };
}

/** The last value of each key. */
function keys(): Record<string, string | undefined> {
  const set = editor.executed.map((line) => line.split(" ")).filter(([command]) => command === "setContext");
  return Object.fromEntries(set.map(([, key = "", value]) => [key.replace("launchGuard.", ""), value]));
}
