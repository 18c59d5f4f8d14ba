import type { Finding } from "../core/finding.ts";
import { safeFix } from "../core/fixes.ts";
import { jsonReport } from "./json-report.ts";
import { paintFor } from "./paint.ts";
import type { Scan } from "./scan.ts";
import { type Fixed, summary } from "./summary.ts";
import { textReport } from "./text-report.ts";
import { viewOf } from "./view.ts";
import type { Output } from "./world.ts";

/** Prints the findings in the format that was asked for. `fixed` is what `--fix` has done. */
export function report(findings: readonly Finding[], scan: Scan, fixed?: Fixed): void {
  const { options, world, where, given, project } = scan;
  const view = viewOf(project, where.paths);
  if (options.format === "json") {
    world.stdout.write(jsonReport(findings, view));
    return;
  }

  const fixOf = (finding: Finding) => safeFix(finding, project.isGiven);
  const columns = columnsOf(world.stdout);
  world.stdout.write(textReport(findings, view, { paint: paintFor(world), columns, safeFix: fixOf }));
  const fixable = findings.filter(fixOf).length;
  world.stdout.write(`${summary({ findings, files: given.texts.size, fixable, ...(fixed && { fixed }) })}\n`);
}

/** A log has no width of its own; a terminal's is kept to what is readable. */
function columnsOf({ isTTY, columns }: Output): number {
  return isTTY && columns ? Math.min(Math.max(columns, 40), 240) : 120;
}
