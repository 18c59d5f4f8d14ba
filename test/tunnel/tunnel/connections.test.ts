import assert from "node:assert/strict";
import { type Connections, openConnections } from "../../../src/tunnel/connection/connections.ts";
import type { TunnelError } from "../../../src/tunnel/error.ts";
import type { Link } from "../../../src/tunnel/link.ts";
import { type FakeClock, fakeClock, turn } from "./fake-clock.ts";
import { type FakeLink, failure, fakeHost, fakeLink } from "./fake-link.ts";

const never = new AbortController().signal;

describe("connections", () => {
  let clock: FakeClock;
  let connections: Connections;
  let links: FakeLink[];
  /** Ends each attempt that is under way. */
  let attempts: { succeed(): void; fail(error: TunnelError): void; readonly signal: AbortSignal }[];

  beforeEach(() => {
    clock = fakeClock();
    links = [];
    attempts = [];
    connections = openConnections({
      resolve: async (name) => fakeHost(name),
      connector: () => (host, _engine, signal) =>
        new Promise<Link>((resolve, reject) => {
          const link = fakeLink(host);
          const succeed = () => {
            links.push(link);
            resolve(link);
          };
          attempts.push({ signal, succeed, fail: reject });
          signal.addEventListener("abort", () => reject(failure("cancelled")));
        }),
      clock,
    });
  });

  afterEach(async () => {
    await connections.close();
    await turn();
    assert.equal(clock.waiting, 0, "nobody waits any more");
    assert.ok(links.every(({ closed }) => closed));
  });

  async function hold(host = "gpubox") {
    return connections.hold({ host }, never);
  }

  it("log in once for everyone who asks at the same time, and later", async () => {
    const held = await Promise.all([hold(), hold(), hold()]);
    const wanted = held.map(({ connection }) => connection.link(never));
    await turn();
    attempts[0]?.succeed();
    const [one, two, three] = await Promise.all(wanted);
    assert.ok(one === two && two === three);
    assert.equal(await (await hold()).connection.link(never), one);
    assert.equal(attempts.length, 1);
  });

  it("are another one for another host, user or engine", async () => {
    const one = await hold("gpubox");
    const other = await hold("login");
    const openssh = await connections.hold({ host: "gpubox", engine: "openssh" }, never);
    assert.equal(new Set([one, other, openssh].map(({ connection }) => connection)).size, 3);
  });

  it("go on for the others when one gives up", async () => {
    const impatient = new AbortController();
    const one = (await hold()).connection.link(impatient.signal);
    const other = (await hold()).connection.link(never);
    await turn();
    impatient.abort();
    await assert.rejects(one, { code: "cancelled" });
    assert.equal(attempts[0]?.signal.aborted, false);
    attempts[0]?.succeed();
    assert.ok(await other);
  });

  it("give an attempt up when the last one who asked does", async () => {
    const impatient = new AbortController();
    const { connection } = await hold();
    const asked = [connection.link(impatient.signal), connection.link(impatient.signal)];
    await turn();
    impatient.abort();
    for (const each of asked) await assert.rejects(each, { code: "cancelled" });
    assert.equal(attempts[0]?.signal.aborted, true);
    const again = connection.link(never);
    await turn();
    attempts[1]?.succeed();
    assert.ok(await again);
  });

  it("do not end a link whose attempt everyone has left with success", async () => {
    const { connection } = await hold();
    const wanted = connection.link(never);
    await turn();
    attempts[0]?.succeed();
    await wanted;
    assert.equal(attempts[0]?.signal.aborted, false);
  });

  it("close a link some time after the last release, and not before", async () => {
    const [one, other] = await Promise.all([hold(), hold()]);
    const wanted = one.connection.link(never);
    await turn();
    attempts[0]?.succeed();
    await wanted;
    one.release();
    one.release();
    await clock.advance(60_000);
    assert.equal(links[0]?.closed, false, "one still needs it");
    other.release();
    await clock.advance(29_000);
    assert.equal(links[0]?.closed, false, "whoever picks a server may take their time");
    await clock.advance(2_000);
    assert.equal(links[0]?.closed, true);
  });

  it("stay the whole time after the last of several releases", async () => {
    const one = await hold();
    const wanted = one.connection.link(never);
    await turn();
    attempts[0]?.succeed();
    await wanted;
    one.release();
    await clock.advance(20_000);
    (await hold()).release();
    await clock.advance(20_000);
    assert.equal(links[0]?.closed, false);
    assert.equal(
      clock.waiting,
      2,
      "nothing of the first release waits any more: the watch for sleep, and the last one",
    );
    await clock.advance(11_000);
    assert.equal(links[0]?.closed, true);
  });

  it("forget a key that was trusted once when nobody needs the host any more", async () => {
    const first = await hold();
    first.release();
    await clock.advance(31_000);
    assert.notEqual((await hold()).connection, first.connection);
  });

  it("try again without end, in one attempt for all, with pauses that grow to 30 s at most", async () => {
    const held = await Promise.all([hold(), hold()]);
    const pauses: number[] = [];
    const wanted = held.map(({ connection }) =>
      connection.linkAgain(never, ({ nextAt }) => pauses.push(nextAt - clock.now())),
    );
    for (let attempt = 0; attempt < 8; attempt++) {
      await clock.advance(15_000);
      attempts[attempt]?.fail(failure("unreachable"));
      await turn();
    }
    assert.equal(attempts.length, 8);
    const half = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000];
    assert.deepEqual(
      pauses,
      half.flatMap((ms) => [ms, ms]),
    );
    await clock.advance(15_000);
    attempts[8]?.succeed();
    const [one, other] = await Promise.all(wanted);
    assert.equal(one, other);
  });

  it("stop trying where only a person can go on", async () => {
    for (const code of ["host-key-changed", "auth-refused", "answer-needed", "passphrase-wrong"] as const) {
      const { connection } = await hold(code);
      const wanted = connection.linkAgain(never, () => undefined);
      const refused = assert.rejects(wanted, { code });
      await clock.advance(1_000);
      attempts.at(-1)?.fail(failure(code));
      await refused;
    }
  });

  it("use a link that someone else has made meanwhile", async () => {
    const { connection } = await hold();
    const again = connection.linkAgain(never, () => undefined);
    await turn();
    const now = connection.link(never);
    await turn();
    attempts[0]?.succeed();
    assert.equal(await again, await now);
    assert.equal(attempts.length, 1);
  });

  it("find out after a sleep whether a link has survived it", async () => {
    const { connection } = await hold();
    const wanted = connection.link(never);
    await turn();
    attempts[0]?.succeed();
    await wanted;
    clock.sleep(3_600_000);
    await clock.advance(2_000);
    assert.equal(links[0]?.closed, false, "it answered");
    if (links[0]) links[0].cut = true;
    clock.sleep(3_600_000);
    await clock.advance(2_000);
    assert.equal(links[0]?.closed, true, "it did not answer");
  });

  it("do not wait out a pause after a sleep", async () => {
    const { connection } = await hold();
    const again = connection.linkAgain(never, () => undefined);
    for (let attempt = 0; attempt < 6; attempt++) {
      await clock.advance(15_000);
      attempts[attempt]?.fail(failure("unreachable"));
      await turn();
    }
    clock.sleep(60_000);
    await clock.advance(2_000);
    assert.equal(attempts.length, 7);
    attempts[6]?.succeed();
    assert.ok(await again);
  });

  it("close a link that comes when all is over", async () => {
    const { connection } = await hold();
    const wanted = assert.rejects(connection.link(never), { code: "cancelled" });
    await turn();
    await connections.close();
    await wanted;
    await assert.rejects(connection.link(never), { code: "cancelled" });
  });
});
