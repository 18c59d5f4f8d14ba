/** What `--help` prints. */
export const help = `Launch Guard finds ML servers that are started unsafely: Jupyter, MLflow, vLLM, TensorBoard, Ray and others;
and it opens tunnels to those that run on other machines.

Usage: launch-guard scan [PATH…] [OPTION…]
       launch-guard hosts|tunnel|start|list|stop|token|audit …

Tunnels (launch-guard COMMAND --help says more)
  hosts               the hosts of your ssh config
  tunnel HOST         open a tunnel to a server on HOST, and keep it open
  start HOST SERVER   start jupyter, mlflow or tensorboard on HOST where only you can reach it, and open a tunnel to it
  list HOST           what was started there
  stop HOST NAME      end it
  token HOST NAME     print the token of a server
  audit HOST          what runs on HOST, and who can reach it

Scan
PATH is a file or a folder; without one, the working directory; - is standard input.

Options of scan
  --format text|json            what to print (default: text)
  --fail-on error|warning|info  the lowest severity that makes the exit code 1 (default: warning)
  --fix                         apply the safe fixes, then report what is left
  --diff                        print what --fix would change as a unified diff, and change nothing; it shows
                                lines as they are, secrets too, which the report does not
  --stdin-filename NAME         the file name of what comes from standard input (default: stdin.sh)
  -h, --help                    print this
  --version                     print the version

Files
  In a folder: every Dockerfile, compose file, shell script and .env file that git does not ignore.
  .git, node_modules and symbolic links are left out.
  A path that you name is looked at even if git ignores it.
  What .launch-guard.yaml excludes is left out even if you name it. That file is looked for in the working
  directory and the folders above it, up to the root of the git repository.
  Binary files, files that are not UTF-8 and files over 1 MiB are named on standard error and skipped.

Exit code of scan
  0  nothing at or above --fail-on
  1  something at or above --fail-on; with --fix, something is left
  2  wrong usage, or a file that could not be read or written
`;
