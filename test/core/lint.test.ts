import assert from "node:assert/strict";
import { type Config, defaultConfig } from "../../src/core/config.ts";
import { readConfig } from "../../src/core/config-file.ts";
import { ignoreEdit, lint } from "../../src/core/lint.ts";
import { render } from "../../src/core/message.ts";
import { applyEdits } from "../../src/core/text.ts";
import { afterFirstFix, findingsIn, workspaceOf } from "./check.ts";

/** `rule severity «text»` of each finding, in order. */
function summary(
  path: string,
  files: Record<string, string>,
  links: Record<string, string[]> = {},
  config?: Config,
): string[] {
  return lint(path, workspaceOf(files, links), config).map(
    ({ rule, severity, at }) => `${rule} ${severity} «${files[at.path]?.slice(at.start, at.end)}»`,
  );
}

describe("a command of more words than anyone writes", () => {
  for (const [path, before, behind] of [
    ["launch.sh", "jupyter lab --ip=0.0.0.0", ""],
    ["Dockerfile", 'FROM python\nCMD ["jupyter", "lab", "--ip=0.0.0.0", "', '"]'],
    ["compose.yaml", "services:\n  lab:\n    image: python\n    command: jupyter lab --ip=0.0.0.0", ""],
  ] as const) {
    it(`is read to its thousandth in ${path}, which is said`, () => {
      const rules = (words: number) => {
        const more = (path === "Dockerfile" ? 'a", "' : " a").repeat(words);
        return findingsIn(path, `${before}${more}${behind}`).map(({ rule }) => rule);
      };
      assert.deepEqual(
        rules(10).filter((rule) => rule === "too-large"),
        [],
      );
      assert.deepEqual(rules(1_000).toSorted(), [...rules(10), "too-large"].toSorted());
    });
  }
});

describe("a launch that spans several files", () => {
  const files = {
    "compose.yaml": 'services:\n  lab:\n    build: lab\n    ports:\n      - "8888:8888"\n',
    "lab/Dockerfile": 'FROM python:3.12\nCOPY start.sh /start.sh\nENV HOST=0.0.0.0\nCMD ["/start.sh"]\n',
    "lab/start.sh": '#!/bin/bash\nexec jupyter lab --ip=$HOST --ServerApp.token=""\n',
  };
  const links = { "compose.yaml": ["lab/Dockerfile"], "lab/Dockerfile": ["lab/start.sh"] };

  it("is graded by what compose publishes, in compose", () => {
    assert.deepEqual(summary("compose.yaml", files, links), ['public-publish error «"8888:8888"»']);
  });

  it("shows the bind where its literal stands, in the Dockerfile", () => {
    assert.deepEqual(summary("lab/Dockerfile", files, links), ["public-bind info «0.0.0.0»"]);
  });

  it("shows the switched-off login in the script, as an error", () => {
    assert.deepEqual(summary("lab/start.sh", files, links), ['no-auth error «--ServerApp.token=""»']);
  });

  it("names the other places as related", () => {
    const [finding] = lint("lab/start.sh", workspaceOf(files, links));
    const paths = finding?.related.map(({ at }) => at.path) ?? [];
    assert.ok(paths.includes("compose.yaml"), `related: ${paths.join(", ")}`);
  });

  it("offers to publish on loopback from the Dockerfile, in the compose file, but not as a safe fix", () => {
    const [finding] = lint("lab/Dockerfile", workspaceOf(files, links));
    const [fix] = finding?.fixes ?? [];
    assert.deepEqual(
      fix?.edits.map(({ path, text }) => [path, text]),
      [["compose.yaml", "127.0.0.1:"]],
    );
    assert.equal(fix?.safe, false);
  });

  it("is silent where it is published on loopback, but for the login", () => {
    const closed = { ...files, "compose.yaml": files["compose.yaml"].replace("8888:8888", "127.0.0.1:8888:8888") };
    assert.deepEqual(summary("compose.yaml", closed, links), []);
    assert.deepEqual(summary("lab/Dockerfile", closed, links), []);
    assert.deepEqual(summary("lab/start.sh", closed, links), ['no-auth info «--ServerApp.token=""»']);
  });

  it("keeps the script's own judgement where nothing runs it", () => {
    const alone = { "start.sh": files["lab/start.sh"] };
    assert.deepEqual(summary("start.sh", alone), ['no-auth warning «--ServerApp.token=""»']);
  });
});

describe("ignore comments", () => {
  const launch = "jupyter lab --ip=0.0.0.0 \\\n  --allow-root\n";
  const cases: [name: string, text: string, left: string[]][] = [
    [
      "cover the whole statement below",
      `# launch-guard: ignore[public-bind, run-as-root] behind the proxy\n${launch}`,
      [],
    ],
    ["cover only the rules they list", `# launch-guard: ignore[public-bind] proxy\n${launch}`, ["run-as-root"]],
    ["cover every rule where they list none", `# launch-guard: ignore proxy\n${launch}`, []],
    ["cover the line they end", "jupyter lab --ip=0.0.0.0 # launch-guard: ignore[public-bind] proxy\n", []],
    ["cover the file", `#!/bin/bash\n# launch-guard: ignore-file[public-bind,run-as-root] proxy\ntrue\n${launch}`, []],
    [
      "are reported where they cover nothing",
      "# launch-guard: ignore[public-bind] old\njupyter lab\n",
      ["unused-ignore"],
    ],
    [
      "are reported where they name an unknown rule",
      `# launch-guard: ignore[no-such] x\n${launch}`,
      ["unknown-rule", "public-bind", "run-as-root"],
    ],
    ["are no comments inside a string", `echo "# launch-guard: ignore"\n${launch}`, ["public-bind", "run-as-root"]],
  ];
  for (const [name, text, left] of cases) {
    it(name, () =>
      assert.deepEqual(
        findingsIn("launch.sh", text).map(({ rule }) => rule),
        left,
      ),
    );
  }

  it("can be forbidden, or asked for a reason", () => {
    const text = "# launch-guard: ignore[public-bind]\njupyter lab --ip=0.0.0.0\n";
    const rules = (ignores: Config["ignores"]) =>
      findingsIn("launch.sh", text, { ...defaultConfig, ignores }).map(({ rule }) => rule);
    assert.deepEqual(rules("allow"), []);
    assert.deepEqual(rules("reason"), ["forbidden-ignore", "public-bind"]);
    assert.deepEqual(rules("forbid"), ["forbidden-ignore", "public-bind"]);
  });

  const written: [path: string, text: string, after: string][] = [
    [
      "launch.sh",
      "if true; then\n  jupyter lab --ip=0.0.0.0\nfi\n",
      "if true; then\n  # launch-guard: ignore[public-bind] \n  jupyter lab --ip=0.0.0.0\nfi\n",
    ],
    [
      "Dockerfile",
      'FROM python\r\nCMD ["jupyter", \\\r\n "lab", "--ip=0.0.0.0"]\r\n',
      'FROM python\r\n# launch-guard: ignore[public-bind] \r\nCMD ["jupyter", \\\r\n "lab", "--ip=0.0.0.0"]\r\n',
    ],
    [
      "compose.yaml",
      'services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n    ports:\n      - "8888:8888"\n',
      'services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n    ports:\n      # launch-guard: ignore[public-publish] \n      - "8888:8888"\n',
    ],
  ];
  for (const [path, text, after] of written) {
    it(`are written into ${path} with the cursor at the reason, and then cover the finding`, () => {
      const workspace = workspaceOf({ [path]: text });
      const [finding] = lint(path, workspace);
      assert.ok(finding);
      const ignore = ignoreEdit(finding, workspace);
      assert.ok(ignore);
      assert.equal(applyEdits(text, [ignore.edit]), after);
      assert.equal(after[ignore.cursor - 2], "]");
      assert.deepEqual(
        findingsIn(path, after)
          .map(({ rule }) => rule)
          .filter((rule) => rule === finding.rule),
        [],
      );
    });
  }
});

describe(".launch-guard.yaml", () => {
  const text = "jupyter lab --ip=0.0.0.0\n";

  it("sets a rule's severity, for some files differently", () => {
    const { config, problems } = readConfig(
      "rules: {public-bind: error}\noverrides:\n  - files: ['dev/**']\n    rules: {public-bind: off}\n",
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      findingsIn("launch.sh", text, config).map(({ severity }) => severity),
      ["error"],
    );
    assert.deepEqual(findingsIn("dev/launch.sh", text, config), []);
  });

  it("says in a sentence what is wrong, and where", () => {
    const wrong = readConfig("rules: {public-bnd: error}\n").problems.map((problem) => render(problem));
    assert.equal(wrong.length, 1);
    assert.match(wrong[0] ?? "", /rules/);
    assert.equal(readConfig("rules: [").problems.length, 1);
  });
});

describe("a login that is off because a variable is empty", () => {
  const offered = (text: string) =>
    findingsIn("launch.sh", text).flatMap(({ rule, fixes }) => (rule === "no-auth" ? fixes : []));

  for (const text of [
    'jupyter lab --ServerApp.token="${TOKEN:-}"\n',
    'TOKEN=${1:-}\njupyter lab --ServerApp.token="$TOKEN"\n',
  ]) {
    it(`is not taken out unasked, since the variable may hold a token: ${text}`, () => {
      assert.deepEqual(
        offered(text).map(({ safe }) => safe),
        [false],
      );
    });
  }

  it("is taken out where it is written", () => {
    assert.deepEqual(
      offered("jupyter lab --ServerApp.token=''\n").map(({ safe }) => safe),
      [true],
    );
  });
});

describe("what people write in more than one way at once", () => {
  it("reports each spelling that switches the login off, with one fix for all", () => {
    const text = "jupyter lab \\\n  --ServerApp.token='' \\\n  --NotebookApp.token=''\n";
    const found = findingsIn("launch.sh", text);
    assert.deepEqual(
      found.map(({ rule, at }) => `${rule} ${text.slice(at.start, at.end)}`),
      ["no-auth --ServerApp.token=''", "no-auth --NotebookApp.token=''"],
    );
    assert.equal(afterFirstFix("launch.sh", text, found[0]), "jupyter lab\n");
  });

  it("publishes every service on loopback that shares a command", () => {
    const text =
      "services:\n  a: &a\n    image: ghcr.io/mlflow/mlflow\n    command: mlflow server --host 0.0.0.0\n    ports: ['5000:5000']\n  b:\n    <<: *a\n    ports: ['5001:5000']\n";
    const bind = findingsIn("compose.yaml", text).find(({ rule }) => rule === "public-bind");
    const after = afterFirstFix("compose.yaml", text, bind) ?? "";
    assert.deepEqual(
      findingsIn("compose.yaml", after).map(({ rule }) => rule),
      [],
    );
  });

  it("finds a secret in a variable that an option overrules", () => {
    const text =
      "services:\n  a:\n    image: vllm/vllm-openai\n    command: --model m --api-key ${KEY}\n    environment:\n      VLLM_API_KEY: s3cret-abc123\n";
    assert.deepEqual(
      findingsIn("compose.yaml", text).map(({ rule }) => rule),
      ["hardcoded-secret"],
    );
  });

  it("does not delete an address where the image itself listens everywhere", () => {
    const text = "docker run --net=host quay.io/jupyter/base-notebook start-notebook.sh --ServerApp.ip=0.0.0.0\n";
    const after = afterFirstFix("launch.sh", text, findingsIn("launch.sh", text)[0]) ?? "";
    assert.match(after, /--ServerApp\.ip=127\.0\.0\.1/);
    assert.deepEqual(findingsIn("launch.sh", after), []);
  });

  it("underlines the word itself behind an alias, once", () => {
    const text =
      "services:\n  a:\n    image: &i quay.io/jupyter/base-notebook\n    command: &c start-notebook.sh --NotebookApp.token=''\n    ports: ['8888:8888']\n  b:\n    image: *i\n    command: *c\n";
    const found = findingsIn("compose.yaml", text).filter(({ rule }) => rule === "no-auth");
    assert.deepEqual(
      found.map(({ at }) => text.slice(at.start, at.end)),
      ["--NotebookApp.token=''"],
    );
  });

  it("runs a script that an image finds on its PATH", () => {
    const files = {
      "compose.yaml": "services:\n  a:\n    build: .\n    ports: ['5000:5000']\n",
      Dockerfile: 'FROM python:3.12\nCOPY bin/start-all /usr/local/bin/\nENTRYPOINT ["start-all"]\n',
      "bin/start-all": "#!/bin/sh\nexec mlflow server --host 0.0.0.0\n",
    };
    const links = { "compose.yaml": ["Dockerfile"], Dockerfile: ["bin/start-all"] };
    assert.deepEqual(summary("compose.yaml", files, links), ["public-publish warning «'5000:5000'»"]);
    assert.deepEqual(summary("bin/start-all", files, links), ["public-bind info «0.0.0.0»"]);
  });
});

describe("values that double themselves line by line", () => {
  const doubled = (line: (index: number) => string) => Array.from({ length: 60 }, (_, index) => line(index)).join("");

  it("are given up in a script", () => {
    const text = `x=a\n${doubled(() => 'x="$x$x"\n')}jupyter lab --ip=$x\n`;
    assert.deepEqual(findingsIn("launch.sh", text), []);
  });

  it("are given up in a .env file", () => {
    const env = `A0=a\n${doubled((index) => `A${index + 1}=\${A${index}}\${A${index}}\n`)}`;
    const compose = "services:\n  a:\n    image: quay.io/jupyter/base-notebook\n    command: start.sh --ip=${A60}\n";
    assert.deepEqual(lint("compose.yaml", workspaceOf({ ".env": env, "compose.yaml": compose })), []);
  });
});
