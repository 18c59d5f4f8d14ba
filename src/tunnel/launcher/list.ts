import { message } from "../../core/message.ts";
import type { Link } from "../link.ts";
import { runScript } from "../remote/script.ts";
import { logoutFunction, logoutNotes } from "./logout.ts";
import { processes, stateFolder } from "./processes.ts";
import { readRecord, type ServerRecord, startedServer } from "./record.ts";
import type { StartedServer } from "./started.ts";

/** What was started on the host, by any machine of the user, in the order of the names; also what has ended since. */
export async function listStarted(link: Link, signal: AbortSignal): Promise<readonly StartedServer[]> {
  const { listed, lines } = await listedRecords(link, signal);
  const notes = logoutNotes(lines);
  return listed.map(({ record, running, here }) =>
    startedServer(record, { running, here, notes: here ? notes : [unknownThere(record)] }),
  );
}

export type Listed = { readonly record: ServerRecord; readonly running: boolean; readonly here: boolean };

/** The records on the host, and whether their processes are still the ones they are about. */
export async function listedRecords(
  link: Link,
  signal: AbortSignal,
): Promise<{ readonly listed: readonly Listed[]; readonly lines: readonly string[] }> {
  const lines = await runScript(link, listScript, signal);
  const node = lines.find((line) => line.startsWith("node "))?.slice("node ".length);
  const listed = lines.filter((line) => line.startsWith("server ")).flatMap((line) => listedIn(line, node));
  return { listed: listed.toSorted((one, other) => byName(one.record.name, other.record.name)), lines };
}

const byName = new Intl.Collator("en", { numeric: true }).compare;

/** From `server BORN<tab>COMMAND<tab>RECORD`; the first two are empty where no such process runs. */
function listedIn(line: string, node: string | undefined): Listed[] {
  const [born = "", command = "", ...rest] = line.slice("server ".length).split("\t");
  const record = readRecord(rest.join("\t"));
  if (!record) return [];
  const here = record.node === node;
  const running = here && born !== "" && born === record.born && command.includes(record.arguments);
  return [{ record, running, here }];
}

const listScript = `
${processes}${stateFolder}${logoutFunction}
echo "node $(uname -n)"
say_logout
for file in "$state"/*.json; do
  [ -f "$file" ] && [ -O "$file" ] || continue
  pid=$(sed -n '1s/^{"pid":\\([0-9]*\\),.*/\\1/p' "$file")
  [ -n "$pid" ] || continue
  printf 'server %s\\t%s\\t%s\\n' "$(born "$pid")" "$(command_of "$pid" | tr '\\t' ' ')" "$(head -n 1 "$file")"
done
`;

function unknownThere({ node }: ServerRecord) {
  return message("It was started on {node}, another machine with the same home folder. Connect there to see it.", {
    node,
  });
}
