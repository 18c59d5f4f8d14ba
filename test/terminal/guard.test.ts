import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { editor } from "../stub/editor.ts";
import { openWindow, type Window } from "./window.ts";

describe("the terminal guard", () => {
  let window: Window;
  beforeEach(async () => {
    window = await openWindow();
  });
  afterEach(() => window.close());

  it("tells of a launch as it starts, with what can be done", async () => {
    window.terminal().run("jupyter lab --ip=0.0.0.0 --allow-root");
    for (let i = 0; i < 50; i++) await turn();
    console.log(editor.logged);
    assert.deepEqual(editor.messages, ["x"]);
  });
});
