import { type Message, message, render } from "../core/message.ts";

/** What can go wrong between a person and a far server; a closed set, so that a host can offer the right button. */
export type TunnelErrorCode = keyof typeof adviceFor;

/** What to do about each, in one sentence. `{command}` and the like come from the error's values. */
const adviceFor = {
  "host-unknown": "Check the name, or add a Host block for it to your ssh config.",
  "config-unreadable": "Correct the file, or name another one.",
  "host-key-unknown": "Compare the fingerprint with one from the host's owner, then trust it.",
  "host-key-changed": "Ask the host's owner whether its key was renewed. If it was, remove the old one: {command}",
  "host-key-revoked": "Do not connect. Ask the host's owner for the key that replaced it.",
  "host-key-authority-only":
    "Only a certificate authority is known for this host. Connect with the system's ssh, which checks certificates.",
  "auth-refused": "Check the user name and which keys the host accepts: {methods}",
  "passphrase-wrong": "Try again, or load the key into your ssh agent.",
  "agent-unreachable": "Start the ssh agent, or set IdentityAgent to its socket.",
  "answer-needed": "Run it where you can answer, or load the key into your ssh agent.",
  "port-busy": "Choose another local port, or stop what uses this one.",
  "forwarding-forbidden": "Ask the host's administrator to allow TCP forwarding, or use another host.",
  "nothing-listens": "Start the server there, or choose another port.",
  "service-silent": "Look at the server's own log on the host.",
  "other-node": "Connect to the node itself: use its name as HostName.",
  "cannot-look": "Check that the account may run commands on the host.",
  "not-on-windows": "There, Get-NetTCPConnection in PowerShell lists it.",
  "not-yours": "List the servers again, and choose one that is yours.",
  "does-not-end": "Save what is open in it and try again, or end it at once.",
  unreachable: "Check the network, the host's name and its port.",
  "no-common-algorithm": "Connect with the system's ssh, or let the host offer a current algorithm.",
  "timed-out": "Try again; if it persists, check the network and the host's load.",
  "connection-lost": "Reconnect when the network is back.",
  "ssh-missing": "Install the OpenSSH client, or use the built-in engine.",
  "not-installed": "Install it on the host, or give the environment that has it.",
  "start-failed": "Look at its log on the host: {log}",
  "no-such-server": "List what was started there, and use one of those names.",
  "bad-request": "Correct it and try again.",
  "worker-crashed": "Reconnect. If it happens again, please report it with the log.",
  cancelled: "Nothing was changed.",
} as const;

/** One failure of the SSH half. The message says what happened; `advice` what to do about it. Neither holds a secret. */
export class TunnelError extends Error {
  override readonly name = "TunnelError";
  readonly code: TunnelErrorCode;
  readonly said: Message;

  constructor(code: TunnelErrorCode, said: Message, cause?: unknown) {
    super(render(said), { cause });
    this.code = code;
    this.said = said;
  }

  /** What to do about it, with the error's own values filled in. */
  get advice(): Message {
    return message(adviceFor[this.code], this.said.values);
  }
}

/** Whatever was thrown, as a `TunnelError`; what is none becomes one with `code`. */
export function asTunnelError(error: unknown, code: TunnelErrorCode, said: Message): TunnelError {
  return error instanceof TunnelError ? error : new TunnelError(code, said, error);
}

/** The error of something that was given up on purpose. */
export function cancelled(): TunnelError {
  return new TunnelError("cancelled", message("This was cancelled."));
}
