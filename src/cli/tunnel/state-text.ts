import { type Message, message } from "../../core/message.ts";
import type { TunnelState, TunnelStatus } from "../../tunnel/status.ts";

/** What a tunnel does, in a line. */
export function stateText({ state }: Pick<TunnelStatus, "state">): Message {
  switch (state.state) {
    case "connecting":
      return message("Connecting…");
    case "up":
      return message("Up.");
    case "checking":
      return message("Checking: {reason}", { reason: state.because.said });
    case "reconnecting":
      return reconnecting(state);
    case "stopped":
      return message("Stopped.");
    case "failed":
      return message("Failed: {reason}", { reason: state.because.said });
  }
}

function reconnecting({ attempt, nextAt, because }: Extract<TunnelState, { state: "reconnecting" }>): Message {
  const template = "Reconnecting (attempt {attempt}, at {time}): {reason}";
  return message(template, { attempt, time: clock(nextAt), reason: because.said });
}

function clock(time: number): string {
  return new Date(time).toTimeString().slice(0, 8);
}

/** What to open on this machine: a URL for what speaks HTTP, else an address. */
export function localAddress({
  localPort,
  kind,
  basePath,
}: Pick<TunnelStatus, "localPort" | "kind" | "basePath">): string {
  const address = `127.0.0.1:${localPort}`;
  return kind === undefined ? address : `http://${address}${basePath}`;
}
