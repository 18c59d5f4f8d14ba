import { audit } from "./audit/audit.ts";
import { type Clock, systemClock } from "./clock.ts";
import { discover } from "./discovery/discover.ts";
import { tokenOf } from "./discovery/token.ts";
import { connect } from "./engines.ts";
import { listHosts } from "./host/list.ts";
import { resolveHost } from "./host/resolve.ts";
import { listStarted } from "./launcher/list.ts";
import { startServer } from "./launcher/start.ts";
import { stopStarted } from "./launcher/stop.ts";
import { auditLocally } from "./local/audit.ts";
import { runningCommands } from "./local/commands.ts";
import { localLink } from "./local/link.ts";
import { stopLocally } from "./local/stop.ts";
import { machineOf } from "./remote/machine.ts";

const clock: Clock = systemClock;

/** What the service puts together; tests bring some of their own. */
export const realParts = {
  ...{ listHosts, resolveHost, connect, machineOf, discover, tokenOf, audit, startServer, listStarted, stopStarted },
  ...{ localLink, auditLocally, stopLocally, runningCommands },
  clock,
};

export type Parts = typeof realParts;
