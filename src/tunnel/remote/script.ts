import { randomBytes } from "node:crypto";
import { message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Link, RunResult } from "../link.ts";

/**
 * Runs a POSIX script on the host and answers with the lines it prints. What executes is exactly `sh -s`, with the
 * script on standard input: as an argument it would first go through the account's login shell, and tcsh and fish
 * read it differently. The script's own standard input is empty. Whatever a profile or a banner prints before is left
 * out. Rejects with `cannot-look` where the script did not run to its end, or not within `limitMs`, which is never
 * "nothing found".
 */
export async function runScript(
  link: Link,
  script: string,
  signal: AbortSignal,
  limitMs = 60_000,
): Promise<readonly string[]> {
  if (signal.aborted) throw cancelled();
  const marks = freshMarks();
  const result = await run(link, between(marks, script), signal, limitMs);
  return printed(result.stdout, marks) ?? refuse(link, result, marks);
}

/** Lines around what the script prints; random, so that nothing on the host can print them by chance. */
type Marks = { readonly begin: string; readonly end: string };

function freshMarks(): Marks {
  const random = randomBytes(12).toString("hex");
  return { begin: `launch-guard-begin-${random}`, end: `launch-guard-end-${random}` };
}

/**
 * In parentheses, so that the shell reads all of it before it runs any, a command cannot read the rest of it as its
 * input, and `exit` leaves the end mark. No line of it is a mark by itself: a host that only echoes runs nothing.
 */
function between({ begin, end }: Marks, script: string): string {
  return `(\nprintf '\\n%s\\n' ${begin}\n${script}\n) </dev/null\nprintf '\\n%s\\n' ${end}\n`;
}

/** A host that takes the command and then says nothing, not even that it ended, is not waited for without end. */
async function run(link: Link, input: string, signal: AbortSignal, limitMs: number): Promise<RunResult> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    return await link.run("sh -s", input, AbortSignal.any([signal, limit]));
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (!limit.aborted) throw error;
    throw new TunnelError("cannot-look", message("{host} took a script and did not answer.", { host: link.host.name }));
  }
}

function printed(stdout: string, { begin, end }: Marks): readonly string[] | undefined {
  const lines = stdout.split(/\r?\n/);
  const from = lines.indexOf(begin);
  const to = lines.indexOf(end, from + 1);
  if (from < 0 || to < 0) return undefined;
  const between = lines.slice(from + 1, to);
  // The end mark's own line break, for output that does not end in one.
  return between.at(-1) === "" ? between.slice(0, -1) : between;
}

function refuse(link: Link, { stdout, stderr, code }: RunResult, { begin }: Marks): never {
  const host = link.host.name;
  if (stdout.split(/\r?\n/).includes(begin)) {
    throw new TunnelError("cannot-look", message("A script on {host} ended before it was done.", { host }));
  }
  const words = said(stderr) || (stdout.includes(begin) ? "" : said(stdout));
  if (words === "") {
    const template = "{host} does not run commands for this account (exit code {code}).";
    throw new TunnelError("cannot-look", message(template, { host, code: code ?? "-" }));
  }
  const template = "{host} does not run commands for this account. It says: {words}";
  throw new TunnelError("cannot-look", message(template, { host, words }));
}

function said(text: string): string {
  return harmless(text.trim(), { oneLine: true, most: 300 });
}
