import assert from "node:assert/strict";
import { render } from "../../../src/core/message.ts";
import { type Audit, type AuditedServer, audit } from "../../../src/tunnel/audit/audit.ts";
import { commandsOf } from "../../../src/tunnel/audit/commands.ts";
import { findingsIn } from "../../core/check.ts";
import { type Fake, fakes, jupyter, type Served, serve } from "../discovery/fakes.ts";
import { type FarHost, farHost } from "../discovery/far-host.ts";
import { type Program, type ProgramOptions, startProgram } from "../discovery/program.ts";
import { scratch } from "../scratch.ts";

const never = new AbortController().signal;
const openMlflow = fakes.find(({ what }) => what === "MLflow")?.fake ?? {};
const everywhere: ProgramOptions = { host: "0.0.0.0" };

describe("an audit of a host", function () {
  this.timeout(20_000);
  let host: FarHost;
  const open: { close(): Promise<void> }[] = [];

  beforeEach(() => {
    host = farHost(scratch());
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
    host.scratch.remove();
  });

  async function running(fake: Fake, command: string, options: ProgramOptions = {}): Promise<Program> {
    const program = await startProgram(host.scratch, fake, ["python3", ...command.split(" ")], options);
    open.push(program);
    host.ports.add(program.port);
    return program;
  }

  async function serving(...[fake, where]: Parameters<typeof serve>): Promise<Served> {
    const served = await serve(fake, where);
    open.push(served);
    host.ports.add(served.port);
    return served;
  }

  async function said(port: number): Promise<string[]> {
    return sentences(at(await audit(host.link, never), port));
  }

  it("has nothing to say of a server on loopback that asks for a login", async () => {
    const { port } = await running(jupyter(), "jupyter-lab --no-browser");
    const audited = at(await audit(host.link, never), port);
    assert.equal(audited?.server.kind, "jupyter");
    assert.deepEqual(audited.findings, []);
  });

  for (const { command, fake } of [
    { command: "jupyter-lab --ip=0.0.0.0", fake: jupyter() },
    { command: "jupyter-lab --ip=0.0.0.0 --IdentityProvider.token=", fake: jupyter({ login: false }) },
    { command: "jupyter-lab --ip=0.0.0.0 --ServerApp.allow_origin=*", fake: jupyter() },
    { command: "mlflow server --host 0.0.0.0", fake: openMlflow },
  ]) {
    it(`says of \`${command}\` what the linter says of it`, async () => {
      const { port } = await running(fake, command, everywhere);
      const linted = findingsIn("launch.sh", `${command}\n`);
      assert.ok(linted.length > 0);
      assert.deepEqual((await said(port)).toSorted(), linted.map(sentence).toSorted());
    });
  }

  it("goes by the address that is seen, not by the one that was given", async () => {
    const exposed = await running(jupyter(), "jupyter-lab --no-browser", everywhere);
    const kept = await running(openMlflow, "mlflow server --host 0.0.0.0");
    const result = await audit(host.link, never);
    assert.deepEqual(
      at(result, exposed.port)?.findings.map(({ rule, severity }) => [rule, severity]),
      [["public-bind", "warning"]],
    );
    assert.deepEqual(at(result, kept.port)?.findings, []);
  });

  it("goes by the login that is seen, wherever it was switched off", async () => {
    const { port } = await running(jupyter({ login: false }), "jupyter-lab --no-browser");
    assert.deepEqual(await said(port), [
      "no-auth info: Jupyter asks nobody to log in: every user and program of this machine can run any code as you.",
    ]);
  });

  it("judges what has no command line that says what it is", async () => {
    const { port } = await serving(jupyter({ login: false }), { host: "0.0.0.0", port: 0 });
    assert.deepEqual(
      (await said(port)).map((each) => each.split(":")[0]),
      ["public-bind error", "no-auth error"],
    );
  });

  it("judges servers that the linter has no table for by who can reach them", async () => {
    const ollama = fakes.find(({ kind }) => kind === "ollama")?.fake ?? {};
    const { port } = await serving(ollama, { host: "0.0.0.0", port: 0 });
    assert.deepEqual(await said(port), [
      "public-bind warning: Ollama listens on every interface: it has no login, so anyone who can reach this machine can use, replace and delete its models.",
    ]);
  });

  for (const [what, says] of [
    [
      "marimo that only publishes an app",
      "public-bind warning: marimo listens on every interface: it has no login, so anyone who can reach this machine can use the app, with your data behind it.",
    ],
    [
      "Streamlit",
      "public-bind warning: Streamlit listens on every interface: it has no login, so anyone who can reach this machine can open the app, which may have a login of its own.",
    ],
  ]) {
    it(`says what others can do with ${what}`, async () => {
      const { port } = await serving(fakes.find((each) => each.what === what)?.fake ?? {}, {
        host: "0.0.0.0",
        port: 0,
      });
      assert.deepEqual(await said(port), [says]);
    });
  }

  it("looks at all servers where each has a long command line", async () => {
    const { pid } = await running(openMlflow, `mlflow server ${"0".repeat(16 * 1024)}`);
    // An eighth of the most that are asked what they are, with two parents each.
    await commandsOf(host.link, new Array((3 * 64) / 8).fill(pid), never);
    assert.ok(host.printed.join("").length < (4 * 1024 * 1024) / 8, "a link cuts off what is longer");
  });

  it("does not repeat a secret of a command line", async () => {
    const secret = "s3cret-abc123";
    const { port } = await running(jupyter(), `jupyter-lab --IdentityProvider.token=${secret}`);
    const result = await audit(host.link, never);
    assert.deepEqual(
      at(result, port)?.findings.map(({ rule }) => rule),
      ["hardcoded-secret"],
    );
    assert.ok(!JSON.stringify(result).includes(secret));
  });

  it("reads the settings of what started a worker", async () => {
    const { port } = await running(openMlflow, "mlflow server --host 0.0.0.0 --allowed-hosts *", {
      ...everywhere,
      worker: true,
    });
    assert.deepEqual(
      (await said(port)).toSorted(),
      findingsIn("launch.sh", "mlflow server --host 0.0.0.0 --allowed-hosts '*'\n").map(sentence).toSorted(),
    );
  });

  it("names what else the network can reach, and nothing that it cannot", async () => {
    const open = await serving({}, { host: "0.0.0.0", port: 0 });
    const kept = await serving({});
    const { others } = await audit(host.link, never);
    assert.deepEqual(others.find(({ target }) => target.kind === "tcp" && target.port === open.port)?.target, {
      kind: "tcp",
      host: "0.0.0.0",
      port: open.port,
    });
    assert.ok(!others.some(({ target }) => target.kind === "tcp" && target.port === kept.port));
  });
});

function at({ servers }: Audit, port: number): AuditedServer | undefined {
  return servers.find(({ server: { target } }) => target.kind === "tcp" && target.port === port);
}

function sentences(audited: AuditedServer | undefined): string[] {
  assert.ok(audited, "it was found");
  return audited.findings.map(sentence);
}

function sentence({
  rule,
  severity,
  message,
}: Pick<ReturnType<typeof findingsIn>[number], "rule" | "severity" | "message">) {
  return `${rule} ${severity}: ${render(message)}`;
}
