import assert from "node:assert/strict";
import type * as vscode from "vscode";
import { type Message, message } from "../../../src/core/message.ts";
import { tellFailure } from "../../../src/editor/tunnels/failures.ts";
import type { TunnelErrorCode } from "../../../src/tunnel/error.ts";
import { editor } from "../../stub/editor.ts";

/** Each failure with the buttons that act on it, in front of *Show Log*. */
const examples: readonly (readonly [code: TunnelErrorCode, said: Message, buttons: readonly string[]])[] = [
  ["unreachable", message("Down."), ["Try Again"]],
  ["other-node", message("Another node."), ["Try Again", "Choose a Server"]],
  ["nothing-listens", message("Nothing."), ["Try Again", "Choose a Server"]],
  ["no-common-algorithm", message("Old."), ["Use the System's ssh"]],
  ["host-key-changed", message("{command}", { command: "ssh-keygen -R gpubox" }), ["Copy Command"]],
  ["host-key-revoked", message("Revoked."), []],
  ["config-unreadable", message("{file}", { file: "/home/ada/config" }), ["Open Settings", "Try Again"]],
];

describe("a failure is told once, with what acts on it", () => {
  const done: string[] = [];
  const ways = {
    tryAgain: () => done.push("Try Again"),
    useSystemSsh: () => done.push("Use the System's ssh"),
    chooseServer: () => done.push("Choose a Server"),
  };
  const log = { warn: () => undefined, show: () => done.push("Show Log") } as unknown as vscode.LogOutputChannel;

  beforeEach(() => {
    done.length = 0;
    editor.buttons = [];
    editor.executed = [];
  });
  afterEach(() => {
    editor.answer = undefined;
  });

  for (const [code, said, buttons] of examples)
    it(`as for ${code}`, async () => {
      for (const button of [...buttons, "Show Log"]) {
        editor.answer = button;
        await tellFailure({ code, said, advice: message("Do this.") }, log, ways);
      }
      assert.deepEqual(editor.buttons[0], [...buttons, "Show Log"]);
      const byEditor: Readonly<Record<string, string>> = {
        "Copy Command": "copy ssh-keygen -R gpubox",
        "Open Settings": "workbench.action.openSettings [object Object]",
      };
      const expected = [...buttons, "Show Log"].map((button) => byEditor[button] ?? button);
      assert.deepEqual([...editor.executed, ...done].toSorted(), expected.toSorted());
    });

  it("but not for what its user gave up", async () => {
    await tellFailure({ code: "cancelled", said: message("Given up."), advice: message("") }, log, ways);
    assert.deepEqual(editor.buttons, []);
  });
});
