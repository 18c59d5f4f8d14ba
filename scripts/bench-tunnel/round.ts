import { download, keepAlive, newConnections, upload } from "./client.ts";
import type { Way } from "./ways.ts";

/** What one round measured, by name; see `report.ts` for units. */
export type Sample = Readonly<Record<string, number>>;

/** One way, once: everything a user of a tunnel can feel. `share` of the usual amounts, for the first time. */
export async function measureRound(way: Way, rtt: number, share?: number): Promise<Sample> {
  const amount = amounts(rtt, share !== undefined);
  const idle = await delayDuring(way, () => new Promise((resolve) => setTimeout(resolve, 700)));
  const before = way.processorSeconds();
  let down = 0;
  const saturated = await delayDuring(way, async () => {
    down = await download(way.port, amount.down);
  });
  const between = way.processorSeconds();
  const up = await upload(way.port, amount.up);
  const after = way.processorSeconds();
  const alive = await keepAlive(way.port, amount.asks);
  const fresh = await newConnections(way.port, amount.connections);
  const bulk = download(way.port, amount.down);
  const busy = await keepAlive(way.port, 100_000, bulk);
  await bulk;
  return {
    down,
    up,
    "down cpu": ((between - before) * 1024) / amount.down,
    "up cpu": ((after - between) * 1024) / amount.up,
    "keep-alive p50": alive.p50,
    "keep-alive p95": alive.p95,
    "new connection p50": fresh.p50,
    "new connection p95": fresh.p95,
    "keep-alive during bulk p50": busy.p50,
    "keep-alive during bulk p95": busy.p95,
    "main thread delay p99": saturated - idle,
    memory: way.memory(),
  };
}

/** MiB and counts. On a long line 256 MiB, as the bar says, with the ramp in it. */
function amounts(rtt: number, first: boolean) {
  if (first) return { down: 64, up: 32, asks: 50, connections: 10 };
  if (rtt > 0) return { down: 256, up: 64, asks: 40, connections: 20 };
  return { down: 384, up: 192, asks: 300, connections: 60 };
}

async function delayDuring({ ask }: Way, work: () => Promise<unknown>): Promise<number> {
  await ask?.("delay-start");
  await work();
  return (await ask?.("delay-stop")) ?? Number.NaN;
}
