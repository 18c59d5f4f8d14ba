import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { nodeDisk } from "../../src/cli/disk.ts";
import type { Engine } from "../../src/cli/world.ts";
import { clearPlaygrounds, type Files, type Options, playground, simpleEngine } from "./playground.ts";

const unsafe = "serve 0.0.0.0\n";

/** Which files the findings stand in, as the user sees them. */
async function found(files: Files, paths: string[] = [], options?: Options): Promise<string[]> {
  const { out } = await playground(files).run(["scan", "--format=json", ...paths], options);
  return JSON.parse(out).findings.map(({ path }: { path: string }) => path);
}

describe("the files that are looked at", () => {
  afterEach(clearPlaygrounds);

  const folders: { name: string; files: Files; paths?: string[]; cwd?: string; found: string[] }[] = [
    {
      name: "every file of a kind we read, sorted",
      files: { "b.sh": unsafe, "a/Dockerfile": unsafe, "a/notes.txt": unsafe, "B.sh": unsafe },
      found: ["B.sh", "a/Dockerfile", "b.sh"],
    },
    {
      name: "a script without extension, by its first line",
      files: { "bin/serve": `#!/bin/sh\n${unsafe}`, "bin/data": unsafe, ".profile": `#!/bin/sh\n${unsafe}` },
      found: ["bin/serve"],
    },
    {
      name: "nothing of .git and node_modules",
      files: { ".git/hooks/x.sh": unsafe, "node_modules/x/y.sh": unsafe, "x.sh": unsafe },
      found: ["x.sh"],
    },
    {
      name: "nothing that a .gitignore names, in any folder",
      files: {
        ".gitignore": "out/\n/top.sh\n*.tmp.sh\n",
        "out/a.sh": unsafe,
        "a/out/b.sh": unsafe,
        "top.sh": unsafe,
        "a/top.sh": unsafe,
        "a/c.tmp.sh": unsafe,
        "a/.gitignore": "private.sh\n!d.tmp.sh\n",
        "a/private.sh": unsafe,
        "a/d.tmp.sh": unsafe,
        "private.sh": unsafe,
      },
      found: ["a/d.tmp.sh", "a/top.sh", "private.sh"],
    },
    {
      name: "nothing that .git/info/exclude names, unless a .gitignore takes it back",
      files: { ".git/info/exclude": "mine*.sh\n", ".gitignore": "!mine2.sh", "mine1.sh": unsafe, "mine2.sh": unsafe },
      found: ["mine2.sh"],
    },
    {
      name: "nothing that a .gitignore above the named folder names",
      files: { ".git/HEAD": "", ".gitignore": "*.tmp.sh", "a/b/x.tmp.sh": unsafe, "a/b/y.sh": unsafe },
      paths: ["a/b"],
      found: ["a/b/y.sh"],
    },
    {
      name: "a named file, though git ignores it",
      files: { ".gitignore": "x.sh\n", "x.sh": unsafe },
      paths: ["x.sh"],
      found: ["x.sh"],
    },
    {
      name: "a named folder, though git ignores it, but not what is ignored inside",
      files: { ".git/HEAD": "", ".gitignore": "out", "out/x.sh": unsafe, "out/.gitignore": "y.sh", "out/y.sh": unsafe },
      paths: ["out"],
      found: ["out/x.sh"],
    },
    {
      name: "what was named twice, once",
      files: { "a/x.sh": unsafe },
      paths: ["a/x.sh", "a", "."],
      found: ["a/x.sh"],
    },
    {
      name: "a folder beside the working directory",
      files: { "a/x.sh": unsafe, "b/y.sh": unsafe },
      paths: ["../b"],
      cwd: "a",
      found: ["../b/y.sh"],
    },
    {
      name: "nothing that the configuration excludes, though it is named",
      files: { ".launch-guard.yaml": "exclude: [vendor/, '*.gen.sh']", "vendor/x.sh": unsafe, "a/y.gen.sh": unsafe },
      paths: [".", "vendor", "vendor/x.sh", "a/y.gen.sh"],
      found: [],
    },
    {
      name: "excludes relative to the configuration, found above the working directory",
      files: { ".launch-guard.yaml": "exclude: [/a/x.sh]", "a/x.sh": unsafe, "a/y.sh": unsafe, "a/a/x.sh": unsafe },
      cwd: "a",
      found: ["a/x.sh", "y.sh"],
    },
    {
      name: "no configuration from above the repository",
      files: { ".launch-guard.yaml": "exclude: ['*']", "repo/.git/HEAD": "", "repo/x.sh": unsafe },
      cwd: "repo",
      found: ["x.sh"],
    },
  ];
  for (const { name, files, paths, cwd, found: expected } of folders) {
    it(`are ${name}`, async () => assert.deepEqual(await found(files, paths, { cwd: cwd ?? "." }), expected));
  }

  it("are not reached through links in a folder, but through a link that is named", async () => {
    const ground = playground({ "a/x.sh": unsafe, "elsewhere/y.sh": unsafe });
    symlinkSync(join(ground.folder, "elsewhere"), join(ground.folder, "a/more"));
    symlinkSync(join(ground.folder, "elsewhere/y.sh"), join(ground.folder, "a/y.sh"));
    assert.match((await ground.run(["scan", "a"])).out, /^a\/x\.sh:.*1 problem /s);
    assert.match((await ground.run(["scan", "a/y.sh"])).out, /^a\/y\.sh:.*1 problem /s);
  });

  const skipped: { name: string; content: string | Uint8Array; reason: string }[] = [
    { name: "binary", content: "serve \0", reason: "is binary" },
    { name: "UTF-16", content: Buffer.from(unsafe, "utf16le"), reason: "is binary" },
    { name: "not UTF-8", content: Buffer.from([0x63, 0x61, 0x66, 0xe9]), reason: "is not UTF-8" },
    { name: "huge", content: "#".repeat(1024 * 1024 + 1), reason: "is larger than 1 MiB" },
  ];
  for (const { name, content, reason } of skipped) {
    it(`are named and skipped when ${name}`, async () => {
      const ground = playground({ "x.sh": content, data: content, "y.sh": unsafe });
      const { code, out, err } = await ground.run(["scan"]);
      assert.deepEqual([code, err], [1, `launch-guard: x.sh ${reason}; it is skipped\n`]);
      assert.match(out, /^y\.sh:/);
      assert.equal((await ground.run(["scan", "x.sh"])).code, 0);
      assert.equal(
        (await ground.run(["scan", "-"], { stdin: content })).err,
        `launch-guard: stdin.sh ${reason}; it is skipped\n`,
      );
    });
  }

  const denied = Object.assign(new Error("EACCES: permission denied, open"), { errno: -13, code: "EACCES" });

  it("are named and skipped when they cannot be read, and count as an error when they were named", async () => {
    const ground = playground({ "x.sh": unsafe, "y.sh": unsafe });
    const disk = {
      read(path: string) {
        if (path.endsWith("x.sh")) throw denied;
        return nodeDisk.read(path);
      },
    };
    const all = await ground.run(["scan"], { disk });
    assert.deepEqual([all.code, all.err], [1, "launch-guard: x.sh cannot be read: permission denied; it is skipped\n"]);
    assert.match(all.out, /^y\.sh:/);
    assert.equal((await ground.run(["scan", "x.sh", "y.sh"], { disk })).code, 2);
  });

  it("leave out a folder that cannot be listed, and say so", async () => {
    const ground = playground({ "locked/x.sh": unsafe, "y.sh": unsafe });
    const disk = {
      list(folder: string) {
        if (folder.endsWith("locked")) throw denied;
        return nodeDisk.list(folder);
      },
    };
    const { code, err } = await ground.run(["scan"], { disk });
    assert.deepEqual([code, err], [1, "launch-guard: locked cannot be read: permission denied; it is skipped\n"]);
  });

  it("must exist: otherwise nothing is done", async () => {
    const ground = playground({ "x.sh": unsafe });
    const { code, out, err } = await ground.run(["scan", "--fix", "x.sh", "y.sh", "z"]);
    assert.deepEqual([code, out], [2, ""]);
    assert.equal(err, "launch-guard: There is no file or folder y.sh\nThere is no file or folder z\n");
  });

  it("are named when they are of no kind we read", async () => {
    const { code, out, err } = await playground({ "x.txt": unsafe }).run(["scan", "x.txt"]);
    assert.deepEqual([code, out], [0, "No files to look at\n"]);
    assert.equal(err, "launch-guard: x.txt is no kind of file that Launch Guard reads; it is skipped\n");
  });

  it("can be an empty folder", async () => {
    const ground = playground({});
    mkdirSync(join(ground.folder, "empty"));
    assert.deepEqual(await ground.run(["scan", "empty"]), { code: 0, out: "No files to look at\n", err: "" });
  });

  it("know what leads to them, even when only one is named", async () => {
    const files = { "deploy/up.sh": "# leads to image/Dockerfile\n", "image/Dockerfile": unsafe };
    const { out } = await playground(files).run(["scan", "image/Dockerfile"]);
    assert.match(out, /see deploy\/up\.sh:1:1 It is started here\./);
  });

  it("are judged alike from inside and from elsewhere", async () => {
    const ground = playground({ "here/x": "", "there/up.sh": "# leads to Dockerfile", "there/Dockerfile": unsafe });
    const lint: Engine["lint"] = (path, { read }) => {
      assert.ok(!path.startsWith(".."), "the engine cannot follow links from above its root");
      return simpleEngine.lint(path, { read, referrers: () => [] });
    };
    const { out } = await ground.run(["scan", "../there", "--format=json"], { cwd: "here", engine: { lint } });
    assert.equal(JSON.parse(out).findings[0].path, "../there/Dockerfile");
  });
});

describe("a broken configuration", () => {
  afterEach(clearPlaygrounds);

  for (const [name, text] of [
    ["no YAML", "rules: [\n"],
    ["an unknown rule", "rules: {public-bnd: error}\n"],
    ["binary", "\0"],
  ] as const) {
    it(`ends the run: ${name}`, async () => {
      const ground = playground({ ".launch-guard.yaml": text, "x.sh": unsafe });
      const { code, out, err } = await ground.run(["scan"]);
      assert.deepEqual([code, out], [2, ""]);
      assert.ok(err.startsWith(`launch-guard: ${join(ground.folder, ".launch-guard.yaml")}`), err);
    });
  }
});
