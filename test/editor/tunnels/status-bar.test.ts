import assert from "node:assert/strict";
import { openStatusItem } from "../../../src/editor/status-item.ts";
import { showStatusBar } from "../../../src/editor/tunnels/status-bar.ts";
import { editor } from "../../stub/editor.ts";
import { saved, status as statusOf, tunnelsOf } from "./some-tunnels.ts";

describe("the status bar", () => {
  it("counts what is open, and speaks up for what is broken", () => {
    const { tunnels, show } = tunnelsOf([{ saved: saved() }]);
    const status = openStatusItem();
    const shown = showStatusBar(tunnels, status);
    const item = editor.statusBarItems.get("launchGuard");
    assert.ok(item);
    assert.equal(item.isShown, false, "nothing is open");

    show([{ saved: saved(), status: statusOf("up") }]);
    assert.deepEqual([item.isShown, item.text, item.backgroundColor], [true, "$(plug) 1", undefined]);
    assert.equal(item.command, "launchGuard.tunnels.focus");
    show([{ saved: saved(), status: statusOf("reconnecting") }]);
    assert.equal(item.text, "$(sync~spin) 1");
    show([
      { saved: saved(), status: statusOf("failed") },
      { saved: saved(), status: statusOf("failed") },
      { saved: saved(), status: statusOf("up") },
    ]);
    assert.equal(item.text, "$(error) 2");
    assert.equal(item.accessibilityInformation.label, "Tunnels: 1 open, 2 broken");
    assert.ok(item.backgroundColor);
    show([{ saved: saved(), status: statusOf("stopped") }]);
    assert.equal(item.isShown, false);
    shown.dispose();
    status.dispose();
  });
});
