/**
 * A shell function that sets `$program` to the absolute path of `$command`, or to nothing. Asked in this order:
 * `$wanted`, where the user named one, and then nothing else: a path, a name, or the folder of an environment; the
 * PATH that ssh gives; `~/.local/bin`, which many logins add only for terminals; and last what the user's own shell
 * finds when it starts as in a terminal, because conda and pyenv write themselves into its startup files. Those may
 * wait for somebody or never end, so that is done only where `timeout` can end it; an interactive shell ignores
 * SIGTERM. csh needs no such help: it reads its startup file for ssh too.
 */
export const locateFunction = `
locate() {
  program=
  if [ -n "$wanted" ]; then
    case $wanted in "~/"*) wanted=$HOME/\${wanted#"~/"} ;; esac
    [ -d "$wanted" ] && wanted=\${wanted%/}/bin/$command
    program=$(command -v -- "$wanted")
  elif program=$(command -v "$command"); then
    :
  elif [ -x "$HOME/.local/bin/$command" ]; then
    program=$HOME/.local/bin/$command
  else
    ask_own_shell
  fi
  case $program in "" | /*) ;; *) program=$PWD/$program ;; esac
  [ -f "$program" ] && [ -x "$program" ] || program=
}

ask_own_shell() {
  command -v timeout >/dev/null || return
  case \${SHELL##*/} in
    bash | zsh | ksh | mksh | dash | ash | sh | fish)
      program=$(timeout -s KILL 10 "$SHELL" -ilc "command -v $command" </dev/null 2>/dev/null | grep '^/' | tail -n 1) ;;
  esac
}

# What jupyter is asked for: the best front end beside it.
front_of() {
  case $1 in */jupyter) ;; *) return ;; esac
  for front in lab notebook server; do
    [ -x "\${1%/*}/jupyter-$front" ] && break
  done
  echo "$front"
}
`;
