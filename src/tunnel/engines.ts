import { type Message, message } from "../core/message.ts";
import { needsSystemSsh } from "./auth/course.ts";
import { TunnelError } from "./error.ts";
import type { Host } from "./host/host.ts";
import type { EngineName, Link, Session } from "./link.ts";
import { connectOpenssh, sshOf } from "./openssh/engine.ts";
import { liveMaster } from "./openssh/live.ts";
import { connectSsh2 } from "./ssh2/engine.ts";

/**
 * One authenticated connection to a host, by the engine that the user wants, or else by the one that can: the built-in
 * one, unless the config, a connection that is already open, or the server asks for what only the system's `ssh` has.
 * `peer.because` says which. Rejects with a `TunnelError`; with `ssh-missing` where the config needs an `ssh` that is
 * not there.
 */
export async function connect(host: Host, session: Session, signal: AbortSignal, wanted?: EngineName): Promise<Link> {
  if (wanted === "ssh2") return connectSsh2(host, session, signal);
  if (wanted === "openssh") return connectOpenssh(host, session, signal);
  const because = await whyOpenssh(host, session, signal);
  if (because) return explained(await connectOpenssh(host, session, signal), because);
  try {
    return await connectSsh2(host, { ...session, mayYield: await hasSsh(session) }, signal);
  } catch (error) {
    const reason = whyAgain(error);
    if (!reason || !(await hasSsh(session))) throw error;
    session.log("info", `the built-in engine gives way to the system's ssh: ${String(error)}`);
    return explained(await connectOpenssh(host, session, signal), reason);
  }
}

/** What speaks for the system's ssh before anything is tried. */
async function whyOpenssh(host: Host, session: Session, signal: AbortSignal): Promise<Message | undefined> {
  const { onlySystemSsh, name } = host;
  if (onlySystemSsh.length > 0) {
    const keywords = onlySystemSsh.join(", ");
    return message("The ssh config of {host} uses {keywords}, which only the system's ssh can do.", {
      host: name,
      keywords,
    });
  }
  if (host.controlPath === undefined || !(await hasSsh(session))) return undefined;
  const live = await liveMaster(await sshOf(session.environment), host, signal);
  return live && message("An ssh connection to {host} is already open.", { host: name });
}

/** What in a failure of the built-in engine the system's ssh can do better. */
function whyAgain(error: unknown): Message | undefined {
  if (!(error instanceof TunnelError)) return undefined;
  if (error.code === "no-common-algorithm")
    return message("The host offers no algorithm that the built-in engine has.");
  if (error.code === "host-key-authority-only") {
    return message("The host is known by a certificate authority, and only the system's ssh checks certificates.");
  }
  const keys = error.code === "auth-refused" ? needsSystemSsh(error) : undefined;
  return keys === undefined ? undefined : message("Only the system's ssh can use {keys}.", { keys });
}

function hasSsh({ environment }: Session): Promise<boolean> {
  return sshOf(environment).then(
    () => true,
    () => false,
  );
}

function explained(link: Link, because: Message): Link {
  return { ...link, peer: { ...link.peer, because } };
}
