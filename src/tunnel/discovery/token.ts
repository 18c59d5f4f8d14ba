import type { Link } from "../link.ts";
import { type JupyterLogin, readJupyterLogin } from "./runtime-file.ts";
import type { RemoteServer } from "./server.ts";
import { lookedAt } from "./survey.ts";
import { runtimeFiles } from "./survey-script.ts";

/**
 * The token of a Jupyter server, read now from the runtime file that only its owner can read; nothing where it has
 * none. For the person who asked, never for a log.
 */
export async function tokenOf(link: Link, server: RemoteServer, signal: AbortSignal): Promise<string | undefined> {
  if (server.kind !== "jupyter" || !server.own || server.pid === undefined) return undefined;
  const lines = await lookedAt(link, tokenScript(server.pid), signal);
  const logins = lines.flatMap((line) => readJupyterLogin(line) ?? []);
  return logins.find((login) => isOf(login, server))?.token || undefined;
}

export function tokenScript(pid: number): string {
  return `
${runtimeFiles}
say_file() {
  [ "$pid" = ${pid} ] && tr -d '\\n' <"$file" && echo
}
each_runtime_file say_file
`;
}

/** Another server may have had the same number, on another node or before. */
function isOf({ port, sock }: JupyterLogin, { target }: RemoteServer): boolean {
  return target.kind === "unix" ? sock === target.path : port === target.port;
}
