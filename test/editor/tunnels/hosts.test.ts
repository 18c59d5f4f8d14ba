import assert from "node:assert/strict";
import { pickHost } from "../../../src/editor/tunnels/hosts.ts";
import type { Tunnels } from "../../../src/editor/tunnels/tunnels.ts";
import type { HostList } from "../../../src/tunnel/host/host.ts";
import { editor } from "../../stub/editor.ts";
import { tunnelsOf } from "./some-tunnels.ts";

describe("asking for a host", () => {
  const step = { title: "Open a Tunnel", steps: 2 };
  let labels: string[] = [];
  beforeEach(() => {
    editor.choose = (items) => {
      labels = items.map(({ label }) => label);
      return items.find(({ label }) => label.includes("gpubox"));
    };
  });
  after(() => {
    editor.choose = () => undefined;
  });

  it("offers the hosts of the ssh config", async () => {
    const hosts = [{ name: "gpubox", hostname: "10.0.0.1", file: "config", line: 1 }];
    assert.deepEqual(
      await pickHost(
        tunnelsWith(async () => ({ hosts, problems: [] })),
        step,
      ),
      { value: "gpubox" },
    );
  });

  it("says what to do where the ssh config names no host", async () => {
    assert.equal(
      await pickHost(
        tunnelsWith(async () => ({ hosts: [], problems: [] })),
        step,
      ),
      "cancel",
    );
    assert.deepEqual(labels, ["No host is named in your ssh config. Type user@host."]);
  });

  it("can be left while the hosts are still looked up", async () => {
    assert.equal(
      await pickHost(
        tunnelsWith(() => new Promise(() => undefined)),
        step,
      ),
      "cancel",
    );
    assert.deepEqual(labels, []);
  });

  it("fails where the hosts cannot be looked up", async () => {
    const failing = tunnelsWith(async () => {
      throw new Error("no");
    });
    await assert.rejects(pickHost(failing, step), /no/);
  });
});

function tunnelsWith(hosts: () => Promise<HostList>): Tunnels {
  // As much of the service as is asked for a host.
  const service = { hosts } as unknown as Tunnels["service"];
  return tunnelsOf([], { service }).tunnels;
}
