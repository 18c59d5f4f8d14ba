import assert from "node:assert/strict";
import { dockerfile } from "../../../../src/core/sources/dockerfile/dockerfile.ts";
import { cut, fixture, shown, workspaceOf } from "./reading.ts";

function open(text: string, files: Record<string, string> = {}) {
  return dockerfile.open({ path: "Dockerfile", text }, workspaceOf(files));
}

describe("a Dockerfile", () => {
  const names: { path: string; is: boolean }[] = [
    { path: "Dockerfile", is: true },
    { path: "a/b/dockerfile", is: true },
    { path: "Dockerfile.gpu", is: true },
    { path: "gpu.Dockerfile", is: true },
    { path: "a/gpu.dockerfile", is: true },
    { path: "Containerfile", is: true },
    { path: "Containerfile.dev", is: true },
    { path: "Dockerfile.dockerignore", is: false },
    { path: "gpu.Dockerfile.dockerignore", is: false },
    { path: ".dockerignore", is: false },
    { path: "Dockerfiles", is: false },
    { path: "Dockerfile/start.sh", is: false },
    { path: "my-dockerfile", is: false },
  ];
  for (const { path, is } of names)
    it(`${is ? "is" : "is not"} ${path}`, () => assert.equal(dockerfile.accepts(path, ""), is));
});

describe("the launches of a Dockerfile", () => {
  it("are the stages with a command, and the last one", () => {
    const text = fixture("stages.Dockerfile");
    const found = open(text).invocations();
    assert.deepEqual(
      found.map(({ words, at }) => [cut(text, at), words.map(shown).join(" ")]),
      [
        ['CMD ["start.sh"]', "tini -- start.sh"],
        ['ENTRYPOINT ["/srv/app/start.sh"]', "/srv/app/start.sh"],
        ["FROM base", "tini -- start.sh"],
      ],
    );
  });

  it("run in a container that someone else publishes", () => {
    const [launch] = open("FROM quay.io/jupyter/base-notebook\nUSER root\n").invocations();
    assert.deepEqual(launch?.runs, { on: "container", publishes: "unknown" });
    assert.deepEqual([launch?.words, shown(launch?.image)], [[], "quay.io/jupyter/base-notebook"]);
    assert.deepEqual([launch?.usesImageEntrypoint, launch?.usesImageCommand], [true, true]);
    assert.deepEqual([launch?.user.value, launch?.because], ["root", []]);
  });

  it("take their entrypoint from the image where only a command is given", () => {
    const [launch] = open('FROM a\nCMD ["x"]').invocations();
    assert.deepEqual([launch?.usesImageEntrypoint, launch?.usesImageCommand], [true, false]);
  });

  it("know the files and scripts of their image", () => {
    const text = 'FROM a\nCOPY start.sh /\nCOPY <<EOF /other.sh\na\nEOF\nCMD ["/start.sh"]';
    const [launch] = open(text, { "start.sh": "" }).invocations();
    assert.equal(launch?.files?.("/start.sh"), "start.sh");
    assert.equal(launch?.scripts?.("/other.sh")?.text, "a\n");
  });
});

describe("a Dockerfile's surroundings", () => {
  const script = "#!/bin/sh\njupyter lab\n";
  const links: { text: string; paths: string[] }[] = [
    { text: 'FROM a\nCOPY start.sh /app/\nENTRYPOINT ["tini", "--", "/app/start.sh"]', paths: ["start.sh"] },
    {
      text: "FROM a\nCOPY . /app\nCMD cd /app && exec '/app/start.sh' --flag; /app/docker/run",
      paths: ["start.sh", "docker/run"],
    },
    { text: "FROM a\nCOPY . /app\nCMD python /app/app.py", paths: [] },
    { text: "FROM a\nCOPY . /app\nRUN /app/start.sh", paths: [] },
    { text: "FROM a AS b\nCOPY . /\nCMD /start.sh\nFROM b\nCMD /start.sh", paths: ["start.sh"] },
  ];
  for (const { text, paths } of links) {
    it(`lead to ${paths.join(", ") || "nothing"} from ${JSON.stringify(text)}`, () => {
      const files = { "start.sh": script, "docker/run": script, "app.py": "import mlflow\n" };
      assert.deepEqual(open(text, files).links(), paths);
    });
  }

  it("have blocks that cover whole instructions", () => {
    const text = fixture("heredocs.Dockerfile");
    const blocks = open(text)
      .blocks()
      .map((place) => cut(text, place));
    assert.equal(blocks.length, 9);
    assert.match(blocks[2] ?? "", /^RUN <<-'SETUP'[\s\S]*SETUP$/);
  });

  it("have comments with their sign", () => {
    const text = "# syntax=x\n# a\nRUN b \\\n  # c\n  d # e\n";
    assert.deepEqual(
      open(text)
        .comments()
        .map((place) => cut(text, place)),
      ["# a", "# c"],
    );
  });

  it("say so when there is too much of it", () => {
    assert.deepEqual(open("FROM a\nCMD b\n").limits(), []);
    const large = open(`FROM a\nCMD b\n${"#".repeat(1_000_000)}`);
    assert.deepEqual(
      large.limits().map(({ what }) => what),
      ["size"],
    );
    assert.deepEqual(large.invocations(), []);
    const stages = open("FROM a\nCMD b\n".repeat(300));
    assert.deepEqual(
      stages.limits().map(({ what, at }) => [what, at.start]),
      [["size", 200 * 13]],
    );
  });
});
