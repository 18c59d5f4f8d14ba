import { serviceKinds } from "../../tunnel/discovery/server.ts";
import type { CommandName } from "./options.ts";

const everywhere = `
  --ssh-config FILE       read this ssh config instead of ~/.ssh/config, as ssh -F does
  --json                  print JSON
  --verbose               print on standard error what is done
  -h, --help              print this`;

const connecting = `
  --engine ssh2|openssh   how to connect; otherwise what the host needs is chosen
  --accept-key SHA256:…   accept this host key without asking; can be given several times${everywhere}`;

const exit = "Exit code: 0, or 2 and a sentence on standard error; 130 after Ctrl-C";

const whileUp = `
Ctrl-C closes the tunnel. Exit code: 0 after Ctrl-C once it was up; 130 before that; 143 and 129 for SIGTERM and
SIGHUP; 2 if it failed. Without a terminal nothing is asked: it says what is missing and exits with 2.
With --json each change is an object on a line of its own.`;

/** What `launch-guard COMMAND --help` prints. */
export const helpFor: Record<CommandName, string> = {
  hosts: `Usage: launch-guard hosts [OPTION…]

Lists the hosts that your ssh config names. Connects to none, and runs nothing.
${everywhere}

${exit}
`,
  tunnel: `Usage: launch-guard tunnel HOST [OPTION…]

Opens a tunnel from a port of this machine to a server on HOST, and keeps it open through sleep and network loss.
HOST is a name of your ssh config, or [USER@]NAME[:PORT].

  --to PORT | HOST:PORT | /path/to.sock | SERVER
                          where it leads; SERVER is one of ${serviceKinds.slice(0, 6).join(", ")},
                          ${serviceKinds.slice(6).join(", ")}, or a name such as jupyter-8888;
                          without it, the servers on HOST are looked for
  --local PORT            the port on this machine, on 127.0.0.1 only${connecting}
${whileUp}
`,
  start: `Usage: launch-guard start HOST jupyter|mlflow|tensorboard [OPTION…]

Starts a server on HOST that nobody else can reach, waits until it answers, and opens a tunnel to it. It runs on
when the tunnel is closed; launch-guard stop ends it.

  --dir FOLDER            its working folder there (default: the home); for TensorBoard, where the logs are
  --socket                listen on a unix socket in a folder of yours instead of a port; Jupyter only
  --program PATH          how its program is called there: /opt/venv/bin/jupyter
  --local PORT            the port on this machine, on 127.0.0.1 only${connecting}
${whileUp}
`,
  list: `Usage: launch-guard list HOST [OPTION…]

Lists the servers that launch-guard start has started on HOST.
${connecting}

${exit}
`,
  stop: `Usage: launch-guard stop HOST NAME [OPTION…]

Stops a server that launch-guard start has started on HOST; launch-guard list has the names.
${connecting}

${exit}
`,
  token: `Usage: launch-guard token HOST NAME [OPTION…]

Prints the token of a server on HOST, such as jupyter-8888, and nothing else. No other command prints it.
${connecting}

${exit}
`,
  audit: `Usage: launch-guard audit HOST [OPTION…]

Says which ML servers run on HOST, who can reach them and whether they ask for a login, and what else listens to the
network there.
${connecting}

Exit code: 0 if nothing is wrong; 1 for a problem of severity warning or error; 2 if it could not look
`,
};
