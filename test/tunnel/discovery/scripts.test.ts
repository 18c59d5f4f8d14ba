import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { commandsScript } from "../../../src/tunnel/audit/commands.ts";
import { surveyScript } from "../../../src/tunnel/discovery/survey-script.ts";
import { tokenScript } from "../../../src/tunnel/discovery/token.ts";
import { missing } from "../remote/missing.ts";

const scripts = { survey: surveyScript, token: tokenScript(1), commands: commandsScript([1, process.pid]) };

/** Files and the number are handed on in variables on purpose, and names of open files are only counted. */
const excluded = "SC2012,SC2030,SC2031,SC2034";

for (const [name, script] of Object.entries(scripts)) {
  describe(`the script for the ${name}`, () => {
    it("is found good by shellcheck", () => {
      if (spawnSync("shellcheck", ["--version"]).error) return missing("shellcheck");
      const { stdout } = spawnSync("shellcheck", ["-s", "sh", "-e", excluded, "-"], {
        input: script,
        encoding: "utf8",
      });
      assert.equal(stdout, "");
    });

    for (const shell of ["/bin/dash", "/bin/bash --posix"]) {
      it(`runs in ${shell}`, () => {
        const [program = "", ...args] = shell.split(" ");
        if (!existsSync(program)) return missing(program);
        const { stderr, status } = spawnSync(program, [...args, "-s"], { input: script, encoding: "utf8" });
        assert.deepEqual({ stderr, status }, { stderr: "", status: 0 });
      });
    }
  });
}

describe("the lines of the survey", () => {
  it("are the same in every shell", () => {
    const machine = (shell: string, args: string[]) =>
      execFileSync(shell, args, { input: surveyScript, encoding: "utf8" }).split("\n").slice(0, 2);
    assert.deepEqual(machine("/bin/dash", ["-s"]), machine("/bin/bash", ["--posix", "-s"]));
  });
});
