import assert from "node:assert/strict";
import { showStatusBar } from "../../../src/editor/tunnels/status-bar.ts";
import { editor } from "../../stub/editor.ts";
import { saved, status, tunnelsOf } from "./some-tunnels.ts";

describe("the status bar", () => {
  it("counts what is open, and speaks up for what is broken", () => {
    const { tunnels, show } = tunnelsOf([{ saved: saved() }]);
    const shown = showStatusBar(tunnels);
    const item = editor.statusBarItems.get("launchGuard.tunnels");
    assert.ok(item);
    assert.equal(item.isShown, false, "nothing is open");
    assert.equal(item.command, "launchGuard.tunnels.focus");

    show([{ saved: saved(), status: status("up") }]);
    assert.deepEqual([item.isShown, item.text, item.backgroundColor], [true, "$(plug) 1", undefined]);
    show([{ saved: saved(), status: status("reconnecting") }]);
    assert.equal(item.text, "$(sync~spin) 1");
    show([
      { saved: saved(), status: status("failed") },
      { saved: saved(), status: status("failed") },
      { saved: saved(), status: status("up") },
    ]);
    assert.equal(item.text, "$(error) 2");
    assert.equal(item.accessibilityInformation.label, "Tunnels: 1 open, 2 broken");
    assert.ok(item.backgroundColor);
    show([{ saved: saved(), status: status("stopped") }]);
    assert.equal(item.isShown, false);
    shown.dispose();
  });
});
