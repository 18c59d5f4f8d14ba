import assert from "node:assert/strict";
import type * as vscode from "vscode";
import { setTerminalVariables } from "../../../src/editor/tunnels/terminal-variables.ts";
import type { ShownTunnel } from "../../../src/editor/tunnels/tunnels.ts";
import { saved, status, tunnelsOf } from "./some-tunnels.ts";

describe("new terminals", () => {
  it("know the MLflow server that was reached last, while its tunnel is up", () => {
    const { variables, values } = collection();
    const { tunnels, show } = tunnelsOf([]);
    const set = setTerminalVariables(tunnels, variables, false);
    assert.equal(variables.persistent, false);
    assert.deepEqual(values(), {});
    show([mlflow("one", 5000, 10)]);
    assert.deepEqual(values(), { MLFLOW_TRACKING_URI: "http://127.0.0.1:5000" });
    show([mlflow("one", 5000, 10), mlflow("two", 5001, 20)]);
    assert.deepEqual(values(), { MLFLOW_TRACKING_URI: "http://127.0.0.1:5001" });
    assert.match(String(variables.description), /leads to two/);
    show([mlflow("one", 5000, 10), { ...mlflow("two", 5001, 20), status: status("reconnecting") }]);
    assert.deepEqual(values(), { MLFLOW_TRACKING_URI: "http://127.0.0.1:5000" });
    set.dispose();
    assert.deepEqual(values(), {}, "nothing is left when we are");
  });

  it("know the prefix that it is served under", () => {
    const { variables, values } = collection();
    const tunnel = mlflow("one", 5000, 10);
    const prefixed = { ...tunnel, saved: { ...tunnel.saved, basePath: "/mlflow/" } };
    setTerminalVariables(tunnelsOf([prefixed]).tunnels, variables, false);
    assert.deepEqual(values(), { MLFLOW_TRACKING_URI: "http://127.0.0.1:5000/mlflow" });
  });

  it("know nothing of other servers", () => {
    const { variables, values } = collection();
    setTerminalVariables(tunnelsOf([{ saved: saved(), status: status("up") }]).tunnels, variables, false);
    assert.deepEqual(values(), {});
  });

  it("are left alone in a remote window, where 127.0.0.1 is another machine", () => {
    const { variables, values } = collection();
    const { tunnels, show } = tunnelsOf([mlflow("one", 5000, 10)]);
    setTerminalVariables(tunnels, variables, true);
    show([mlflow("one", 5000, 10)]);
    assert.deepEqual(values(), {});
  });
});

function mlflow(name: string, localPort: number, upSince: number): ShownTunnel {
  return { saved: saved({ id: name, name, kind: "mlflow" }), status: status("up", { localPort, upSince }) };
}

function collection() {
  const set = new Map<string, { value: string }>();
  const variables = {
    persistent: true,
    description: undefined,
    get: (name: string) => set.get(name),
    replace: (name: string, value: string) => set.set(name, { value }),
    clear: () => set.clear(),
  };
  return {
    // As much of it as we use.
    variables: variables as unknown as vscode.EnvironmentVariableCollection,
    values: () => Object.fromEntries([...set].map(([name, { value }]) => [name, value])),
  };
}
