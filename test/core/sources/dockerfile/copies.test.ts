import assert from "node:assert/strict";
import { type BuildOptions, builtImage } from "../../../../src/core/sources/dockerfile/image.ts";
import { fixture, workspaceOf } from "./reading.ts";

const paths = [
  "start.sh",
  "two.sh",
  "with space.sh",
  "docker/entry.sh",
  "docker/run.sh",
  "scripts/serve.sh",
  "src/deep/down.sh",
  "notebook/start.sh",
];
const local = Object.fromEntries(paths.map((path) => [path, ""]));

function filesOf(text: string, options: BuildOptions = {}, path = "Dockerfile") {
  const image = builtImage(path, options, workspaceOf({ ...local, [path]: text }));
  return (name: string) => image?.files(name);
}

describe("the files of an image", () => {
  const cases: { name: string; path: string | undefined }[] = [
    { name: "/app/start.sh", path: "start.sh" },
    { name: "/entrypoint.sh", path: "docker/entry.sh" },
    { name: "/with space.sh", path: "with space.sh" },
    { name: "/usr/local/bin/serve.sh", path: "scripts/serve.sh" },
    { name: "serve.sh", path: "scripts/serve.sh" },
    { name: "/two.sh", path: "two.sh" },
    { name: "./start.sh", path: "start.sh" },
    { name: "start.sh", path: "start.sh" },
    { name: "docker/../docker//run.sh", path: "docker/run.sh" },
    { name: "/src/deep/down.sh", path: "src/deep/down.sh" },
    { name: "/work/src/deep/down.sh", path: "src/deep/down.sh" },
    { name: "/one.sh", path: undefined },
    { name: "/remote.sh", path: undefined },
    { name: "/start.sh", path: undefined },
    { name: "../../../start.sh", path: undefined },
  ];
  const files = filesOf(fixture("copies.Dockerfile"));
  for (const { name, path } of cases) it(`have ${name} from ${path}`, () => assert.equal(files(name), path));

  it("come through stages and along FROM", () => {
    const text = fixture("stages.Dockerfile");
    const final = filesOf(text, { target: "final" });
    assert.equal(final("/opt/files/entry.sh"), "docker/entry.sh");
    assert.equal(final("/usr/local/bin/launch.sh"), "docker/run.sh");
    assert.equal(final("launch.sh"), "docker/run.sh");
    assert.equal(final("/srv/app/start.sh"), "notebook/start.sh");
    assert.equal(filesOf(text)("/srv/app/start.sh"), undefined);
  });

  it("are the last ones copied to a place", () => {
    const files = filesOf("FROM a\nCOPY docker/run.sh /s.sh\nCOPY start.sh /s.sh");
    assert.equal(files("/s.sh"), "start.sh");
  });

  it("come from the Dockerfile's folder, or from the context", () => {
    const text = "FROM a\nCOPY ./entry.sh /x/\nCOPY docker/run.sh /y/";
    const own = filesOf(text, {}, "docker/Dockerfile");
    assert.deepEqual([own("/x/entry.sh"), own("/y/run.sh")], ["docker/entry.sh", undefined]);
    const root = filesOf(text, { context: "" }, "docker/Dockerfile");
    assert.deepEqual([root("/x/entry.sh"), root("/y/run.sh")], [undefined, "docker/run.sh"]);
  });

  it("do not come from images of elsewhere, or from later stages", () => {
    assert.equal(filesOf("FROM a\nCOPY --from=b start.sh /")("/start.sh"), undefined);
    assert.equal(
      filesOf("FROM a\nCOPY --from=b /start.sh /\nFROM a AS b\nCOPY start.sh /", { target: "0" })("/start.sh"),
      undefined,
    );
  });

  it("give up where stages copy from each other without end", () => {
    const stage = (index: number) =>
      `FROM a AS s${index + 1}\n${Array.from({ length: 10 }, (_, copy) => `COPY --from=s${index} /${copy} /\n`).join("")}`;
    const text = `FROM a AS s0\n${Array.from({ length: 100 }, (_, index) => stage(index)).join("")}`;
    assert.equal(filesOf(text)("/x.sh"), undefined);
  });
});

describe("the scripts that a Dockerfile holds", () => {
  const text = fixture("heredocs.Dockerfile");
  const image = builtImage("Dockerfile", {}, workspaceOf({ Dockerfile: text }));

  it("stand at the path they are copied to, or under their name in its folder", () => {
    assert.match(image?.scripts?.("/usr/local/bin/serve")?.text ?? "", /^#!\/bin\/sh\nmlflow/);
    assert.match(image?.scripts?.("serve")?.text ?? "", /^#!\/bin\/sh\nmlflow/);
    assert.equal(image?.scripts?.("/opt/stop.sh")?.text, "#!/bin/sh\nkill $PID\n");
    assert.equal(image?.scripts?.("/opt/none.sh"), undefined);
    assert.equal(image?.files("/opt/stop.sh"), undefined);
  });

  it("have the values that variables had there, each at its own place", () => {
    const script = image?.scripts?.("/usr/local/bin/serve");
    assert.ok(script);
    const place = (part: string) => {
      const start = script.text.indexOf(part);
      return script.place(start, start + part.length)?.start;
    };
    assert.match(script.text, /--host 0\.0\.0\.0 --port 6006 --default-artifact-root \$ROOT/);
    assert.equal(place("0.0.0.0"), text.indexOf("0.0.0.0"));
    assert.equal(place("6006"), text.indexOf("6006"));
    assert.equal(place("mlflow server"), text.indexOf("mlflow server"));
  });
});
