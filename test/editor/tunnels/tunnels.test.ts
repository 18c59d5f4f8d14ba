import assert from "node:assert/strict";
import { startTunnels } from "../../../src/editor/tunnels/tunnels.ts";
import type { TunnelService } from "../../../src/tunnel/service.ts";
import type { TunnelStatus } from "../../../src/tunnel/status.ts";
import { saved, status } from "./some-tunnels.ts";

describe("the tunnels of a window", () => {
  it("are forgotten when another window has closed them", async () => {
    let kept = [saved()];
    const store = {
      all: () => kept,
      save: async () => undefined,
      remove: async (id: string) => {
        kept = kept.filter((each) => each.id !== id);
      },
    };
    let show: (status: TunnelStatus) => void = () => undefined;
    const service = {
      stop: () => Promise.reject(new Error("There is no tunnel 1.")),
      close: async () => undefined,
    };
    const tunnels = startTunnels(store, (onTunnel) => {
      show = onTunnel;
      // The rest is not asked for by what is tested with this.
      return service as unknown as TunnelService;
    });
    show(status("up", { elsewhere: true }));
    show(status("stopped", { elsewhere: true }));
    await tunnels.forget("1");
    assert.deepEqual(tunnels.all(), []);
    tunnels.dispose();
  });
});
