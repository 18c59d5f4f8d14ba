import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeDisk } from "../../src/cli/disk.ts";
import type { Edit } from "../../src/core/text.ts";
import { clearPlaygrounds, playground, simpleEngine } from "./playground.ts";

describe("--fix", () => {
  afterEach(clearPlaygrounds);

  it("writes the safe fixes, keeps the rest byte for byte and reports what is left", async () => {
    const text = "\uFEFF#!/bin/sh\r\n\tserve 0.0.0.0 🚀 --allow-root\n\r\nserve 0.0.0.0";
    const ground = playground({ "x.sh": text, "clean.sh": "echo\n" });
    const { code, out } = await ground.run(["scan", "--fix"]);
    assert.equal(readFileSync(join(ground.folder, "x.sh"), "utf8"), text.replaceAll("0.0.0.0", "127.0.0.1"));
    assert.equal(code, 1);
    assert.match(out, /^x\.sh:2:\d+ error run-as-root.*\n1 problem \(1 error\) in 1 file; 2 fixed in 1 file\n$/s);
    assert.deepEqual(readdirSync(ground.folder).toSorted(), ["clean.sh", "x.sh"]);
  });

  it("has nothing to do the second time", async () => {
    const ground = playground({ "x.sh": "serve 0.0.0.0\n" });
    await ground.run(["scan", "--fix"]);
    const before = statSync(join(ground.folder, "x.sh")).mtimeMs;
    assert.deepEqual(await ground.run(["scan", "--fix"]), {
      code: 0,
      out: "No problems in 1 file; 0 fixed in 0 files\n",
      err: "",
    });
    assert.equal(statSync(join(ground.folder, "x.sh")).mtimeMs, before);
  });

  it("keeps the file's mode, and a link a link", async () => {
    const ground = playground({ "real.sh": "serve 0.0.0.0\n" });
    const real = join(ground.folder, "real.sh");
    chmodSync(real, 0o757);
    symlinkSync(real, join(ground.folder, "link.sh"));
    await ground.run(["scan", "--fix", "link.sh"]);
    assert.equal(readFileSync(real, "utf8"), "serve 127.0.0.1\n");
    assert.equal(statSync(real).mode & 0o777, 0o757);
    assert.ok(lstatSync(join(ground.folder, "link.sh")).isSymbolicLink());
  });

  it("leaves what git ignores, what is excluded and what was not given", async () => {
    const unsafe = "serve 0.0.0.0\n";
    const ground = playground({
      ".gitignore": "ignored.sh",
      ".launch-guard.yaml": "exclude: [excluded.sh]",
      "ignored.sh": unsafe,
      "excluded.sh": unsafe,
      "a/given.sh": unsafe,
      "other.sh": unsafe,
    });
    await ground.run(["scan", "--fix", "a", "excluded.sh"]);
    await ground.run(["scan", "--fix", "a"]);
    for (const name of ["ignored.sh", "excluded.sh", "other.sh"]) {
      assert.equal(readFileSync(join(ground.folder, name), "utf8"), unsafe, name);
    }
    assert.equal(readFileSync(join(ground.folder, "a/given.sh"), "utf8"), "serve 127.0.0.1\n");
  });

  it("never writes a file that is not UTF-8", async () => {
    const bytes = Buffer.from("serve 0.0.0.0 caf\u00E9\n", "latin1");
    const ground = playground({ "x.sh": bytes });
    await ground.run(["scan", "--fix", "x.sh"]);
    assert.deepEqual(readFileSync(join(ground.folder, "x.sh")), bytes);
  });

  /** Findings whose fixes are these edits, while the text has what each replaces. */
  function engineWith(fixes: readonly (readonly [from: string, to: string])[][]): Partial<typeof simpleEngine> {
    return {
      lint(path, { read }) {
        const text = read(path) ?? "";
        return fixes.flatMap((edits) => {
          const found = edits.map(([from, to]): Edit => {
            const start = text.indexOf(from);
            return { path, start, end: start + from.length, text: to };
          });
          const [first] = found;
          if (!first || found.some(({ start }) => start < 0)) return [];
          const [finding] = simpleEngine.lint(path, { read: () => "0.0.0.0", referrers: () => [] });
          const [fix] = finding?.fixes ?? [];
          return finding && fix ? [{ ...finding, at: first, fixes: [{ ...fix, edits: found }] }] : [];
        });
      },
    };
  }

  it("applies one of two fixes that meet, whole, and the other one afterwards", async () => {
    const ground = playground({ "x.sh": "abc d" });
    // The second one would make `Xc D` of it, but its edit of `bc` meets the first one's.
    const engine = engineWith([
      [["ab", "X"]],
      [
        ["bc", "Y"],
        ["d", "D"],
      ],
      [["Xc", "Z"]],
    ]);
    await ground.run(["scan", "--fix"], { engine });
    assert.equal(readFileSync(join(ground.folder, "x.sh"), "utf8"), "Z d");
  });

  it("gives up on fixes that never settle", async () => {
    const ground = playground({ "x.sh": "a" });
    const { code } = await ground.run(["scan", "--fix"], { engine: engineWith([[["a", "aa"]]]) });
    assert.equal(code, 1);
    assert.equal(readFileSync(join(ground.folder, "x.sh"), "utf8"), "a".repeat(6));
  });

  it("says which file it could not write, and leaves it whole", async () => {
    const ground = playground({ "x.sh": "serve 0.0.0.0\n" });
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { errno: -28, code: "ENOSPC" });
    const disk = {
      replace() {
        throw full;
      },
    };
    const { code, out, err } = await ground.run(["scan", "--fix"], { disk });
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /^launch-guard: x\.sh cannot be written: no space left on device\n$/);
    assert.equal(readFileSync(join(ground.folder, "x.sh"), "utf8"), "serve 0.0.0.0\n");
  });

  it("does not write over someone else's change", async () => {
    const ground = playground({ "x.sh": "serve 0.0.0.0\n" });
    const file = join(ground.folder, "x.sh");
    let reads = 0;
    const disk = {
      read(path: string) {
        if (path === file && reads++ > 0) writeFileSync(file, "mine\n");
        return nodeDisk.read(path);
      },
    };
    const { code, err } = await ground.run(["scan", "--fix"], { disk });
    assert.equal(code, 2);
    assert.match(err, /x\.sh was changed by someone else meanwhile/);
    assert.equal(readFileSync(file, "utf8"), "mine\n");
  });
});

describe("a file that is replaced", () => {
  afterEach(clearPlaygrounds);

  it("leaves nothing behind when the new one cannot take its place", () => {
    const { folder } = playground({ "x.sh/inside": "" });
    // A folder cannot be replaced by a file, so the last step fails.
    assert.throws(() => nodeDisk.replace(join(folder, "x.sh"), "text"));
    assert.deepEqual(readdirSync(folder), ["x.sh"]);
  });
});

describe("--diff", () => {
  afterEach(clearPlaygrounds);

  const files = {
    "a file.sh": "one\ntwo\nserve 0.0.0.0\n",
    "sub/crlf.sh": "one\r\nserve 0.0.0.0\r\nthree\r\n",
    "sub/no-newline.sh": "serve 0.0.0.0",
    "bom-and-ümläut.sh": "\uFEFFserve 0.0.0.0 🚀\n",
    "long.sh": `serve 0.0.0.0\n${"#\n".repeat(20)}serve 0.0.0.0\n`,
    "by-hand.sh": "serve --allow-root\n",
  };

  it("prints what --fix would change, and changes nothing", async () => {
    const ground = playground({ "x.sh": "a\nserve 0.0.0.0\n", "y.sh": "--allow-root\n" });
    const { code, out, err } = await ground.run(["scan", "--diff"]);
    assert.equal(code, 1);
    assert.equal(out, "--- a/x.sh\n+++ b/x.sh\n@@ -1,2 +1,2 @@\n a\n-serve 0.0.0.0\n+serve 127.0.0.1\n");
    assert.equal(err, "launch-guard: --fix would clear 1 of 2 problems and change 1 file\n");
    assert.equal(readFileSync(join(ground.folder, "x.sh"), "utf8"), "a\nserve 0.0.0.0\n");
  });

  for (const [name, command] of [
    ["git apply", ["git", "apply", "-"]],
    ["patch -p1", ["patch", "-p1", "--silent", "--binary"]],
  ] as const) {
    for (const cwd of [".", "sub"]) {
      it(`is read by ${name} in ${cwd}`, async () => {
        const ground = playground(files);
        execFileSync("git", ["init", "--quiet"], { cwd: ground.folder });
        const { out } = await ground.run(["scan", "--diff"], { cwd });
        const [program, ...argv] = command;
        execFileSync(program, argv, { cwd: join(ground.folder, cwd), input: out });
        for (const [path, text] of Object.entries(files)) {
          const expected = cwd === "." || path.startsWith("sub/") ? text.replaceAll("0.0.0.0", "127.0.0.1") : text;
          assert.equal(readFileSync(join(ground.folder, path), "utf8"), expected, path);
        }
      });
    }
  }

  it("works for standard input", async () => {
    const { out } = await playground({}).run(["scan", "-", "--diff"], { stdin: "serve 0.0.0.0\n" });
    assert.match(out, /^--- a\/stdin\.sh\n\+\+\+ b\/stdin\.sh\n/);
  });
});
