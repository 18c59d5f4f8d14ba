import assert from "node:assert/strict";
import type * as vscode from "vscode";
import { openStore } from "../../../src/editor/tunnels/store.ts";
import { saved } from "./some-tunnels.ts";

describe("the saved tunnels", () => {
  it("are there for the next window, each in its place", async () => {
    const state = memento();
    const store = openStore(state);
    await store.save(saved({ id: "1" }));
    await store.save(saved({ id: "2" }));
    await store.save(saved({ id: "1", name: "training" }));
    const names = openStore(state)
      .all()
      .map(({ id, name }) => [id, name]);
    assert.deepEqual(names, [
      ["1", "training"],
      ["2", "Jupyter on gpubox"],
    ]);
    await store.remove("1");
    assert.deepEqual(
      openStore(state)
        .all()
        .map(({ id }) => id),
      ["2"],
    );
  });

  it("hold what another window has saved since", async () => {
    const state = memento();
    const [one, other] = [openStore(state), openStore(state)];
    await one.save(saved({ id: "1" }));
    await other.save(saved({ id: "2" }));
    assert.deepEqual(
      one.all().map(({ id }) => id),
      ["1", "2"],
    );
  });

  it("are left out where they make no sense, and the others stay", () => {
    const port = { kind: "tcp", host: "127.0.0.1", port: 70_000 };
    const state = memento([saved(), "nonsense", { ...saved({ id: "2" }), target: port }, { id: "3" }]);
    assert.deepEqual(openStore(state).all(), [saved()]);
    assert.deepEqual(openStore(memento("nonsense")).all(), []);
  });

  it("keep no more than it takes to open them again", async () => {
    const state = memento();
    const token = { token: "secret" };
    await openStore(state).save({ ...saved(), ...token });
    assert.deepEqual(openStore(state).all(), [saved()]);
    assert.ok(!JSON.stringify(state.get("tunnels")).includes("secret"));
  });
});

/** The editor's memory, with `tunnels` in it. */
function memento(tunnels?: unknown): vscode.Memento {
  const values = new Map<string, unknown>(tunnels === undefined ? [] : [["tunnels", tunnels]]);
  return {
    keys: () => [...values.keys()],
    // What was put in comes out; its reader checks it.
    get: <T>(key: string, other?: T) => (values.get(key) ?? other) as T,
    async update(key: string, value: unknown) {
      values.set(key, value);
    },
  };
}
