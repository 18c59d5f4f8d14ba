import type { Sample } from "./round.ts";
import type { Way } from "./ways.ts";

/** Medians by the name of the way. */
export type Rows = ReadonlyMap<string, Sample>;

export type Bar = { readonly text: string; readonly met: boolean };
export type Row = { readonly what: string; readonly figures: readonly string[]; readonly bars: readonly Bar[] };

const columns: readonly Way["name"][] = ["direct", "ssh -L", "ours, ssh2", "ours, system ssh"];

const units: Readonly<Record<string, string>> = {
  down: "MiB/s",
  up: "MiB/s",
  "down cpu": "s/GiB",
  "up cpu": "s/GiB",
  memory: "MiB",
};

/** Every figure of one table, with the bars that are set for it: ratios to `ssh -L` in the same run. */
export function verdicts(rows: Rows, version: string, rtt: number): Row[] {
  const names = Object.keys(rows.get("ours, ssh2") ?? {});
  const bars = barsFor(rows, version, rtt);
  return names.map((name) => ({
    what: `${name}, ${units[name] ?? "ms"}`,
    figures: columns.map((column) => figure(rows.get(column)?.[name])),
    bars: bars[name] ?? [],
  }));
}

function barsFor(rows: Rows, version: string, rtt: number): Readonly<Record<string, readonly Bar[]>> {
  const ours = rows.get("ours, ssh2") ?? {};
  const theirs = rows.get("ssh -L") ?? {};
  const ratio = (name: string) => (ours[name] ?? Number.NaN) / (theirs[name] ?? Number.NaN);
  const atLeast = (name: string, bar: number, aim: number): readonly Bar[] => [
    { text: `${ratio(name).toFixed(2)} × ssh -L, bar ${bar}, aim ${aim}`, met: ratio(name) >= bar },
  ];
  if (rtt === 50) return { down: atLeast("down", 1.8, 2.5) };
  if (rtt !== 0) return {};
  const slower = (ours["keep-alive p50"] ?? Number.NaN) - (theirs["keep-alive p50"] ?? Number.NaN);
  const busy = ours["keep-alive during bulk p50"] ?? Number.NaN;
  const delay = ours["main thread delay p99"] ?? Number.NaN;
  return {
    down: version === "20" ? atLeast("down", 0.8, 0.95) : atLeast("down", 0.65, 0.75),
    up: atLeast("up", 0.6, 0.8),
    "keep-alive p50": [{ text: `${slower.toFixed(2)} ms over ssh -L, bar 0.3`, met: slower <= 0.3 }],
    "new connection p50": [
      { text: `${ratio("new connection p50").toFixed(2)} × ssh -L, bar 2.5`, met: ratio("new connection p50") <= 2.5 },
    ],
    "keep-alive during bulk p50": [{ text: "bar 8 ms", met: busy <= 8 }],
    "main thread delay p99": [{ text: "above idle, bar 10 ms", met: delay <= 10 }],
  };
}

/** Prints a table; answers with how many bars were missed. */
export function print(title: string, rows: readonly Row[]): number {
  console.log(`\n${title}\n${"".padEnd(34)}${columns.map((name) => name.padStart(17)).join("")}`);
  for (const { what, figures, bars } of rows) {
    const verdict = bars.map(({ text, met }) => `  ${text}: ${met ? "met" : "MISSED"}`).join("");
    console.log(`${what.padEnd(34)}${figures.map((each) => each.padStart(17)).join("")}${verdict}`);
  }
  return rows.flatMap(({ bars }) => bars).filter(({ met }) => !met).length;
}

function figure(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "–" : value.toFixed(2);
}
