import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

describe("the launch-guard process", () => {
  const folder = mkdtempSync(join(tmpdir(), "launch-guard-"));
  const cli = resolve("dist/cli.js");

  after(() => rmSync(folder, { recursive: true, force: true }));

  function launchGuard(argv: readonly string[], input = "") {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], {
      cwd: folder,
      input,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: status, out: stdout, err: stderr };
  }

  it("finds, says and exits with 1", () => {
    const { code, out, err } = launchGuard(["scan", "-", "--format=json"], "jupyter lab --ip=0.0.0.0\n");
    const [finding] = JSON.parse(out).findings;
    assert.deepEqual([code, err], [1, ""]);
    assert.deepEqual([finding.rule, finding.line, finding.path], ["public-bind", 1, "stdin.sh"]);
  });

  it("exits with 0 when there is nothing to say, and with 2 for wrong usage", () => {
    assert.deepEqual(launchGuard(["scan", "-"], "echo\n"), { code: 0, out: "No problems in 1 file\n", err: "" });
    assert.equal(launchGuard(["scan", "--nope"]).code, 2);
  });

  it("hands a command that speaks to hosts to what knows it", () => {
    assert.match(launchGuard(["tunnel", "--help"]).out, /^Usage: launch-guard tunnel HOST/);
    const { code, err } = launchGuard(["tunnel"]);
    assert.deepEqual([code, err.split("\n").length], [2, 3]);
  });

  it("holds nothing of ssh itself, so that a scan does not wait for it", () => {
    const size = statSync(cli).size;
    assert.ok(size <= 400_000, `${size} bytes`);
    assert.doesNotMatch(readFileSync(cli, "utf8"), /direct-tcpip|keyboard-interactive/);
  });

  describe("with much to say", () => {
    const lines = 2000;
    before(() => writeFileSync(join(folder, "long.sh"), "jupyter lab --ip=0.0.0.0\n".repeat(lines)));

    it("says all of it to a pipe", () => {
      const { out } = launchGuard(["scan", "long.sh", "--format=json"]);
      assert.equal(JSON.parse(out).findings.length, lines);
    });

    it("is quiet when the reader of the pipe leaves", () => {
      const script = `"${process.execPath}" "${cli}" scan long.sh | head -n 1`;
      const { stdout, stderr } = spawnSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
      assert.match(stdout, /^long\.sh:1:18 warning public-bind/);
      assert.equal(stderr, "");
    });
  });
});
