import assert from "node:assert/strict";
import { isExposed, verdictOf } from "../../../src/core/command/judge.ts";
import { defaultConfig } from "../../../src/core/config.ts";
import { render } from "../../../src/core/message.ts";
import { folder, judge, launches, madeSafe, said, typed } from "./judging.ts";

const compose = `services:
  lab:
    image: quay.io/jupyter/base-notebook
    ports: ["8888:8888"]
  db:
    image: postgres
    ports: ["5432:5432"]
  extra:
    profiles: [more]
    image: ghcr.io/mlflow/mlflow
    command: mlflow server --host 0.0.0.0
    ports: ["5000:5000"]
  app:
    image: nginx
    depends_on: [lab]
`;

describe("a command that is typed", () => {
  it("is judged as one that runs on the machine", () => {
    assert.deepEqual(said("jupyter lab --ip=0.0.0.0 --allow-root"), ["warning public-bind", "warning run-as-root"]);
    assert.deepEqual(said("jupyter lab --ip=0.0.0.0 --ServerApp.token=''"), ["error public-bind", "error no-auth"]);
    assert.deepEqual(said("jupyter lab"), []);
  });

  it("is an error where others get in and run what they like as root, though neither is one by itself", () => {
    const severity = (text: string) => launches(text).map((launch) => verdictOf(launch)?.severity);
    assert.deepEqual(severity("jupyter lab --ip=0.0.0.0 --allow-root"), ["error"]);
    assert.deepEqual(severity("jupyter lab --ip=0.0.0.0"), ["warning"]);
    assert.deepEqual(severity("jupyter lab --allow-root"), ["info"]);
    const [launch] = launches("jupyter lab --ip=0.0.0.0 --allow-root");
    assert.match(
      launch ? render(verdictOf(launch)?.says ?? { template: "", values: {} }) : "",
      /every interface.*root/,
    );
  });

  it("is seen through what is around it", () => {
    for (const text of [
      "cd /srv && nohup jupyter lab --ip=0.0.0.0 > log 2>&1 &",
      "bash -c 'jupyter lab --ip=0.0.0.0'",
      "conda run -n x jupyter lab --ip=0.0.0.0",
      "ssh gpubox jupyter lab --ip=0.0.0.0",
      "HOST=0.0.0.0; jupyter lab --ip=$HOST",
    ])
      assert.deepEqual(said(text), ["warning public-bind"], text);
  });

  it("is judged by what publishes its container, in a window of a container", () => {
    assert.deepEqual(said("jupyter lab --ip=0.0.0.0", { on: "container" }), ["info public-bind"]);
  });

  it("leaks a secret that is typed, and says that of no file", () => {
    const text = "jupyter lab --IdentityProvider.token=s3cret-abc123";
    assert.deepEqual(said(text), ["info token-leak"]);
    assert.deepEqual(said("bash start.sh", { files: { [`${folder}/start.sh`]: text } }), ["info hardcoded-secret"]);
  });

  it("heeds the project's configuration and the ignore comments of its files", () => {
    const files = {
      [`${folder}/run.sh`]: "# launch-guard: ignore[public-bind] behind a firewall\njupyter lab --ip=0.0.0.0\n",
    };
    assert.deepEqual(said("./run.sh", { files }), []);
    assert.deepEqual(said("jupyter lab --ip=0.0.0.0", { config: { rules: { "public-bind": "off" } } }), []);
    const overrides = [{ files: ["run.sh"], rules: { "public-bind": "error" as const } }];
    const plain = { [`${folder}/run.sh`]: "jupyter lab --ip=0.0.0.0\n" };
    assert.deepEqual(said("./run.sh", { files: plain, config: { overrides } }), ["error public-bind"]);
  });

  it("outlives its command where it is put in the background", () => {
    const detached = (text: string) => launches(text).map(({ launch }) => launch.detached);
    assert.deepEqual(detached("nohup jupyter lab --ip=0.0.0.0 &"), [true]);
    assert.deepEqual(detached("jupyter lab --ip=0.0.0.0"), [false]);
    assert.deepEqual(detached("docker run -d -p 8888:8888 quay.io/jupyter/base-notebook"), [true]);
    assert.deepEqual(detached("docker run --rm -it -p 8888:8888 quay.io/jupyter/base-notebook"), [false]);
    assert.deepEqual(detached("ray start --head --dashboard-host 0.0.0.0"), [true]);
    assert.deepEqual(detached("ray start --head --block --dashboard-host 0.0.0.0"), [false]);
  });
});

describe("a command that names a file", () => {
  const files = { [`${folder}/compose.yaml`]: compose };

  describe("of several compose files", () => {
    const quiet = "services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n";
    const exposed = 'services:\n  lab:\n    ports: ["8888:8888"]\n';
    const closed = 'services:\n  lab:\n    ports: !override ["127.0.0.1:8888:8888"]\n';
    const here = (given: Record<string, string>) =>
      Object.fromEntries(Object.entries(given).map(([name, text]) => [`${folder}/${name}`, text]));

    it("merges the override file into the usual one", () => {
      for (const [usual, override] of [
        ["compose.yaml", "compose.override.yaml"],
        ["docker-compose.yml", "docker-compose.override.yml"],
      ] as const)
        assert.deepEqual(said("docker compose up", { files: here({ [usual]: quiet, [override]: exposed }) }), [
          "warning public-publish",
        ]);
    });

    it("merges those that are named, and those only", () => {
      const all = here({ "compose.yaml": quiet, "prod.yaml": exposed, "compose.override.yaml": exposed });
      assert.deepEqual(said("docker compose -f compose.yaml -f prod.yaml up", { files: all }), [
        "warning public-publish",
      ]);
      assert.deepEqual(loud("docker compose -f compose.yaml up", all), []);
      assert.deepEqual(loud("docker compose -f missing.yaml up", all), []);
      assert.deepEqual(loud("docker compose -f prod.yaml -f a.yaml up", { ...all, ...here({ "a.yaml": closed }) }), []);
      assert.deepEqual(said("COMPOSE_FILE=compose.yaml:prod.yaml docker compose up", { files: all }), [
        "warning public-publish",
      ]);
      assert.deepEqual(loud("COMPOSE_FILE=compose.yaml docker compose up", all), []);
      const named = { ...all, ...here({ ".env": "COMPOSE_FILE=compose.yaml:prod.yaml\n" }) };
      assert.deepEqual(said("docker compose up", { files: named }), ["warning public-publish"]);
      assert.deepEqual(loud("COMPOSE_FILE=compose.yaml docker compose up", named), []);
    });

    it("changes the file that says it", () => {
      const all = here({ "compose.yaml": quiet, "compose.override.yaml": exposed });
      assert.deepEqual(madeSafe("docker compose up", { files: all })?.files, {
        [`${folder}/compose.override.yaml`]: exposed.replace("8888:", "127.0.0.1:8888:"),
      });
    });

    const loud = (text: string, files: Record<string, string>) =>
      said(text, { files }).filter((each) => !each.startsWith("info"));
  });

  it("starts the services of its compose file", () => {
    assert.deepEqual(said("docker compose up", { files }), ["warning public-publish"]);
    assert.deepEqual(said("docker compose up db", { files }), []);
    assert.deepEqual(said("docker compose up app", { files }), ["warning public-publish"], "with what it depends on");
    assert.equal(said("docker compose --profile more up", { files }).length > 1, true);
    assert.equal(said("COMPOSE_PROFILES=other,more docker compose up", { files }).length > 1, true);
    assert.deepEqual(said("docker-compose -f compose.yaml up -d", { files }), ["warning public-publish"]);
    assert.deepEqual(said("cd sub && docker compose up", { files }), ["warning public-publish"], "from above");
    assert.deepEqual(said("cd / && docker compose up", { files }), []);
    for (const text of [
      "docker compose down",
      "docker compose ps",
      "docker compose build",
      "docker compose logs -f lab",
    ])
      assert.deepEqual(said(text, { files }), [], text);
  });

  it("leaves them running with -d", () => {
    const detached = (text: string) => launches(text, { files }).map(({ launch }) => launch.detached);
    assert.deepEqual(detached("docker compose up -d lab"), [true]);
    assert.deepEqual(detached("docker compose up lab"), [false]);
    assert.deepEqual(detached("docker compose restart lab"), [true]);
  });

  it("runs its script, which is on the machine then", () => {
    const script = { [`${folder}/bin/start.sh`]: "#!/bin/sh\njupyter lab --ip=0.0.0.0 $@\n" };
    for (const text of [
      "bash bin/start.sh",
      "./bin/start.sh",
      "source bin/start.sh",
      ". bin/start.sh",
      "cd bin; sh start.sh",
      `sh ${folder}/bin/start.sh`,
    ])
      assert.deepEqual(said(text, { files: script }), ["warning public-bind"], text);
    assert.deepEqual(
      said("ssh gpubox bash bin/start.sh", { files: script }),
      [],
      "another machine's files are not these",
    );
  });
});

describe("a command that names another kind of file", () => {
  const lab = "jupyter lab --ip=0.0.0.0";
  const cases: readonly [string, Readonly<Record<string, string>>][] = [
    ["make serve", { Makefile: `IP ?= 0.0.0.0\nbuild:\n\ttrue\nserve:\n\tjupyter lab --ip=$(IP)\n` }],
    ["make -C docker", { "docker/Makefile": `all:\n\t${lab}\n` }],
    ["npm run lab", { "package.json": `{ "scripts": { "lab": "${lab}" } }` }],
    ["yarn lab", { "package.json": `{ "scripts": { "lab": "${lab}" } }` }],
    ["python app.py", { "app.py": `import subprocess\nsubprocess.run(["jupyter", "lab", "--ip=0.0.0.0"])\n` }],
    ["./app.py", { "app.py": `import os\nos.system("${lab}")\n` }],
  ];
  for (const [text, files] of cases) {
    const there = Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
    it(`is followed there: ${text}`, () => {
      assert.deepEqual(said(text, { files: there }), ["warning public-bind"]);
      const safe = madeSafe(text, { files: there });
      assert.ok(safe && !Object.values(safe.files).join().includes("0.0.0.0"), "and made safe there");
    });
  }

  it("is silent where the file is another one or is not there", () => {
    for (const [text] of cases) assert.deepEqual(said(text), [], text);
    assert.deepEqual(said("make build", { files: { [`${folder}/Makefile`]: cases[0]?.[1]["Makefile"] ?? "" } }), []);
  });
});

describe("a command of fish", () => {
  it("is read with fish's own words", () => {
    const fish = { shell: "fish" } as const;
    assert.deepEqual(said("set -x HOST 0.0.0.0; and jupyter lab --ip=$HOST", fish), ["warning public-bind"]);
    assert.equal(madeSafe("jupyter lab --ip 0.0.0.0; or true", fish)?.text, "jupyter lab; or true");
  });
});

describe("a safe command", () => {
  it("listens on this machine only, and is otherwise as it was", () => {
    assert.deepEqual(madeSafe("jupyter lab --ip=0.0.0.0 --allow-root"), {
      text: "jupyter lab --allow-root",
      files: {},
    });
    assert.equal(
      madeSafe("FOO=1 jupyter lab  --ip 0.0.0.0 --ServerApp.token='' --no-browser")?.text,
      "FOO=1 jupyter lab --no-browser",
    );
    assert.equal(
      madeSafe("docker run -d -p 8888:8888 quay.io/jupyter/base-notebook")?.text,
      "docker run -d -p 127.0.0.1:8888:8888 quay.io/jupyter/base-notebook",
    );
    assert.equal(madeSafe("ssh gpubox 'jupyter lab --ip=0.0.0.0'")?.text, "ssh gpubox 'jupyter lab'");
  });

  it("may be a file that has to change first", () => {
    const files = { [`${folder}/compose.yaml`]: compose };
    assert.deepEqual(madeSafe("docker compose up lab", { files }), {
      text: "docker compose up lab",
      files: { [`${folder}/compose.yaml`]: compose.replace('"8888:8888"', '"127.0.0.1:8888:8888"') },
    });
  });

  it("is none where nothing is wrong or others would still get in", () => {
    assert.equal(madeSafe("jupyter lab"), undefined);
    assert.equal(madeSafe("docker run --network host quay.io/jupyter/base-notebook"), undefined);
    assert.equal(madeSafe("ngrok http 8888"), undefined);
  });

  it("opens nothing any more by the judge's own word", () => {
    for (const text of [
      "jupyter lab --ip=0.0.0.0 --allow-root",
      "mlflow server --host 0.0.0.0",
      "ray start --head --dashboard-host=0.0.0.0",
    ])
      assert.deepEqual(launches(madeSafe(text)?.text ?? "").filter(isExposed), [], text);
  });
});

describe("a command of no interest", () => {
  it("is not read at all", () => {
    const isOfInterest = (text: string) => judge.isOfInterest(typed(text), defaultConfig);
    for (const text of ["git status", "ls -la", "curl http://0.0.0.0:80"])
      assert.equal(isOfInterest(text), false, text);
    for (const text of ["jupyter lab", "docker compose up", "make", "./start.sh"])
      assert.equal(isOfInterest(text), true, text);
  });
});

describe("a program's name in a shell of Windows", () => {
  const unsafe = said("jupyter lab --ip=0.0.0.0");
  for (const [shell, text] of [
    ["cmd", "JUPYTER.EXE lab --ip=0.0.0.0"],
    ["cmd", "C:\\Py\\Scripts\\Jupyter-Lab.exe --ip=0.0.0.0"],
    ["cmd", "Python -m jupyterlab --ip=0.0.0.0"],
    ["cmd", "START /B Jupyter lab --ip=0.0.0.0"],
    ["powershell", "Jupyter.exe lab --ip=0.0.0.0"],
    ["powershell", "& 'C:\\Py\\JUPYTER' lab --ip=0.0.0.0"],
    ["powershell", "Start-Process Jupyter 'lab --ip=0.0.0.0'"],
  ] as const) {
    it(`means the same in any case: ${text}`, () => assert.deepEqual(said(text, { shell }), unsafe));
  }

  it("leads to the folder that it changes to", () => {
    const files = { "/home/ada/project/docker/Makefile": "serve:\n\tjupyter lab --ip=0.0.0.0\n" };
    assert.deepEqual(
      said("CD docker && Make serve", { shell: "cmd", files }),
      said("cd docker && make serve", { files }),
    );
    assert.notDeepEqual(said("CD docker && Make serve", { shell: "cmd", files }), []);
    for (const change of ["Set-Location", "SET-LOCATION", "sl", "cd"])
      assert.notDeepEqual(said(`${change} docker; make serve`, { shell: "powershell", files }), [], change);
  });

  for (const shell of ["posix", "fish"] as const) {
    it(`is the one that is written in ${shell}`, () =>
      assert.deepEqual(said("Jupyter lab --ip=0.0.0.0", { shell }), []));
  }
});
