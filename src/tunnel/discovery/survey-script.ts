import { machineFunction } from "../remote/machine.ts";

/** More processes than this are not looked into. */
export const processesRead = 200;

/**
 * What the survey and the token share: `each_runtime_file COMMAND` runs COMMAND for every runtime file of a Jupyter
 * server, with `$file` and `$pid`. Folders as jupyter_core/paths.py has them, on Linux and macOS. A file counts only
 * when it is the user's own and nobody else can read it, as jupyter_core's `secure_write` makes it; where others write
 * such files, they would say where to send a token. One over 64 KiB is none, and would fill what a link carries.
 */
export const runtimeFiles = `
me=$(id -u)

each_runtime_file() {
  runtime_folders | while IFS= read -r folder; do
    find "$folder/." ! -name . -prune -name '[jn]*server-*.json' -type f -size -129 -user "$me" ! -perm -040 ! -perm -004
  done 2>/dev/null | while IFS= read -r file; do
    pid=\${file##*-}
    pid=\${pid%.json}
    case $pid in "" | *[!0-9]*) continue ;; esac
    [ -f "$file" ] && "$1"
  done
}

runtime_folders() {
  printf '%s\\n' "\${JUPYTER_RUNTIME_DIR:-}" "\${JUPYTER_DATA_DIR:+$JUPYTER_DATA_DIR/runtime}" \\
    "\${XDG_DATA_HOME:+$XDG_DATA_HOME/jupyter/runtime}" "$HOME/.local/share/jupyter/runtime" \\
    "$HOME/Library/Jupyter/runtime" | awk '/^\\// && !seen[$0]++'
}
`;

/**
 * The one script that looks around on a host. It prints a line for each thing it sees, its fields apart by tabs, and
 * nothing that is secret: of runtime files the named values only, of command lines what tells the kind and the path.
 *
 * - `me UID NAME`, `user UID NAME`, `address IP`, `machine ID NAME`
 * - `tcp LOCAL UID PID` as in /proc/net/tcp; `unix PID PATH` for sockets of the user's own; `lsof FIELD`
 * - `no-listeners`: nothing tells who listens here
 * - `process PID UID NAME HINT PREFIX`; `more-processes`
 * - `jupyter PID UID JSON`, `tensorboard PID UID JSON`: UID is that of the process PID, empty where there is none
 */
export const surveyScript = `
${machineFunction}${runtimeFiles}
LC_ALL=C
export LC_ALL

survey() {
  say_machine
  printf 'me\\t%s\\t%s\\n' "$me" "$(id -un)"
  hostname -I 2>/dev/null | awk '{ for (each = 1; each <= NF; each++) print "address\\t" $each }'
  each_runtime_file say_jupyter
  say_tensorboards /tmp
  case \${TMPDIR:-/tmp} in /tmp | /tmp/) ;; *) say_tensorboards "$TMPDIR" ;; esac
  if [ -r /proc/net/tcp ]; then
    listeners=$(listeners_of_proc)
    printf '%s\\n' "$listeners" | say_unless_foreign
    printf '%s\\n' "$listeners" | awk -F '\\t' '$1 == "tcp" && !seen[$3]++ { print $3 }' | say_users
    printf '%s\\n' "$listeners" | awk -F '\\t' '{ pid = $1 == "tcp" ? $4 : $2 } pid && !seen[pid]++ { print pid }' | say_processes
  elif command -v lsof >/dev/null; then
    listeners=$(lsof -nP -iTCP -sTCP:LISTEN -Fpun 2>/dev/null)
    printf '%s\\n' "$listeners" | awk '{ print "lsof\\t" $0 }'
    printf '%s\\n' "$listeners" | sed -n 's/^u//p' | sort -u | say_users
    printf '%s\\n' "$listeners" | sed -n 's/^p//p' | say_processes
  else
    echo no-listeners
  fi
}

# json.dump of jupyter_server and notebook writes one value a line. Which ones go further is named here, so that no
# token does.
say_jupyter() {
  printf 'jupyter\\t%s\\t%s\\t' "$pid" "$(uid_of "$pid")"
  awk '
    /^ *"token": *"[^"]/ { token = 1 }
    /^ *"(base_url|hostname|notebook_dir|password|port|root_dir|secure|sock|url|version)": / {
      sub(/, *$/, "")
      printf "%s%s", (count++ ? "," : "{"), $0
    }
    END { printf "%s\\"has_token\\":%s}\\n", (count ? "," : "{"), (token ? "true" : "false") }
  ' "$file"
}

# tensorboard/manager.py makes this folder with mode 0777, so whose file it is decides.
say_tensorboards() {
  for file in "$1"/.tensorboard-info/pid-*.info; do
    pid=\${file##*-}
    pid=\${pid%.info}
    case $pid in "" | *[!0-9]*) continue ;; esac
    [ -n "$(find "$file" -prune -type f -size -129 -user "$me" 2>/dev/null)" ] || continue
    printf 'tensorboard\\t%s\\t%s\\t%s\\n' "$pid" "$(uid_of "$pid")" "$(tr '\\n\\t' '  ' <"$file")"
  done
}

uid_of() {
  if [ -r /proc/self/status ]; then
    [ ! -r "/proc/$1/status" ] || awk '/^Uid:/ { print $2 }' "/proc/$1/status"
  else
    ps -o uid= -p "$1" | tr -d ' '
  fi 2>/dev/null
}

# Which process holds a socket is seen for the user's own processes only, unless the user is root. Of several that
# share one, the oldest stands for them.
listeners_of_proc() {
  {
    awk '$4 == "0A" { print "tcp", $10, $2, $8 }' /proc/net/tcp
    awk '$4 == "0A" { print "tcp", $10, $2, $8 }' /proc/net/tcp6
    awk '$4 == "00010000" && $8 ~ /^\\// { print "unix", $7, substr($0, index($0, " /") + 1) }' /proc/net/unix
    ls -l /proc/[0-9]*/fd | awk '
      /^\\/proc\\/[0-9]+\\/fd:$/ { split($0, part, "/"); pid = part[3] }
      / -> socket:\\[[0-9]+\\]$/ { inode = $NF; gsub(/[^0-9]/, "", inode); print "held", inode, pid }'
  } 2>/dev/null | awk '
    $1 == "held" { if (!($2 in pid) || $3 + 0 < pid[$2] + 0) pid[$2] = $3 }
    $1 == "tcp" { tcp[$2] = $3 "\\t" $4 }
    $1 == "unix" { unix[$2] = substr($0, index($0, " /") + 1) }
    END {
      for (inode in tcp) print "tcp\\t" tcp[inode] "\\t" pid[inode]
      for (inode in unix) if (inode in pid) print "unix\\t" pid[inode] "\\t" unix[inode]
    }'
}

# The kernel prints the path of a socket as its maker wrote it, line breaks too: what is no socket of ours is left out.
say_unless_foreign() {
  while IFS= read -r line; do
    case $line in
      unix*) [ -n "$(find "/\${line#*/}" -prune -type s -user "$me" 2>/dev/null)" ] || continue ;;
      tcp*) ;;
      *) continue ;;
    esac
    printf '%s\\n' "$line"
  done
}

say_users() {
  while read -r uid; do printf 'user\\t%s\\t%s\\n' "$uid" "$(id -nu "$uid" 2>/dev/null)"; done
}

say_processes() {
  count=0
  while read -r pid; do
    count=$((count + 1))
    [ "$count" -le ${processesRead} ] || { echo more-processes; return; }
    say_process
  done
}

# MLflow hands its prefix to its workers in a variable (STATIC_PREFIX_ENV_VAR of mlflow/server/handlers.py).
say_process() {
  if [ -r /proc/self/status ]; then
    {
      printf '%s\\n' "$(uid_of "$pid")" "$(sed -n 's/^Name:.//p' "/proc/$pid/status")"
      tr '\\0\\n' '\\n ' <"/proc/$pid/cmdline"
      tr '\\0\\n' '\\n ' <"/proc/$pid/environ" | sed -n 's/^_MLFLOW_STATIC_PREFIX=/--static-prefix=/p'
    } 2>/dev/null
  else
    uid_of "$pid"
    ps -o comm= -p "$pid"
    ps -o args= -p "$pid" | tr ' ' '\\n'
  fi | awk -v pid="$pid" '
    { gsub(/[\\001-\\037]/, "?") }
    NR == 1 { uid = $0; next }
    NR == 2 { name = $0; next }
    takes { prefix = $0; takes = 0; next }
    /^--?[A-Za-z.]*(base[-_]url|static-prefix|path_prefix|baseUrlPath)=/ { prefix = $0; sub(/^[^=]*=/, "", prefix); next }
    /^--(base[-_]url|static-prefix|path_prefix|server.baseUrlPath)$/ { takes = 1; next }
    /^-/ { next }
    hint == "" {
      word = $0 " "
      sub(/.*\\//, "", word)
      if (match(word, /^(ipykernel|jupyter|jupyterlab|mlflow|tensorboard|ray|vllm|ollama|streamlit|gradio|marimo|dask|tritonserver)[^A-Za-z]/))
        hint = substr(word, 1, RLENGTH - 1)
    }
    END { printf "process\\t%s\\t%s\\t%s\\t%s\\t%s\\n", pid, uid, name, hint, prefix }'
}

survey
`;
