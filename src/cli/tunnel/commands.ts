import { message } from "../../core/message.ts";
import { isAtLeast } from "../../core/severity.ts";
import { serverNamed } from "../../tunnel/discovery/named.ts";
import { TunnelError } from "../../tunnel/error.ts";
import { harmless } from "../../tunnel/harmless.ts";
import type { OpenRequest } from "../../tunnel/service.ts";
import { type Target, targetText } from "../../tunnel/target.ts";
import { auditText } from "./audit-text.ts";
import { chooseServer } from "./choose.ts";
import { jsonLine, jsonText } from "./data.ts";
import { holdTunnel } from "./hold.ts";
import type { StartOptions, TunnelCommand, TunnelOptions } from "./options.ts";
import { hostRequest, printList, type Session, sayProblems } from "./session.ts";

type Name = Exclude<TunnelCommand["command"], "help">;
type Options<N extends Name> = Extract<TunnelCommand, { command: N }>;

/** What each command does with a service; answers with the exit code. */
export const commands: { readonly [N in Name]: (options: Options<N>, session: Session) => Promise<number> } = {
  async hosts(_, session) {
    const { hosts, problems } = await session.service.hosts({}, session.signal);
    if (session.json) session.world.stdout.write(jsonText({ version: 1, hosts, problems }));
    else {
      const rows = hosts.map(({ name, user, hostname, file, line }) => [
        name,
        [user, hostname].filter((part) => part !== undefined).join("@"),
        `${file}:${line}`,
      ]);
      printList(session, "hosts", hosts, rows);
      sayProblems(problems, session.world);
    }
    return 0;
  },

  async tunnel(options, session) {
    return holdTunnel(await requestFor(options, session), session);
  },

  async start(options, session) {
    return holdTunnel(await requestForNew(options, session), session);
  },

  async list(options, session) {
    const servers = await session.service.started(hostRequest(options), session.signal);
    const rows = servers.map(({ name, target, running, folder, logFile, node }) =>
      [name, targetText(target), node ? `on ${node}` : running ? "runs" : "has ended", folder, logFile].map(oneLine),
    );
    printList(session, "servers", servers, rows);
    if (servers.length === 0) session.say(message("Nothing was started on {host}.", { host: options.host }));
    return 0;
  },

  async stop(options, session) {
    const { host, server: name } = options;
    await session.service.stopServer({ ...hostRequest(options), name }, session.signal);
    if (session.json) session.world.stdout.write(jsonLine({ version: 1, stopped: name }));
    else session.screen.print(`${name} on ${host} has ended.`);
    return 0;
  },

  async token(options, session) {
    const { host, server } = options;
    const token = await session.service.token({ ...hostRequest(options), server }, session.signal);
    if (token === undefined) {
      throw new TunnelError("no-such-server", message("No token of {server} can be read on {host}.", { server, host }));
    }
    session.world.stdout.write(session.json ? jsonLine({ version: 1, token }) : `${token}\n`);
    return 0;
  },

  async audit(options, session) {
    const audit = await session.service.audit(hostRequest(options), session.signal);
    session.world.stdout.write(
      session.json ? jsonText({ version: 1, ...audit }) : auditText(audit, options.host, session.world),
    );
    const findings = audit.servers.flatMap((audited) => audited.findings);
    return findings.some(({ severity }) => isAtLeast(severity, "warning")) ? 1 : 0;
  },
};

function oneLine(text: string): string {
  return harmless(text, { oneLine: true });
}

/** What to open: the address that was given, or a server that is looked for. */
async function requestFor(options: TunnelOptions, session: Session): Promise<OpenRequest> {
  const { host, to } = options;
  if (to && "target" in to) return openRequest(options, to.target);
  const discovery = await session.service.discover(hostRequest(options), session.signal);
  const started = () => session.service.started(hostRequest(options), session.signal);
  const named = to && "named" in to ? await serverNamed(to.named, discovery.servers, started) : undefined;
  const server = await chooseServer(discovery, host, named ? { named: named.name } : to, session);
  if (server.hasToken) session.say(tokenHint(host, server.name));
  const { kind, basePath } = server;
  return { ...openRequest(options, server.target), kind, basePath, machine: discovery.machine };
}

async function requestForNew(options: StartOptions, session: Session): Promise<OpenRequest> {
  const { host, kind, socket, folder, program } = options;
  const start = { ...hostRequest(options), kind, socket, ...(folder && { folder }), ...(program && { program }) };
  const server = await session.service.start(start, session.signal);
  if (session.json) session.world.stdout.write(jsonLine({ event: "started", ...server }));
  else {
    session.screen.print(
      `${server.name} runs on ${host}, also when this ends; its log there: ${oneLine(server.logFile)}`,
    );
    session.screen.print(`To end it: launch-guard stop ${host} ${server.name}`);
  }
  for (const note of server.notes) session.say(note);
  if (kind === "jupyter") session.say(tokenHint(host, server.name));
  return { ...openRequest(options, server.target), kind, basePath: server.basePath };
}

function openRequest(options: TunnelOptions | StartOptions, target: Target): OpenRequest {
  const { host, local } = options;
  const id = `${host} ${targetText(target)}`;
  return { ...hostRequest(options), id, target, ...(local === undefined ? {} : { localPort: local }) };
}

function tokenHint(host: string, name: string) {
  return message("Its token is printed by: launch-guard token {host} {name}", { host, name: oneLine(name) });
}
