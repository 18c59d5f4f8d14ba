import { message, render } from "../../core/message.ts";
import type { OpenRequest } from "../../tunnel/service.ts";
import type { Failure, TunnelStatus } from "../../tunnel/status.ts";
import { targetText } from "../../tunnel/target.ts";
import { complain } from "../world.ts";
import { jsonLine } from "./data.ts";
import type { Session } from "./session.ts";
import { localAddress, stateText } from "./state-text.ts";

/** Opens a tunnel and shows its states until the user ends it (0) or only a person can go on (2). */
export async function holdTunnel(request: OpenRequest, session: Session): Promise<number> {
  const { service, signal, world, json, screen } = session;
  const over = endOf(signal);
  const shower = showerFor(session);
  let elsewhere = false;
  const show = (status: TunnelStatus) => {
    elsewhere = status.elsewhere;
    shower(status);
  };
  session.follow((status) => {
    // That it stops is what the user has asked for.
    if (status.id !== request.id || signal.aborted) return;
    show(status);
    if (status.state.state === "stopped" || status.state.state === "failed") over.end(status);
  });
  show(await service.open(request, signal));

  const last = await over.ended;
  session.follow(() => undefined);
  screen.clear();
  if (last?.state.state === "failed") {
    sayFailure(last.state.because, session);
    return 2;
  }
  const end = elsewhere ? "The tunnel stays open in the other window." : "The tunnel is closed.";
  if (!json) world.stdout.write(`${end}\n`);
  return 0;
}

/** Where a tunnel ends: with a last status, or with nothing where the user ended it. */
function endOf(signal: AbortSignal) {
  let end: (last: TunnelStatus | undefined) => void = () => undefined;
  const ended = new Promise<TunnelStatus | undefined>((resolve) => {
    end = resolve;
  });
  signal.addEventListener("abort", () => end(undefined), { once: true });
  return { ended, end };
}

/** Prints the address when there is one, and then each state that differs from the one before. */
function showerFor({ json, world, screen, say }: Session): (status: TunnelStatus) => void {
  let address = "";
  let before = "";
  return (status) => {
    // Bytes and times alone are no change of state.
    const now = JSON.stringify([status.state, status.localPort, status.elsewhere]);
    if (now === before) return;
    before = now;
    if (json) return void world.stdout.write(jsonLine({ event: "status", ...status }));

    const leads = status.state.state === "up" || status.state.state === "checking";
    if (leads && localAddress(status) !== address) {
      address = localAddress(status);
      screen.print(`${address} leads to ${targetText(status.target)} on ${status.host}. Ctrl-C closes it.`);
      const { portWanted: wanted, localPort: port } = status;
      if (wanted !== undefined)
        say(message("Port {wanted} is taken on this machine; {port} is used instead.", { wanted, port }));
      if (status.elsewhere) say(message("Another window has this tunnel; it is shared."));
    }
    // Why it failed is said where errors are.
    if (status.state.state !== "failed") screen.state(render(stateText(status)));
  };
}

function sayFailure({ said, advice }: Failure, { world }: Session): void {
  complain(world, render(said));
  complain(world, render(advice));
}
