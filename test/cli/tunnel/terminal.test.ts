import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { terminalOn } from "../../../src/cli/tunnel/terminal.ts";

describe("reading from a terminal", () => {
  const never = new AbortController().signal;

  /** A terminal where `keys` are pressed, and what is seen on it. */
  function terminal() {
    const emitter = new EventEmitter();
    const modes: [mode: string, seen: string][] = [];
    const state = { raw: false, seen: "", interrupts: 0 };
    const input = Object.assign(emitter, {
      setRawMode: (raw: boolean) => {
        modes.push([raw ? "raw" : "cooked", state.seen]);
        state.raw = raw;
        return input;
      },
      ...{ setEncoding: () => input, resume: () => input, pause: () => input, ref: () => input, unref: () => input },
    });
    const output = { write: (text: string) => (state.seen += text), isTTY: true };
    const person = terminalOn(input as never, output, () => state.interrupts++);
    return {
      ...person,
      state,
      modes,
      keys: (text: string) => emitter.emit("data", text),
      listeners: () => emitter.listenerCount("data"),
    };
  }

  it("shows what is typed, and lets it be corrected", async () => {
    const { ask, keys, state } = terminal();
    const answer = ask("Name: ", { hidden: false }, never);
    assert.ok(state.raw);
    for (const key of ["a", "x", "\u007F", "\u001B[D", "d", "a", "\r"]) keys(key);
    assert.equal(await answer, "ada");
    assert.ok(!state.raw);
    assert.match(state.seen, /Name: ada\n$/);
  });

  it("shows what comes in one piece with its Enter, as pasted text does", async () => {
    const { ask, keys, state } = terminal();
    const answer = ask("Trust it? ", { hidden: false }, never);
    keys("yes\r");
    assert.equal(await answer, "yes");
    assert.match(state.seen, /Trust it\? yes\n$/);
  });

  it("shows nothing of what is hidden", async () => {
    const { ask, keys, state } = terminal();
    const answer = ask("? ", { hidden: true }, never);
    keys("wrong\u0015hunter2\r");
    assert.equal(await answer, "hunter2");
    assert.equal(state.seen, "? \n");
  });

  it("asks only once nothing is shown any more", () => {
    const { ask, state, modes } = terminal();
    void ask("Password: ", { hidden: true }, never);
    assert.deepEqual([state.seen, modes], ["Password: ", [["raw", ""]]]);
  });

  it("keeps what was pasted beyond Enter for the next question", async () => {
    const { ask, keys } = terminal();
    const first = ask("? ", { hidden: true }, never);
    keys("one\rtwo\r");
    assert.deepEqual([await first, await ask("? ", { hidden: true }, never)], ["one", "two"]);
  });

  for (const [name, key, interrupts] of [
    ["Ctrl-C", "\u0003", 1],
    ["Ctrl-D", "\u0004", 0],
  ] as const) {
    it(`gives up on ${name} and restores the terminal`, async () => {
      const { ask, keys, state, listeners } = terminal();
      const answer = ask("? ", { hidden: true }, never);
      keys(key);
      assert.equal(await answer, undefined);
      assert.deepEqual([state.raw, state.interrupts, listeners()], [false, interrupts, 0]);
    });
  }

  it("gives up when the question has become pointless", async () => {
    const { ask, state } = terminal();
    const controller = new AbortController();
    const answer = ask("? ", { hidden: true }, controller.signal);
    controller.abort();
    assert.equal(await answer, undefined);
    assert.equal(await ask("? ", { hidden: true }, controller.signal), undefined);
    assert.ok(!state.raw);
  });
});
