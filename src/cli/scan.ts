import type { Finding } from "../core/finding.ts";
import { isAtLeast } from "../core/severity.ts";
import { fixProject } from "./fix.ts";
import { type Given, readGiven, readStandardInput, type Where } from "./given.ts";
import { type Action, type ScanOptions, stdin } from "./options.ts";
import { pathsFrom } from "./paths.ts";
import { openProject, type Project } from "./project.ts";
import { report } from "./report.ts";
import { findRoot } from "./root.ts";
import { diffSummary } from "./summary.ts";
import { surroundings } from "./surroundings.ts";
import { complain, type Engine, type World } from "./world.ts";
import { type Change, writeChanges } from "./write.ts";

/** 0: nothing that matters; 1: findings at or above `--fail-on`; 2: something could not be done. */
export type ExitCode = 0 | 1 | 2;

/** One run of `launch-guard scan`. */
export type Scan = {
  readonly options: ScanOptions;
  readonly world: World;
  readonly where: Where;
  readonly given: Given;
  readonly project: Project;
};

/** Looks at the given files, reports or fixes what is wrong with them, and answers with the exit code. */
export async function scan(options: ScanOptions, world: World): Promise<ExitCode> {
  const root = await findRoot(world.cwd, world.disk);
  const where: Where = { cwd: world.cwd, disk: world.disk, root, paths: pathsFrom(root.folder, world.cwd) };
  const { engine } = world;
  const given = await givenBy(options, engine, where, world);
  for (const sentence of given.skipped) complain(world, sentence);

  const project = openProject(given.texts, surroundings(options.paths, engine, where), engine, root.config);
  const findings = await actions[options.action]({ options, world, where, given, project });
  if (given.failed) return 2;
  return findings.some(({ severity }) => isAtLeast(severity, options.failOn)) ? 1 : 0;
}

async function givenBy(options: ScanOptions, engine: Engine, where: Where, world: World): Promise<Given> {
  if (!options.paths.includes(stdin)) return readGiven(options.paths, engine, where);
  return readStandardInput(await world.readStdin(), options.stdinFilename, engine, where);
}

/** What is done about the findings. Each answers with those that the files have afterwards. */
const actions: Record<Action, (scan: Scan) => readonly Finding[] | Promise<readonly Finding[]>> = {
  report(scan) {
    const findings = scan.project.findings();
    report(findings, scan);
    return findings;
  },

  fix(scan) {
    const before = scan.project.findings();
    const changes = fixProject(scan.project);
    writeChanges(changes, scan.where);
    const findings = scan.project.findings();
    report(findings, scan, fixedBy(changes, before, findings));
    return findings;
  },

  async diff({ project, where, world }) {
    // Loaded only now: nobody else needs what makes differences.
    const { unifiedDiff } = await import("./diff.ts");
    const before = project.findings();
    const changes = fixProject(project);
    world.stdout.write(unifiedDiff(changes, where.paths));
    complain(world, diffSummary(before.length, fixedBy(changes, before, project.findings())));
    return before;
  },
};

function fixedBy(changes: readonly Change[], before: readonly Finding[], after: readonly Finding[]) {
  return { problems: Math.max(0, before.length - after.length), files: changes.length };
}
