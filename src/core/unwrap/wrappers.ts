/** A program that starts the program named behind its own options: `sudo -u jupyter jupyter lab`. */
export type Wrapper = {
  /** Options that take a value; the program would be mistaken for it otherwise. */
  readonly values?: readonly string[];
  /** Options that take none, where they are longer than a letter behind one dash. */
  readonly plain?: readonly string[];
  /** Words of its own between the options and the program: the duration of `timeout 5m`, the user of `gosu`. */
  readonly skip?: number;
  /** Words that must stand first: `run` of `conda run`. Options may stand before them. */
  readonly subcommand?: readonly (readonly string[])[];
  /** `NAME=value` words before the program set its environment. */
  readonly assignments?: true;
  /** The option whose value, or the skipped word, is the user that the program runs as. */
  readonly user?: { readonly options?: readonly string[]; readonly skipped?: true; readonly default?: "root" };
  /** The options whose value is a string of arguments, split by the wrapper itself: `env -S`. */
  readonly splits?: readonly string[];
  /** The option whose value is a script: `su -c`, `runuser -c`. */
  readonly script?: readonly string[];
  /** The option whose value is a Python module to run: `uv run -m`. */
  readonly module?: readonly string[];
};

const slurm = words(`
  -A -a -c -C -d -D -e -G -i -J -m -M -n -N -o -p -q -t -w -x --account --cpus-per-task --constraint --chdir --error
  --gpus --gpus-per-node --gres --job-name --mem --mem-per-cpu --mpi --nodelist --nodes --ntasks --ntasks-per-node
  --output --partition --qos --time --jobid
`);

const condaRun: Wrapper = {
  subcommand: [["run"]],
  values: words("-n --name -p --prefix --cwd -e --env -r --root-prefix -a --attach"),
  plain: ["--no-capture-output", "--live-stream"],
};

const uvx: Wrapper = {
  values: words(
    "--from --with --with-requirements --with-editable -p --python --index-url --index --extra-index-url --default-index --constraints --env-file --directory --cache-dir",
  ),
};

/** The image stands before the program; the container is on the machine's own network. */
const apptainerExec: Wrapper = {
  subcommand: [["exec"]],
  values: words(
    "--add-caps --apply-cgroups --authfile -B --bind --env --env-file -H --home --pwd --cwd -W --workdir -o --overlay -S --scratch --mount --app",
  ),
  skip: 1,
};

const runUser: Wrapper = {
  values: words(
    "-c --command --session-command -g --group -G --supp-group -s --shell -u --user -w --whitelist-environment",
  ),
  script: ["-c", "--command", "--session-command"],
  user: { options: ["-u", "--user"], default: "root" },
};

/**
 * Every program that Launch Guard looks through, by its base name. Options are from each program's own manual:
 * sudo(8), env(1), timeout(1), nice(1), stdbuf(1), setsid(1), su(1), runuser(1), srun(1), `tini -h`, dumb-init's README,
 * `conda run --help`, `uv run --help`, `pixi run --help`, xvfb-run(1), numactl(8), apptainer-exec(1).
 */
export const wrappers: Readonly<Record<string, Wrapper>> = {
  sudo: {
    values: words(
      "-u --user -g --group -h --host -p --prompt -C --close-from -r --role -t --type -T --command-timeout -U --other-user -D --chdir -R --chroot",
    ),
    assignments: true,
    user: { options: ["-u", "--user"], default: "root" },
  },
  doas: { values: ["-u", "-C"], user: { options: ["-u"], default: "root" } },
  env: {
    values: ["-u", "--unset", "-C", "--chdir", "-S", "--split-string"],
    assignments: true,
    splits: ["-S", "--split-string"],
  },
  nohup: {},
  exec: { values: ["-a"] },
  command: {},
  time: { values: ["-f", "--format", "-o", "--output"] },
  nice: { values: ["-n", "--adjustment"] },
  ionice: { values: ["-c", "--class", "-n", "--classdata"] },
  stdbuf: { values: ["-i", "--input", "-o", "--output", "-e", "--error"] },
  timeout: { values: ["-k", "--kill-after", "-s", "--signal"], skip: 1 },
  setsid: {},
  numactl: {
    values: words("-C -m -N -i -p --cpunodebind --membind --physcpubind --interleave --preferred"),
  },
  taskset: { skip: 1 },
  tini: { values: ["-p", "-e"] },
  "tini-static": { values: ["-p", "-e"] },
  "docker-init": { values: ["-p", "-e"] },
  "dumb-init": { values: ["-r", "--rewrite"] },
  gosu: { skip: 1, user: { skipped: true } },
  "su-exec": { skip: 1, user: { skipped: true } },
  setpriv: { values: ["--reuid", "--regid", "--groups", "--inh-caps", "--bounding-set"] },
  su: runUser,
  runuser: runUser,
  conda: condaRun,
  mamba: condaRun,
  micromamba: condaRun,
  poetry: { subcommand: [["run"]], values: ["-C", "--directory", "-P", "--project"] },
  pipenv: { subcommand: [["run"]], values: ["--python"] },
  pdm: { subcommand: [["run"]], values: ["-p", "--project", "--venv"] },
  hatch: { subcommand: [["run"]], values: ["-e", "--env", "-p", "--project"] },
  rye: { subcommand: [["run"]], values: ["--pyproject"] },
  uv: {
    subcommand: [["run"], ["tool", "run"]],
    values: [...(uvx.values ?? []), "--extra", "--group", "--no-group", "--package", "--project", "-m", "--module"],
    module: ["-m", "--module"],
  },
  uvx,
  pipx: { subcommand: [["run"]], values: ["--spec", "--python", "--index-url", "--pip-args"] },
  npx: { values: ["-p", "--package", "-c", "--call"], script: ["-c", "--call"] },
  pixi: { subcommand: [["run"]], values: ["-e", "--environment", "--manifest-path"] },
  "xvfb-run": {
    values: words("-e --error-file -f --auth-file -n --server-num -p --xauth-protocol -s --server-args -w --wait"),
  },
  srun: { values: slurm },
  singularity: apptainerExec,
  apptainer: apptainerExec,
  "run-one": {},
  "run-one-constantly": {},
};

/** Programs that run a script: the value of `-c`, a file, or their standard input. */
export const shells: ReadonlySet<string> = new Set(["sh", "bash", "zsh", "dash", "ash", "ksh"]);

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}
