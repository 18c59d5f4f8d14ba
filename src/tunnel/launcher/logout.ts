import { type Message, message } from "../../core/message.ts";

/** The line that `logoutFunction` prints. */
const endsAtLogout = "ends-at-logout";

/**
 * A shell function that says whether this machine ends a user's processes when the session they began in is over.
 * `loginctl show-session` without a session shows the settings of logind itself; KillExcludeUsers comes before
 * KillOnlyUsers (logind.conf(5)). Lingering does not help: it keeps user services, not what a session started.
 */
export const logoutFunction = `
say_logout() {
  logind=$(loginctl show-session -p KillUserProcesses -p KillOnlyUsers -p KillExcludeUsers 2>/dev/null </dev/null)
  case $logind in *KillUserProcesses=yes*) ;; *) return ;; esac
  me=$(id -un)
  only=$(printf '%s\\n' "$logind" | sed -n 's/^KillOnlyUsers=//p')
  case " $(printf '%s\\n' "$logind" | sed -n 's/^KillExcludeUsers=//p') " in *" $me "*) return ;; esac
  case " \${only:-$me} " in *" $me "*) echo ${endsAtLogout} ;; esac
}
`;

/** What the user should know about servers on this host, from the lines of a script that called `say_logout`. */
export function logoutNotes(lines: readonly string[]): Message[] {
  if (!lines.includes(endsAtLogout)) return [];
  return [
    message(
      "This host ends your processes when you log out (KillUserProcesses=yes): the server stops when the connection that started it closes.",
    ),
  ];
}
