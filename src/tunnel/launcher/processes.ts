/**
 * Shell functions that say what runs on the host. `/proc` is asked where there is one, else `ps` and `netstat`. What
 * has ended and only waits for its parent (state Z) counts as gone: in a container often nobody collects it.
 */
export const processes = `
# When process $1 began; nothing where it is gone. With its number, this tells it from every other one.
born() {
  if [ -r /proc/self/stat ]; then
    sed 's/.*) //' "/proc/$1/stat" | awk '$1 !~ /[ZX]/ { print $20 }'
  else
    LC_ALL=C ps -o stat= -o lstart= -p "$1" | awk '$1 !~ /^Z/ { $1 = ""; print substr($0, 2) }'
  fi 2>/dev/null
}

# The command line of process $1, its words one space apart.
command_of() {
  if [ -r /proc/self/cmdline ]; then
    tr '\\0\\n\\t' '   ' <"/proc/$1/cmdline"
  else
    ps -o args= -p "$1"
  fi 2>/dev/null
}

# The process group of process $1.
group_of() {
  if [ -r /proc/self/stat ]; then
    sed 's/.*) //' "/proc/$1/stat" | awk '{ print $3 }'
  else
    ps -o pgid= -p "$1" | tr -d ' '
  fi 2>/dev/null
}

# The number of each process of group $1 that still runs.
members() {
  if [ -r /proc/self/stat ]; then
    cat /proc/[0-9]*/stat | sed 's/ (.*) / /'
  else
    ps -A -o pid= -o stat= -o ppid= -o pgid=
  fi 2>/dev/null | awk -v group="$1" '$4 == group && $2 !~ /^[ZX]/ { print $1 }'
}

# The user's number and the inode of each TCP socket that listens on port $1; our own number alone where the system
# does not tell.
listeners() {
  if [ -r /proc/net/tcp ]; then
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
      awk -v port="$(printf ':%04X' "$1")" '$4 == "0A" && $2 ~ port "$" { print $8, $10 }'
  else
    netstat -an | awk -v port="[.:]$1" -v me="$(id -u)" '/LISTEN/ && $4 ~ port "$" { print me }'
  fi
}

# A moment: a short one where sleep knows fractions.
moment() {
  sleep 0.2 2>/dev/null || sleep 1
}
`;

/**
 * Shell functions that end process `$pid`. A group's number belongs to nobody else while one of its members lives, so
 * a process that leads its group is ended with all of it.
 */
export const endings = `
# Whom signals go to; to be asked before the first one.
aim() {
  group=$(group_of "$pid")
  if [ "$group" = "$pid" ]; then whom=-$pid; else whom=$pid; fi
}

left() { if [ "$group" = "$pid" ]; then members "$pid"; else born "$pid"; fi; }

gone_within() {
  until=$(($(date +%s) + $1))
  while [ -n "$(left)" ]; do
    [ "$(date +%s)" -le "$until" ] || return 1
    moment
  done
}

# Sends signal $1 and waits up to $2 seconds; fails where it still runs then.
ended_by() {
  kill -s "$1" -- "$whom" 2>/dev/null
  gone_within "$2"
}
`;

/** Where records and logs are kept on the host. */
export const stateFolder = `state=\${XDG_STATE_HOME:-$HOME/.local/state}/launch-guard\n`;
