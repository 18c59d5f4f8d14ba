import { quoted } from "../quoted.ts";
import { locateFunction } from "./locate.ts";
import { logoutFunction } from "./logout.ts";
import { processes, stateFolder } from "./processes.ts";
import type { StartRequest } from "./started.ts";
import { tools } from "./tools.ts";

/** From a tool's own port upwards. */
export const portsTried = 100;

/**
 * The script that starts a server and leaves it running. It prints the server's record, or one line that says why
 * not: `no-folder`, `no-state FOLDER`, `not-found PATH`, `no-address`. What must stay private is made under umask 077;
 * the server itself keeps the user's own umask, and has neither a terminal nor one of our descriptors.
 */
export function launchScript(request: StartRequest): string {
  const tool = tools[request.kind];
  return `
${processes}${stateFolder}${locateFunction}${logoutFunction}
kind=${request.kind}
command=${tool.program}
wanted=${quoted(request.program ?? "")}
folder=${quoted(request.folder ?? "~")}
wish=${request.socket ? "socket" : tool.port}
as_root=
[ "$(id -u)" != 0 ] || as_root=--allow-root
start_with_arguments() {
  set -- ${tool.arguments(request)}
  start "$@"
}
${launch}
launch
`;
}

const launch = `
launch() {
  enter_folder || return
  locate
  [ -n "$program" ] || { printf 'not-found %s\\n' "$PATH"; return; }
  usual=$(umask)
  umask 077
  mkdir -p "$state" 2>/dev/null && chmod 700 "$state" && [ -w "$state" ] || { printf 'no-state %s\\n' "$state"; return; }
  choose_address || { echo no-address; return; }
  reserve_name || { printf 'no-state %s\\n' "$state"; return; }
  say_logout
  start_with_arguments
}

enter_folder() {
  case $folder in "~") folder=$HOME ;; "~/"*) folder=$HOME/\${folder#"~/"} ;; esac
  folder=$(CDPATH= cd -- "$folder" 2>/dev/null && pwd) || { echo no-folder; return 1; }
}

# A socket goes where its path stays short (107 bytes is the most) and no network file system is.
choose_address() {
  port= socket=
  if [ "$wish" = socket ]; then
    base=\${TMPDIR:-/tmp}
    [ "\${#base}" -le 60 ] || base=/tmp
    socket=$(mktemp -d "$base/launch-guard.XXXXXX")/server.sock
    return
  fi
  port=$wish
  while [ -n "$(listeners "$port")" ]; do
    port=$((port + 1))
    [ "$port" -lt "$((wish + ${portsTried}))" ] || return
  done
}

# Two of us at the same time get two names: with -C, only one of them can make the file.
reserve_name() {
  number=1
  until (set -C && : >"$state/$kind-$number.json") 2>/dev/null; do
    number=$((number + 1))
    [ "$number" -lt 1000 ] || return
  done
  name=$kind-$number
  log=$state/$name.log
}

start() {
  words=$*
  front=$(front_of "$program")
  set -- "$program" $front "$@"
  case :$PATH: in *":\${program%/*}:"*) ;; *) PATH=\${program%/*}:$PATH ;; esac
  : >"$log"
  if command -v setsid >/dev/null; then leave=setsid; else leave=nohup; fi
  (
    umask "$usual"
    cd -- "$folder" && exec $leave "$@"
  ) </dev/null >>"$log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
  pid=$!
  born=$(born "$pid")
  record | tee "$state/$name.json"
  wait_for_command
}

record() {
  printf '{"pid":%s,"born":"%s","name":"%s","kind":"%s",' "$pid" "$born" "$name" "$kind"
  if [ -n "$port" ]; then printf '"port":%s,' "$port"; else printf '"socket":"%s",' "$(json "$socket")"; fi
  printf '"folder":"%s","log":"%s","program":"%s","arguments":"%s",' \\
    "$(json "$folder")" "$(json "$log")" "$(json "$program")" "$(json "$words")"
  printf '"startedAt":%s,"node":"%s"}\\n' "$(date +%s)" "$(json "$(uname -n)")"
}

json() {
  printf %s "$1" | sed 's/[\\\\"]/\\\\&/g'
}

# Until the process has become the server: before that, nobody could tell by its command line that it may be stopped.
wait_for_command() {
  tries=0
  while [ "$tries" -lt 10 ] && [ -n "$(born "$pid")" ]; do
    case $(command_of "$pid") in *"$words"*) return ;; esac
    tries=$((tries + 1))
    moment
  done
}
`;
