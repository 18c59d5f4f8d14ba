import assert from "node:assert/strict";
import { message } from "../../../src/core/message.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { StartedServer } from "../../../src/tunnel/launcher/started.ts";
import type { OpenRequest } from "../../../src/tunnel/service.ts";
import type { Failure } from "../../../src/tunnel/status.ts";
import { type Around, jupyterOn, machine, play, statusOf } from "./playground.ts";

const lost: Failure = { code: "connection-lost", said: message("The line is dead."), advice: message("Wait.") };
const hop = { name: "box", hostname: "10.0.0.1", port: 22, user: "ada" };
const fingerprint = `SHA256:${"a".repeat(43)}`;

describe("launch-guard tunnel", () => {
  /** A service whose tunnel comes up, and is then ended as `then` says. */
  function comesUp(requests: OpenRequest[], then: (around: Around, request: OpenRequest) => void) {
    return (around: () => Around) => ({
      service: {
        discover: async () => ({ machine, servers: [jupyterOn(8888)], others: [], limits: [] }),
        open: async (request: OpenRequest) => {
          requests.push(request);
          setImmediate(() => then(around(), request));
          return statusOf(request, { state: "up" });
        },
      },
    });
  }

  it("finds the server, prints the local address and ends with 0 on Ctrl-C", async () => {
    const requests: OpenRequest[] = [];
    const result = await play(
      "tunnel box",
      comesUp(requests, ({ interrupt }) => interrupt("SIGINT")),
    );
    assert.equal(result.code, 0);
    assert.equal(
      result.out,
      "http://127.0.0.1:8888/ leads to 127.0.0.1:8888 on box. Ctrl-C closes it.\nUp.\nThe tunnel is closed.\n",
    );
    assert.match(result.err, /launch-guard token box jupyter-8888/);
    assert.ok(result.closed);
    assert.deepEqual(requests[0]?.machine, machine);
  });

  it("does not call a tunnel closed that another window goes on with", async () => {
    const { out } = await play("tunnel box --to 8888", (around) => ({
      service: {
        async open(request) {
          setImmediate(() => around().interrupt("SIGINT"));
          return { ...statusOf(request, { state: "up" }), elsewhere: true };
        },
      },
    }));
    assert.match(out, /Up\.\nThe tunnel stays open in the other window\.\n$/);
  });

  it("leads to a server by the name it was started under", async () => {
    const requests: OpenRequest[] = [];
    const server: StartedServer = {
      ...{ name: "jupyter-1", kind: "jupyter", target: jupyterOn(8888).target, basePath: "/", running: true },
      ...{ pid: 7, startedAt: 1, folder: "/home/ada", logFile: "/log", notes: [] },
    };
    const { code } = await play("tunnel box --to jupyter-1", (around) => {
      const { service } = comesUp(requests, ({ interrupt }) => interrupt("SIGINT"))(around);
      return { service: { ...service, started: async () => [server] } };
    });
    assert.deepEqual([code, requests[0]?.target], [0, server.target]);
  });

  it("ends with the number of the signal where that was not Ctrl-C", async () => {
    assert.equal(
      (
        await play(
          "tunnel box",
          comesUp([], ({ interrupt }) => interrupt("SIGTERM")),
        )
      ).code,
      143,
    );
    assert.equal(
      (
        await play(
          "tunnel box",
          comesUp([], ({ interrupt }) => interrupt("SIGHUP")),
        )
      ).code,
      129,
    );
  });

  it("ends with 130 where Ctrl-C comes before the tunnel is up", async () => {
    const { code, out, closed } = await play("tunnel box --to 80", (around) => ({
      service: {
        open: async () => {
          around().interrupt("SIGINT");
          throw new TunnelError("cancelled", message("This was cancelled."));
        },
      },
    }));
    assert.deepEqual([code, out, closed], [130, "", true]);
  });

  it("shows each state once, and what to do where it fails", async () => {
    const { code, out, err } = await play(
      "tunnel box --to 5432",
      comesUp([], ({ onTunnel }, request) => {
        const checking = statusOf(request, { state: "checking", because: lost });
        onTunnel(checking);
        onTunnel({ ...checking, bytes: { down: 5, up: 5 } });
        onTunnel(statusOf({ ...request, id: "another" }, { state: "stopped" }));
        onTunnel(statusOf(request, { state: "failed", because: lost }));
      }),
    );
    assert.equal(code, 2);
    assert.match(out, /^127\.0\.0\.1:8888 leads to .*\nUp\.\nChecking: The line is dead\.\n$/);
    assert.match(err, /^launch-guard: The line is dead\.\nlaunch-guard: Wait\.\n$/);
  });

  it("rewrites one line on a terminal", async () => {
    const { out } = await play("tunnel box --to 5432", (around) => ({
      isTTY: true,
      ...comesUp([], ({ onTunnel, interrupt }, request) => {
        onTunnel(statusOf(request, { state: "checking", because: lost }));
        interrupt("SIGINT");
      })(around),
    }));
    assert.ok(out.includes("\r\u001B[KUp.\r\u001B[KChecking: The line is dead."), JSON.stringify(out));
  });

  it("prints an object for each status with --json", async () => {
    const { out } = await play(
      "tunnel box --to 5432 --json",
      comesUp([], ({ onTunnel, interrupt }, request) => {
        onTunnel(statusOf(request, { state: "checking", because: lost }));
        interrupt("SIGINT");
      }),
    );
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ event, state }) => [event, state.state]),
      [
        ["status", "up"],
        ["status", "checking"],
      ],
    );
    assert.equal(lines[1].state.because.said, "The line is dead.");
  });

  const targets: [to: string, target: unknown][] = [
    ["8080", { kind: "tcp", host: "127.0.0.1", port: 8080 }],
    ["node7:80", { kind: "tcp", host: "node7", port: 80 }],
    ["[::1]:80", { kind: "tcp", host: "::1", port: 80 }],
    ["/run/a.sock", { kind: "unix", path: "/run/a.sock" }],
  ];
  for (const [to, target] of targets) {
    it(`leads to ${to} without looking for servers`, async () => {
      const requests: OpenRequest[] = [];
      await play(
        `tunnel box --local 9000 --engine openssh --to ${to}`,
        comesUp(requests, ({ interrupt }) => interrupt("SIGINT")),
      );
      const { target: led, localPort, engine } = requests[0] ?? assert.fail();
      assert.deepEqual([led, localPort, engine], [target, 9000, "openssh"]);
    });
  }

  describe("with several servers", () => {
    const servers = [
      jupyterOn(1),
      jupyterOn(2, { own: false, owner: "eve" }),
      jupyterOn(3, { kind: "mlflow", name: "mlflow-3" }),
    ];
    const discover = async () => ({ machine, servers, others: [], limits: [] });
    const pick = (typed: readonly string[] | undefined, requests: OpenRequest[]) => (around: () => Around) => ({
      ...(typed && { typed }),
      service: { ...comesUp(requests, ({ interrupt }) => interrupt("SIGINT"))(around).service, discover },
    });

    it("asks for a number until it gets one, one's own servers first", async () => {
      const requests: OpenRequest[] = [];
      const { asked } = await play("tunnel box", pick(["9", "x", "2"], requests));
      assert.match(
        asked,
        /Several servers run on box:\n 1 {2}jupyter-1 .*yours\n 2 {2}mlflow-3 .*\n 3 {2}jupyter-2 .*eve\n/,
      );
      assert.equal(requests[0]?.kind, "mlflow");
    });

    it("takes the one of the kind or the name that is wanted", async () => {
      const requests: OpenRequest[] = [];
      await play("tunnel box --to mlflow", pick(undefined, requests));
      await play("tunnel box --to jupyter-2", pick(undefined, requests));
      assert.deepEqual(
        requests.map(({ target }) => "port" in target && target.port),
        [3, 2],
      );
    });

    it("names them and ends with 2 where nobody can be asked", async () => {
      const { code, err } = await play("tunnel box", pick(undefined, []));
      assert.equal(code, 2);
      assert.match(err, /choose one with --to: jupyter-1, mlflow-3, jupyter-2/);
    });
  });

  it("says that nothing was found, and that a server runs elsewhere", async () => {
    const found = (servers: ReturnType<typeof jupyterOn>[]) => () => ({
      service: { discover: async () => ({ machine, servers, others: [], limits: [] }) },
    });
    assert.match((await play("tunnel box", found([]))).err, /No ML server was found on box/);
    assert.match(
      (await play("tunnel box", found([jupyterOn(1, { node: "node7" })]))).err,
      /runs on node7.*\n.*HostName/,
    );
  });
});

describe("what tunnel commands ask", () => {
  /** Asks with the prompts of a command, and gives back the answer. */
  async function asking<T>(typed: readonly string[] | undefined, ask: (around: Around) => Promise<T>) {
    const answers: T[] = [];
    const result = await play("list box", (around) => ({
      ...(typed && { typed }),
      service: {
        started: async () => {
          answers.push(await ask(around()));
          return [];
        },
      },
    }));
    return { ...result, answer: answers[0] };
  }

  const never = new AbortController().signal;
  const unknown = { hop, identity: "10.0.0.1", keyType: "ssh-ed25519", fingerprint };
  const hostKey = ({ prompts }: Around) => prompts.hostKey(unknown, never);
  const password = ({ prompts }: Around) =>
    prompts.secret({ kind: "password", hop, hostKey: fingerprint, attempt: 2 }, never);
  const code = ({ prompts }: Around) =>
    prompts.interactive(
      {
        hop,
        title: "Duo\u001B[2J",
        instructions: "",
        fields: [
          { prompt: "Name: ", echo: true },
          { prompt: "Code: ", echo: false },
        ],
      },
      never,
    );

  it("shows host, key type and fingerprint of an unknown key", async () => {
    const { asked, answer } = await asking(["perhaps", "once"], hostKey);
    assert.equal(answer, "once");
    assert.match(asked, /box \(ada@10\.0\.0\.1:22\) is not known\.\nIt shows this ssh-ed25519 key: SHA256:a{43}\n/);
  });

  const given: [typed: string, answer: string | undefined][] = [
    ["yes", "remember"],
    ["no", "refuse"],
    [fingerprint, "remember"],
    [fingerprint.slice("SHA256:".length), "remember"],
  ];
  for (const [typed, answer] of given) {
    it(`takes “${typed}” for ${answer}`, async () => assert.equal((await asking([typed], hostKey)).answer, answer));
  }

  it("does not take another fingerprint for an answer", async () => {
    const { answer, asked } = await asking([`SHA256:${"b".repeat(43)}`, "no"], hostKey);
    assert.equal(answer, "refuse");
    assert.match(asked, /not the fingerprint/);
  });

  it("reads secrets hidden, and shows a server's prompts without what a terminal would obey", async () => {
    assert.match((await asking(["hunter2"], password)).asked, /not right\. Password for box .*: <hidden>/);
    const { asked, answer } = await asking(["ada", "123456"], code);
    assert.deepEqual(answer, ["ada", "123456"]);
    assert.ok(!asked.includes("\u001B") && asked.includes("Code: <hidden>"), asked);
  });

  it("says what is missing where nobody can be asked, and ends with 2", async () => {
    const missing: [(around: Around) => Promise<unknown>, RegExp][] = [
      [
        hostKey,
        /key of box is not known: ssh-ed25519 SHA256:a+\. .*--accept-key SHA256:a+ .*\n.*Compare the fingerprint/,
      ],
      [password, /box wants the password of ada/],
      [code, /box asks “Name:”/],
      [
        ({ prompts }) => prompts.secret({ kind: "passphrase", hop, file: "/k", attempt: 1 }, never),
        /\/k needs its passphrase/,
      ],
    ];
    for (const [ask, sentence] of missing) {
      const result = await asking(undefined, ask);
      assert.equal(result.code, 2);
      assert.match(result.err, sentence);
    }
  });

  it("prints warnings once, and everything with --verbose", async () => {
    const setting = (around: () => Around) => ({
      service: {
        started: async () => {
          for (const level of ["debug", "warn", "warn"] as const) around().log(level, `a ${level}`);
          return [];
        },
      },
    });
    assert.match((await play("list box", setting)).err, /^launch-guard: a warn\nlaunch-guard: Nothing was started/);
    assert.match(
      (await play("list box --verbose", setting)).err,
      /^launch-guard: debug: a debug\nlaunch-guard: warn: a warn\n.*warn/,
    );
  });
});

describe("launch-guard start, list, stop, token, hosts and audit", () => {
  const started: StartedServer = {
    ...{ name: "jupyter-1", kind: "jupyter", target: { kind: "unix", path: "/run/j.sock" }, basePath: "/" },
    ...{
      pid: 7,
      startedAt: 1,
      folder: "/home/ada",
      logFile: "/log",
      running: true,
      notes: [message("Ends at logout.")],
    },
  };

  it("starts a server, says how to end it, and opens a tunnel to it", async () => {
    const requests: unknown[] = [];
    const { code, out, err } = await play("start box jupyter --socket --dir ~/work", (around) => ({
      service: {
        start: async (request) => {
          requests.push(request);
          return started;
        },
        open: async (request) => {
          setImmediate(() => around().interrupt("SIGINT"));
          return statusOf(request, { state: "up" });
        },
      },
    }));
    assert.deepEqual(requests, [{ host: "box", kind: "jupyter", socket: true, folder: "~/work" }]);
    assert.equal(code, 0);
    assert.match(out, /jupyter-1 runs on box.*\/log\n.*launch-guard stop box jupyter-1\nhttp:\/\/127\.0\.0\.1:8888\//);
    assert.match(err, /Ends at logout/);
  });

  it("lists what was started, as a table and as JSON", async () => {
    const setting = () => ({ service: { started: async () => [started] } });
    assert.equal((await play("list box", setting)).out, "jupyter-1  /run/j.sock  runs  /home/ada  /log\n");
    assert.equal(JSON.parse((await play("list box --json", setting)).out).servers[0].name, "jupyter-1");
  });

  it("stops a server by its name", async () => {
    const stopped: unknown[] = [];
    const stopServer = async (request: unknown) => void stopped.push(request);
    const { out } = await play("stop box jupyter-1", () => ({ service: { stopServer } }));
    assert.deepEqual([stopped, out], [[{ host: "box", name: "jupyter-1" }], "jupyter-1 on box has ended.\n"]);
  });

  it("prints a token and nothing else, where it is asked for", async () => {
    const { out, err } = await play("token box jupyter-1", () => ({ service: { token: async () => "s3cret" } }));
    assert.deepEqual([out, err], ["s3cret\n", ""]);
    const none = await play("token box jupyter-1", () => ({ service: { token: async () => undefined } }));
    assert.deepEqual([none.code, none.out], [2, ""]);
  });

  it("lists hosts, and names the lines that cannot be used", async () => {
    const { out, err, code } = await play("hosts", () => ({
      service: {
        hosts: async () => ({
          hosts: [{ name: "box", file: "/c", line: 1, hostname: "b.corp", user: "ada" }],
          problems: [{ file: "/c", line: 3, said: message("That makes no sense.") }],
        }),
      },
    }));
    assert.deepEqual(
      [code, out, err],
      [0, "box  ada@b.corp  /c:1\n", "launch-guard: /c, line 3: That makes no sense.\n"],
    );
  });

  it("says what an audit has found, and ends with 1 for a warning", async () => {
    const finding = {
      rule: "public-bind",
      severity: "warning",
      message: message("Everyone can reach it."),
      why: [],
    } as const;
    const audit = {
      ...{ machine, limits: [message("Others' programs cannot be seen.")] },
      servers: [{ server: jupyterOn(8888, { reach: "network" }), findings: [finding] }],
      others: [{ target: { kind: "tcp", host: "0.0.0.0", port: 80 }, reach: "network", process: "evil\u001B[2J" }],
    } as const;
    const text = await play("audit box", () => ({ service: { audit: async () => audit } }));
    assert.equal(text.code, 1);
    assert.match(text.out, /jupyter-8888 .*open to the network.*\n {2}warning public-bind Everyone can reach it\.\n/);
    assert.ok(!text.out.includes("\u001B"));
    const json = JSON.parse((await play("audit box --json", () => ({ service: { audit: async () => audit } }))).out);
    assert.deepEqual([json.version, json.servers[0].findings[0].message], [1, "Everyone can reach it."]);
  });

  const refused: [line: string, sentence: RegExp][] = [
    ["tunnel", /HOST is missing: launch-guard tunnel HOST/],
    ["tunnel box extra", /“extra” is one too many/],
    ["tunnel box --to 70000", /--to 70000: a port is a number from 1 to 65535/],
    ["tunnel box --local 0", /--local 0: a port/],
    ["tunnel box --to run/a.sock", /begins with \//],
    ["tunnel box --to nonsense", /--to is a port/],
    ["tunnel box --engine putty", /--engine is ssh2 or openssh/],
    ["tunnel box --accept-key MD5:1", /SHA256:… as ssh-keygen -l prints it/],
    ["tunnel box --dir x", /launch-guard tunnel has no option --dir/],
    ["start box emacs", /“emacs” cannot be started/],
    ["start box mlflow --socket", /--socket goes with jupyter/],
    ["stop box", /NAME is missing/],
  ];
  for (const [line, sentence] of refused) {
    it(`refuses: ${line}`, async () => {
      const { code, err, out } = await play(line);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, sentence);
      assert.match(err, /--help says how to use it\n$/);
    });
  }
});
