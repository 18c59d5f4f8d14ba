import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { build } from "esbuild";
import { environmentOf } from "../../../src/tunnel/environment.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { Prompts } from "../../../src/tunnel/prompts.ts";
import type { OpenRequest, TunnelService } from "../../../src/tunnel/service.ts";
import type { TunnelStatus } from "../../../src/tunnel/status.ts";
import { startService } from "../../../src/tunnel/worker/client.ts";
import { type Scratch, scratch } from "../scratch.ts";

const never = new AbortController().signal;
const request: OpenRequest = { id: "notebook", host: "gpubox", target: { kind: "tcp", host: "127.0.0.1", port: 8888 } };

describe("the worker", () => {
  let folder: Scratch;
  let service: TunnelService;
  let shown: TunnelStatus[];
  let log: string[];
  let notices: string[];
  let prompts: Prompts;

  before(async () => {
    folder = scratch();
    await build({
      entryPoints: { "tunnel-worker": "test/tunnel/worker/fake-worker.ts", program: "test/tunnel/worker/program.ts" },
      outdir: folder.path,
      ...{ bundle: true, platform: "node", format: "cjs", logLevel: "error" },
    });
  });

  after(() => folder.remove());

  beforeEach(() => {
    [shown, log, notices] = [[], [], []];
    prompts = {
      hostKey: async () => "refuse",
      secret: async () => "correct horse",
      interactive: async () => [],
      notice: ({ template }) => notices.push(template),
    };
    service = startService(
      environmentOf(process, folder.path),
      prompts,
      (level, line) => log.push(`${level} ${line}`),
      (status) => shown.push(status),
      { keepaliveSeconds: 7 },
    );
  });

  afterEach(() => service.close({}, never));

  function discover(host: string, signal = never) {
    return service.discover({ host }, signal);
  }

  it("answers, and has the options", async () => {
    assert.equal((await discover("gpubox")).machine.id, '{"keepaliveSeconds":7}');
  });

  it("passes errors on with what they say and advise", async () => {
    const error = await discover("refused").catch((thrown: unknown) => thrown);
    assert.ok(error instanceof TunnelError);
    assert.equal(error.code, "auth-refused");
    assert.equal(error.message, "gpubox refused.");
    assert.equal(error.advice.values["methods"], "publickey");
    assert.doesNotMatch(JSON.stringify(error), /secret/);
  });

  it("survives a bug in one call", async () => {
    await assert.rejects(discover("bug"), { code: "worker-crashed", message: /undefined is not a function/ });
    assert.ok(await discover("gpubox"));
  });

  it("asks its questions here and gets the answers", async () => {
    assert.equal((await discover("ask")).machine.hostname, "correct horse");
    assert.doesNotMatch(log.join("\n"), /correct horse/);
  });

  it("gets a refusal to answer as it was given", async () => {
    prompts.secret = async () => {
      throw new TunnelError("answer-needed", { template: "Nobody is here.", values: {} });
    };
    await assert.rejects(discover("ask"), { code: "answer-needed", message: "Nobody is here." });
  });

  it("ends a question that has become pointless", async () => {
    prompts.interactive = (_, signal) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
    assert.ok(await discover("askAndLeave"));
  });

  it("gives a call up when it is cancelled, and no other", async () => {
    const impatient = new AbortController();
    const one = assert.rejects(discover("hang", impatient.signal), { code: "cancelled" });
    const other = discover("gpubox");
    impatient.abort();
    await one;
    assert.ok(await other);
    await assert.rejects(discover("gpubox", impatient.signal), { code: "cancelled" });
  });

  it("tells log lines, notices and tunnels", async () => {
    await discover("tell");
    const status = await service.open(request, never);
    assert.deepEqual([log, notices, shown], [["info a line"], ["A banner."], [status]]);
    assert.deepEqual(await service.tunnels({}, never), [status]);
  });

  for (const way of ["crash", "exit"]) {
    it(`shows every tunnel as failed after a ${way}, and opens it again by reconnect`, async () => {
      await service.open(request, never);
      const waiting = assert.rejects(discover("hang"), { code: "worker-crashed" });
      await discover(way).catch(() => undefined);
      await waiting;
      const { state } = shown.at(-1) ?? {};
      assert.ok(state?.state === "failed" && state.because.code === "worker-crashed");
      assert.deepEqual(await service.tunnels({}, never), [shown.at(-1)]);

      const again = await service.reconnect({ id: "notebook" }, never);
      assert.equal(again.state.state, "up");
      assert.deepEqual(await service.tunnels({}, never), [again]);
    });
  }

  it("lets a tunnel be stopped that went with a crash", async () => {
    await service.open(request, never);
    await assert.rejects(discover("exit"), { code: "worker-crashed" });
    await service.stop({ id: "notebook" }, never);
    assert.equal(shown.at(-1)?.state.state, "stopped");
    assert.deepEqual(await service.tunnels({}, never), []);
  });

  it("is started again once, and not for ever", async () => {
    await assert.rejects(discover("exit"), { code: "worker-crashed" });
    await assert.rejects(discover("exit"), { code: "worker-crashed" });
    await assert.rejects(discover("gpubox"), { code: "worker-crashed" });
    assert.equal(log.filter((line) => line.startsWith("error The worker ended")).length, 2);
  });

  it("ends an open question when it crashes", async () => {
    const asked = new Promise((resolve) => {
      prompts.secret = (_, signal) =>
        new Promise((answer) => {
          signal.addEventListener("abort", () => {
            resolve("ended");
            answer(undefined);
          });
          service.discover({ host: "exit" }, never).catch(() => undefined);
        });
    });
    await assert.rejects(discover("ask"), { code: "worker-crashed" });
    assert.equal(await asked, "ended");
  });

  it("is ended by close, also while it hangs; later calls are refused", async () => {
    const hanging = assert.rejects(discover("spin"), { code: "cancelled" });
    await service.close({}, AbortSignal.timeout(50));
    await hanging;
    await assert.rejects(discover("gpubox"), { code: "cancelled" });
    assert.deepEqual(log, []);
  });

  it("does not keep a command from ending", async () => {
    const child = spawn(process.execPath, [folder.file("program.js")], { stdio: ["ignore", "pipe", "inherit"] });
    const [code] = await once(child, "exit");
    assert.equal(code, 0);
  });

  it("keeps a command going while a tunnel is open", async () => {
    const child = spawn(process.execPath, [folder.file("program.js"), "open"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    const ended = once(child, "exit");
    assert.equal(await Promise.race([ended, moments()]), "still there");
    child.kill();
    await ended;
  });
});

/** Long enough for a process with nothing to do to end: it takes about one millisecond. */
function moments(): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, 100, "still there"));
}
