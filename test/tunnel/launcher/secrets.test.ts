import assert from "node:assert/strict";
import { tools } from "../../../src/core/tools/index.ts";
import { lineWithoutSecrets, withoutSecrets } from "../../../src/tunnel/launcher/secrets.ts";

describe("a log that is shown", () => {
  for (const [line, shown] of [
    ["http://h:1/lab?token=abc&x=1", "http://h:1/lab?token=…&x=1"],
    ["MLFLOW_TRACKING_PASSWORD='a b'", "MLFLOW_TRACKING_PASSWORD=…"],
    ["--api-key=abc", "--api-key=…"],
    ["postgresql://ada:geheim@db/runs", "postgresql://ada:…@db/runs"],
    ["postgresql://ada:ge@heim@db/runs", "postgresql://ada:…@db/runs"],
    ["No module named 'tokenizers'", "No module named 'tokenizers'"],
    ["PWD=/home/ada", "PWD=/home/ada"],
  ] as const) {
    it(`says ${shown}`, () => assert.equal(withoutSecrets(line), shown));
  }
});

describe("a command line that is shown", () => {
  for (const [line, shown] of [
    ["vllm serve m --api-key abc --port 1", "vllm serve m --api-key … --port 1"],
    ["vllm serve m --api-key '-a b' --port 1", "vllm serve m --api-key … --port 1"],
    ["voila --token --port=1", "voila --token --port=1"],
    ["jupyter lab '--ServerApp.password=a b' --x", "jupyter lab --ServerApp.password=… --x"],
    ["jupyter lab --ServerApp.password='a'\\''b' --x", "jupyter lab --ServerApp.password=… --x"],
    ["jupyter lab --ServerApp.password=a,b --x", "jupyter lab --ServerApp.password=… --x"],
    ["env JUPYTER_TOKEN=abc jupyter lab", "env JUPYTER_TOKEN=… jupyter lab"],
    [`bash -c 'jupyter lab --token "a b" --x'`, "bash -c 'jupyter lab --token … --x'"],
    [`x '{"token": "abc"}'`, `x '{"token": …}'`],
    ["jupyter lab '--notebook-dir=/a b' --port=1", "jupyter lab '--notebook-dir=/a b' --port=1"],
  ] as const) {
    it(`is ${shown}`, () => assert.equal(lineWithoutSecrets(line), shown));
  }

  it("leaves out the secret of every tool that takes one as an option", () => {
    const secretOptions = tools.flatMap(({ settings, hazards }) => {
      const secret = hazards.filter(({ when, rule }) => rule === "hardcoded-secret" && when === "secret");
      const names = secret.map(({ setting }) => setting);
      return settings.flatMap(({ name, options = [] }) => (names.includes(name) ? options : []));
    });
    assert.ok(secretOptions.includes("--api-key"));
    for (const option of secretOptions) {
      assert.equal(lineWithoutSecrets(`x ${option} geheim`), `x ${option} …`);
      assert.equal(lineWithoutSecrets(`x ${option}=geheim`), `x ${option}=…`);
    }
  });
});
