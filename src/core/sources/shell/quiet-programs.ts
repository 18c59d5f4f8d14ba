/** Programs that start nothing else and change no variable: most of what a script runs, and of no interest here. */
export const quietPrograms: ReadonlySet<string> = new Set([
  ...[":", "[", "break", "continue", "echo", "exit", "false", "kill", "printf", "pwd", "return"],
  ...["sleep", "test", "trap", "true", "type", "ulimit", "umask", "wait"],
  ...[
    "awk",
    "basename",
    "chmod",
    "chown",
    "cp",
    "cut",
    "date",
    "dirname",
    "grep",
    "head",
    "hostname",
    "id",
    "ln",
    "ls",
  ],
  ...["mkdir", "mv", "readlink", "realpath", "rm", "sed", "seq", "sort", "tail", "touch", "tr", "uname", "uniq", "wc"],
  "whoami",
]);
