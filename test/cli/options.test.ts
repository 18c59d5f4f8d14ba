import assert from "node:assert/strict";
import { readOptions } from "../../src/cli/options.ts";

describe("the command line's options", () => {
  const defaults = { paths: ["."], format: "text", failOn: "warning", action: "report", stdinFilename: "stdin.sh" };

  const understood: [argv: string, result: unknown][] = [
    ["--help", "help"],
    ["-h", "help"],
    ["scan --help", "help"],
    ["--version", "version"],
    ["scan", defaults],
    ["scan a b", { ...defaults, paths: ["a", "b"] }],
    ["scan -- --odd-name.sh", { ...defaults, paths: ["--odd-name.sh"] }],
    ["scan --format json", { ...defaults, format: "json" }],
    ["scan --format=json a", { ...defaults, format: "json", paths: ["a"] }],
    ["scan --fail-on error", { ...defaults, failOn: "error" }],
    ["--fix scan", { ...defaults, action: "fix" }],
    ["scan --fix --diff", { ...defaults, action: "diff" }],
    ["scan - --stdin-filename Dockerfile", { ...defaults, paths: ["-"], stdinFilename: "Dockerfile" }],
  ];
  for (const [argv, result] of understood) {
    it(`understands: ${argv}`, () => assert.deepEqual(readOptions(argv.split(" ")), result));
  }

  const refused: [argv: string, complaint: RegExp][] = [
    ["", /Say what to do/],
    ["examples", /no command “examples”.*launch-guard scan examples/],
    ["--verbose tunnel box", /no option --verbose/],
    ["--fix tunnel box", /tunnel comes first: launch-guard tunnel/],
    ["scan --frmat json", /no option --frmat$/],
    ["scan -x", /no option -x$/],
    ["scan --no-fix", /no option --no-fix$/],
    ["scan --constructor", /no option --constructor$/],
    ["scan --format", /--format needs a value/],
    ["scan --format=", /--format needs a value/],
    ["scan --format sarif", /--format is text or json, not “sarif”/],
    ["scan --fail-on never", /--fail-on is error or warning or info, not “never”/],
    ["scan --fix=yes", /--fix takes no value/],
    ["scan --diff --format json", /--diff .* --format json/],
    ["scan --stdin-filename a.sh", /--stdin-filename goes with the path -/],
    ["scan - a.sh", /cannot be mixed with other paths/],
    ["scan - --fix", /--fix cannot write to standard input/],
  ];
  for (const [argv, complaint] of refused) {
    it(`refuses: ${argv || "nothing at all"}`, () => {
      assert.throws(() => readOptions(argv ? argv.split(" ") : []), {
        name: "CliError",
        code: "usage",
        message: complaint,
      });
    });
  }
});
