import { newConnections } from "./client.ts";
import type { Far } from "./far.ts";
import type { Row } from "./report.ts";
import { ourWay } from "./ways.ts";

/** What stays after 500 more connections, with everything on one thread so that one heap holds it all. */
export async function memoryGrowth(far: Far, node: string): Promise<Row[]> {
  const way = await ourWay(far, node, far.config(far.sshd.port), "ssh2", true);
  try {
    await newConnections(way.port, 500);
    const first = (await way.ask?.("memory")) ?? Number.NaN;
    await newConnections(way.port, 500);
    const second = (await way.ask?.("memory")) ?? Number.NaN;
    const growth = (second - first) / 2 ** 20;
    return [
      {
        what: "heap and external after a second 500 connections",
        figures: [`${growth.toFixed(2)} MiB more`],
        bars: [{ text: "≤ 2 MiB", met: growth <= 2 }],
      },
    ];
  } finally {
    await way.close();
  }
}
