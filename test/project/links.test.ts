import assert from "node:assert/strict";
import { fileLinks } from "../../src/project/links.ts";

describe("links between files", () => {
  /** Files that name what they lead to, one path in a line; `+FILE` takes what that file says as well. */
  function project(files: Record<string, string>) {
    const asked: string[] = [];
    const links = fileLinks(
      Object.keys(files),
      (path) => files[path],
      (path, { read }) => {
        asked.push(path);
        return (read(path) ?? "").split("\n").flatMap((line) => {
          return line.startsWith("+") ? (read(line.slice(1)) ?? "").split("\n") : [line];
        });
      },
    );
    return { files, links, asked };
  }

  it("answers with every file that leads to one, once and in order", () => {
    const { links } = project({ a: "c\nc", b: "c\nmissing", c: "c" });
    assert.deepEqual(links.referrers("c"), ["a", "b"]);
    assert.deepEqual(links.referrers("missing"), ["b"]);
    assert.deepEqual(links.referrers("a"), []);
  });

  it("looks at a file once", () => {
    const { links, asked } = project({ a: "b", b: "" });
    links.referrers("a");
    links.referrers("b");
    assert.deepEqual(asked, ["a", "b"]);
  });

  it("looks again at what has changed, and at nothing else", () => {
    const { files, links, asked } = project({ a: "c", b: "c", c: "" });
    links.referrers("c");
    asked.length = 0;
    files["a"] = "b";
    links.update("a");
    assert.deepEqual(links.referrers("c"), ["b"]);
    assert.deepEqual(links.referrers("b"), ["a"]);
    assert.deepEqual(asked, ["a"]);
  });

  it("looks at nothing again when the text is the same", () => {
    const { links, asked } = project({ a: "b" });
    links.referrers("b");
    links.update("a");
    links.referrers("b");
    assert.deepEqual(asked, ["a"]);
  });

  it("looks again at a file whose links came from another one that changed", () => {
    const { files, links } = project({ compose: "+Dockerfile", Dockerfile: "start.sh" });
    assert.deepEqual(links.referrers("start.sh"), ["compose", "Dockerfile"]);
    files["Dockerfile"] = "other.sh";
    links.update("Dockerfile");
    assert.deepEqual(links.referrers("other.sh"), ["compose", "Dockerfile"]);
    assert.deepEqual(links.referrers("start.sh"), []);
  });

  it("takes in new files and forgets old ones", () => {
    const { files, links } = project({ a: "b" });
    assert.deepEqual(links.referrers("b"), ["a"]);
    files["c"] = "b";
    links.update("c");
    assert.deepEqual(links.referrers("b"), ["a", "c"]);
    delete files["a"];
    links.forget("a");
    assert.deepEqual(links.referrers("b"), ["c"]);
  });
});
