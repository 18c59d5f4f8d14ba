import * as vscode from "vscode";
import * as z from "zod/mini";
import { type Ending, ending } from "./ending.ts";
import { lineOf } from "./line.ts";
import type { Machine } from "./machine.ts";
import { runIn } from "./run-in.ts";
import type { OnStarted, Started } from "./started.ts";

/** What debug configurations say of the program that they start, as far as debuggers agree about that. */
const launchSchema = z.object({
  module: z.optional(z.string()),
  program: z.optional(z.string()),
  command: z.optional(z.string()),
  runtimeExecutable: z.optional(z.string()),
  runtimeArgs: z.optional(z.array(z.string())),
  args: z.optional(z.array(z.string())),
  cwd: z.optional(z.string()),
  env: z.optional(z.record(z.string(), z.string())),
});
type Launch = z.infer<typeof launchSchema>;

/** Programs that a debugger starts. */
export function watchDebugging(machine: Machine, onStarted: OnStarted): vscode.Disposable {
  const running = new Map<string, Ending>();
  return vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => {
      const end = ending();
      running.set(session.id, end);
      const started = commandOf(session, end, machine);
      if (started) onStarted(started);
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => {
      running.get(id)?.end(0);
      running.delete(id);
    }),
  );
}

function commandOf(session: vscode.DebugSession, end: Ending, machine: Machine): Started | undefined {
  const launch = launchSchema.safeParse(session.configuration);
  const root = session.workspaceFolder?.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const text = launch.success ? lineOfLaunch(session.type, launch.data) : undefined;
  if (!launch.success || text === undefined || !root || session.configuration.request !== "launch") return undefined;
  const { cwd, env } = launch.data;
  const folder = cwd === undefined ? root : root.with({ path: cwd.replaceAll("\\", "/") });
  return {
    typed: { text, shell: "posix", folder: folder.path, on: machine.on, env: env ?? {} },
    folder,
    terminal: undefined,
    name: session.name,
    isCertain: true,
    isVouchedFor: true,
    ended: end.ended,
    isRunning: () => !end.isOver(),
    interrupt: () => void vscode.debug.stopDebugging(session),
    run: (line) => runIn(vscode.window.createTerminal({ name: session.name, cwd: folder, env: env ?? {} }), line),
  };
}

/** `module` and `program` are Python's where a debugger for Python takes them; `command` is a line of a shell. */
function lineOfLaunch(
  type: string,
  { module, program, command, runtimeExecutable, ...more }: Launch,
): string | undefined {
  const args = more.args ?? [];
  if (type === "node-terminal") return command;
  if (runtimeExecutable !== undefined)
    return lineOf([runtimeExecutable, ...(more.runtimeArgs ?? []), ...args], "posix");
  if (module !== undefined) return lineOf(["python", "-m", module, ...args], "posix");
  if (program?.endsWith(".py")) return lineOf(["python", program, ...args], "posix");
  return program === undefined ? undefined : lineOf([program, ...args], "posix");
}
