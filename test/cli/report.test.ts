import assert from "node:assert/strict";
import { clearPlaygrounds, playground } from "./playground.ts";

describe("the text report", () => {
  afterEach(clearPlaygrounds);

  it("shows each place in its line, with what belongs to it", async () => {
    const ground = playground({
      "up.sh": "# leads to Dockerfile\n",
      Dockerfile: 'FROM x\r\n\tCMD ["🚀", "0.0.0.0", \\\r\n"--allow-root"]\r\n',
      "clean.sh": "echo\n",
    });
    const { code, out, err } = await ground.run(["scan"]);
    assert.deepEqual([code, err], [1, ""]);
    assert.equal(
      out,
      `Dockerfile:2:14 warning public-bind Jupyter listens everywhere.
2 |     CMD ["🚀", "0.0.0.0", \\
  |                 ~~~~~~~
  see up.sh:1:1 It is started here.
  fix: Listen on this machine only (--fix)

Dockerfile:3:2 error run-as-root Jupyter runs as root.
3 | "--allow-root"]
  |  ~~~~~~~~~~~~
  see up.sh:1:1 It is started here.
  fix: Do not run as root (by hand)

2 problems (1 error, 1 warning) in 1 file; 1 can be fixed with --fix
`,
    );
  });

  it("does not repeat a secret", async () => {
    const { out } = await playground({ "x.sh": "serve 0.0.0.0 --token sesame\n" }).run(["scan"]);
    assert.ok(!out.includes("sesame"));
    assert.equal(out.match(/^1 \| serve 0\.0\.0\.0 --token \*{6}$/gm)?.length, 2);
  });

  it("does not offer --fix for what it would not touch", async () => {
    const ground = playground({ "a.sh": "serve 0.0.0.0\n", "b.sh": "" });
    const { simpleEngine } = await import("./playground.ts");
    const lint: typeof simpleEngine.lint = (path, workspace) =>
      simpleEngine.lint(path, workspace).map((finding) => ({
        ...finding,
        fixes: finding.fixes.map((fix) => ({ ...fix, edits: [{ path: "b.sh", start: 0, end: 0, text: "safe" }] })),
      }));
    assert.match(
      (await ground.run(["scan", "a.sh"], { engine: { lint } })).out,
      /\(by hand\)\n\n1 problem .*1 file\n$/,
    );
    assert.match((await ground.run(["scan", "."], { engine: { lint } })).out, /\(--fix\)\n\n1 problem .*with --fix\n$/);
  });

  const colours: { name: string; env?: Record<string, string>; terminal: boolean; coloured: boolean }[] = [
    { name: "on a terminal", terminal: true, coloured: true },
    { name: "on a terminal with an empty NO_COLOR", env: { NO_COLOR: "" }, terminal: true, coloured: true },
    { name: "not with NO_COLOR", env: { NO_COLOR: "1" }, terminal: true, coloured: false },
    { name: "not on a dumb terminal", env: { TERM: "dumb" }, terminal: true, coloured: false },
    { name: "not in a pipe", terminal: false, coloured: false },
  ];
  for (const { name, env, terminal, coloured } of colours) {
    it(`is coloured ${name}`.replace("coloured not", "not coloured"), async () => {
      const options = { ...(env && { env }), ...(terminal && { terminal: { columns: 80 } }) };
      const { out } = await playground({ "x.sh": "serve 0.0.0.0\n" }).run(["scan"], options);
      assert.equal(out.includes("\u001B["), coloured);
    });
  }

  it("keeps a line within the terminal", async () => {
    const ground = playground({ "x.sh": `${"a ".repeat(100)}0.0.0.0${" b".repeat(100)}\n` });
    const { out } = await ground.run(["scan"], { terminal: { columns: 60 }, env: { NO_COLOR: "1" } });
    const [, line = "", mark = ""] = out.split("\n");
    assert.equal(line.length, 60);
    assert.equal(line.slice(mark.indexOf("~"), mark.lastIndexOf("~") + 1), "0.0.0.0");
  });
});

describe("the summary", () => {
  afterEach(clearPlaygrounds);

  const rows: { text: string; says: string }[] = [
    { text: "echo", says: "No problems in 1 file" },
    { text: "EXPOSE", says: "1 problem (1 information) in 1 file" },
    { text: "EXPOSE EXPOSE --allow-root", says: "3 problems (1 error, 2 information) in 1 file" },
    { text: "0.0.0.0 0.0.0.0", says: "2 problems (2 warnings) in 1 file; 2 can be fixed with --fix" },
  ];
  for (const { text, says } of rows) {
    it(`says: ${says}`, async () => {
      const { out } = await playground({ "x.sh": text }).run(["scan"]);
      assert.equal(out.trimEnd().split("\n").at(-1), says);
    });
  }
});

describe("the JSON report", () => {
  afterEach(clearPlaygrounds);

  it("says everything, by path and place, relative to the working directory", async () => {
    const ground = playground({
      ".git/HEAD": "",
      "up.sh": "# leads to sub/Dockerfile\n",
      "sub/Dockerfile": "\uFEFFFROM 🚀\r\n0.0.0.0 EXPOSE\r\n",
    });
    const { code, out } = await ground.run(["scan", "--format", "json"], { cwd: "sub" });
    const related = [{ path: "../up.sh", line: 1, column: 1, message: "It is started here." }];
    const same = { path: "Dockerfile", tool: "jupyter", confidence: "high", related };
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(out), {
      version: 1,
      findings: [
        {
          ...same,
          ...{ line: 2, column: 1, endLine: 2, endColumn: 8 },
          rule: "public-bind",
          severity: "warning",
          message: "Jupyter listens everywhere.",
          fixes: [
            {
              title: "Listen on this machine only",
              safe: true,
              edits: [{ path: "Dockerfile", start: 10, end: 17, text: "127.0.0.1" }],
            },
          ],
        },
        {
          ...same,
          ...{ line: 2, column: 9, endLine: 2, endColumn: 15 },
          rule: "dev-mode",
          severity: "info",
          message: "A port is mentioned.",
          fixes: [],
        },
      ],
    });
  });

  it("is there when there is nothing to say", async () => {
    const { code, out } = await playground({}).run(["scan", "--format", "json"]);
    assert.deepEqual([code, JSON.parse(out)], [0, { version: 1, findings: [] }]);
  });
});

describe("the exit code", () => {
  afterEach(clearPlaygrounds);

  const rows: [text: string, failOn: string, code: number][] = [
    ["echo", "info", 0],
    ["EXPOSE", "info", 1],
    ["EXPOSE", "warning", 0],
    ["0.0.0.0", "warning", 1],
    ["0.0.0.0", "error", 0],
    ["--allow-root", "error", 1],
    ["EXPOSE --allow-root", "error", 1],
  ];
  for (const [text, failOn, code] of rows) {
    it(`is ${code} for ${text} with --fail-on ${failOn}`, async () => {
      assert.equal((await playground({ "x.sh": text }).run(["scan", "--fail-on", failOn])).code, code);
    });
  }

  it("is 2 for wrong usage, with a hint", async () => {
    const { code, out, err } = await playground({}).run(["scan", "--nope"]);
    assert.deepEqual([code, out], [2, ""]);
    assert.equal(
      err,
      "launch-guard: There is no option --nope\nlaunch-guard: launch-guard --help says how to use it\n",
    );
  });

  it("is 0 for --help and --version", async () => {
    const ground = playground({});
    const help = await ground.run(["--help"]);
    assert.deepEqual([help.code, help.err], [0, ""]);
    assert.match(help.out, /Usage: launch-guard scan/);
    assert.match((await ground.run(["--version"])).out, /^\d+\.\d+\.\d+\n$/);
  });
});

describe("standard input", () => {
  afterEach(clearPlaygrounds);

  it("is a shell script", async () => {
    const { code, out } = await playground({}).run(["scan", "-"], { stdin: "serve 0.0.0.0\n" });
    assert.equal(code, 1);
    assert.match(out, /^stdin\.sh:1:7 warning/);
  });

  it("is what --stdin-filename says, with the neighbours of that file", async () => {
    const ground = playground({ "up.sh": "# leads to image/Dockerfile\n", "image/Dockerfile": "FROM x\n" });
    const argv = ["scan", "-", "--stdin-filename", "image/Dockerfile"];
    const { out } = await ground.run(argv, { stdin: "FROM y\nCMD 0.0.0.0\n" });
    assert.match(out, /^image\/Dockerfile:2:5 warning/);
    assert.match(out, /see up\.sh:1:1/);
  });

  it("is left out when the configuration excludes its name", async () => {
    const ground = playground({ ".launch-guard.yaml": "exclude: [vendor]" });
    const argv = ["scan", "-", "--stdin-filename", "vendor/x.sh"];
    const { code, err } = await ground.run(argv, { stdin: "serve 0.0.0.0\n" });
    assert.deepEqual([code, err], [0, "launch-guard: vendor/x.sh is excluded by the configuration; it is skipped\n"]);
  });
});
