import assert from "node:assert/strict";
import { judge, type Observed } from "../../src/core/judge.ts";
import { render } from "../../src/core/message.ts";
import { jupyter } from "../../src/core/tools/jupyter.ts";
import { ray } from "../../src/core/tools/ray.ts";
import { vllm } from "../../src/core/tools/vllm.ts";
import { findingsIn } from "./check.ts";

const kept: Observed = { commands: [], bind: "loopback", auth: "on" };
const open: Observed = { commands: [], bind: "all", auth: "none" };

describe("what is seen of a running server", () => {
  it("is silent on loopback with a login, whatever the command line says", () => {
    assert.deepEqual(judge(jupyter, kept), []);
    assert.deepEqual(judge(jupyter, { ...kept, commands: [["jupyter-lab", "--ip=0.0.0.0"]] }), []);
  });

  it("is silent where neither address nor login is known to be unsafe", () => {
    assert.deepEqual(judge(jupyter, { commands: [], bind: "loopback", auth: "unknown" }), []);
  });

  it("is graded by the address and the login that were seen", () => {
    const severities = (observed: Observed) => judge(jupyter, observed).map(({ rule, severity }) => [rule, severity]);
    assert.deepEqual(severities({ ...open, auth: "on" }), [["public-bind", "warning"]]);
    assert.deepEqual(severities({ ...open, auth: "off" }), [
      ["public-bind", "error"],
      ["no-auth", "error"],
    ]);
    assert.deepEqual(severities({ ...kept, auth: "off" }), [["no-auth", "info"]]);
    assert.deepEqual(severities({ ...open, bind: "address", auth: "on" }), [["public-bind", "warning"]]);
  });

  it("says what the linter says of a file", () => {
    const text = "vllm serve model --host 0.0.0.0 --trust-remote-code\n";
    const judged = judge(vllm, { ...open, commands: [text.trim().split(" ")] });
    const said = ({ rule, severity, message }: (typeof judged)[number] | ReturnType<typeof findingsIn>[number]) =>
      `${rule} ${severity} ${render(message)}`;
    assert.deepEqual(judged.map(said).toSorted(), findingsIn("launch.sh", text).map(said).toSorted());
    assert.ok(judged.every(({ why, reference }) => why.length > 0 && reference !== undefined));
  });

  it("is read by the first command line that starts the tool", () => {
    const commands = [["python3", "-m", "uvicorn", "app"], ["jupyter-lab", "--allow-root"], ["jupyter-lab"]];
    assert.deepEqual(
      judge(jupyter, { ...kept, commands }).map(({ rule }) => rule),
      ["run-as-root"],
    );
  });

  it("names the part of a tool that listens on the port", () => {
    const commands = [["ray", "start", "--head", "--dashboard-host=0.0.0.0"]];
    const [found] = judge(ray, { ...open, commands, port: 8265 });
    assert.match(render(found?.message ?? { template: "", values: {} }), /^Ray's dashboard listens on every interface/);
  });
});
