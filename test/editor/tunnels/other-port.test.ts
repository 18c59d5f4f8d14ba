import assert from "node:assert/strict";
import { tellOtherPort } from "../../../src/editor/tunnels/other-port.ts";
import type { ShownTunnel } from "../../../src/editor/tunnels/tunnels.ts";
import { editor } from "../../stub/editor.ts";
import { EventEmitter } from "../../stub/types.ts";
import { saved, status, tunnelsOf } from "./some-tunnels.ts";

describe("a port that another program has", () => {
  it("is told of once for each tunnel, by the window that has the tunnel", () => {
    const changed = new EventEmitter<ShownTunnel>();
    const telling = tellOtherPort(tunnelsOf([], { onDidChangeState: changed.event }).tunnels);
    editor.messages = [];
    const other = { localPort: 8889, portWanted: 8888 };
    changed.fire({ saved: saved({ id: "2" }), status: status("up") });
    changed.fire({ saved: saved({ id: "3" }), status: status("up", { ...other, elsewhere: true }) });
    assert.deepEqual(editor.messages, []);
    changed.fire({ saved: saved(), status: status("connecting", other) });
    changed.fire({ saved: saved(), status: status("up", other) });
    assert.deepEqual(editor.messages, ["Port 8888 is taken on this machine; Jupyter on gpubox has 8889 instead."]);
    telling.dispose();
  });
});
