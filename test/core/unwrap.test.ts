import assert from "node:assert/strict";
import { findingsIn, marked } from "./check.ts";

/** Whatever is in front of it, the launch is found and the address underlined where it stands. */
const wrapped = [
  "sudo -E -u jupyter «»",
  "sudo HOME=/root «»",
  "doas -u jupyter «»",
  "env -u DISPLAY A=1 B=2 «»",
  "nohup «» > log 2>&1 &",
  "exec «»",
  "time «»",
  "time -p «»",
  "nice -n 10 «»",
  "nice -10 «»",
  "ionice -c 3 «»",
  "stdbuf -oL -e 0 «»",
  "timeout -k 5 1h «»",
  "timeout --signal=TERM 1h «»",
  "setsid -f «»",
  "setsid nohup «» &",
  "tini -g -- «»",
  "/usr/bin/tini -- «»",
  "dumb-init -- «»",
  "gosu jupyter:users «»",
  "su-exec 1000:100 «»",
  "su -c '«»' jupyter",
  'su - jupyter -c "«»"',
  "runuser -u jupyter -- «»",
  "bash -c '«»'",
  'bash -lc "«»"',
  "sh -ec '«»'",
  'zsh -c "cd /work && «»"',
  "bash -c 'exec $0 \"$@\"' true; «»",
  "eval «»",
  'eval "«»"',
  "conda run -n ml «»",
  "conda run --no-capture-output -n ml «»",
  "mamba run -n ml «»",
  "micromamba run -n ml «»",
  "poetry run «»",
  "pipenv run «»",
  "pdm run «»",
  "hatch run «»",
  "uv run --with jupyterlab «»",
  "uv run --python 3.12 -- «»",
  "uv tool run «»",
  "uvx --from jupyterlab «»",
  "pixi run -e default «»",
  "pixi run --frozen «»",
  "xvfb-run -a -s '-screen 0 1x1x8' «»",
  "screen -dmS lab «»",
  "screen -dm bash -c '«»'",
  "tmux new -d -s lab '«»'",
  "tmux new-session -d «»",
  "tmux send-keys -t lab '«»' Enter",
  "srun --gres=gpu:1 --pty «»",
  "apptainer exec --nv -B /data:/data image.sif «»",
  "$SUDO «»",
  "numactl --cpunodebind=0 «»",
  "ssh gpubox '«»'",
  "ssh -L 8888:localhost:8888 user@gpubox «»",
  'ssh -p 2222 gpubox "nohup «» &"',
  "docker exec -it lab «»",
  "docker exec -u root -e A=1 lab bash -c '«»'",
  "docker run --rm -p 8888:8888 python:3.12 «»",
  "docker run -itdp 8888:8888 --gpus all -v /a:/b --name lab python:3.12 bash -c '«»'",
  "docker container run -p=8888:8888 --shm-size 8g python «»",
  "podman run --rm --replace --publish 8888:8888 python «»",
  "nerdctl run -d -p8888:8888 python «»",
  "docker --context remote run -d -P python «»",
  "docker compose run --rm --service-ports lab «»",
  "docker-compose -f a.yml run -p 8888:8888 lab «»",
  "docker run $ARGS -p 8888:8888 python «»",
  "kubectl exec -it pod -- «»",
  "kubectl exec -n ml deploy/lab -- bash -c '«»'",
  "sudo nohup env A=1 bash -lc 'conda run -n ml tini -- «»'",
  "bash <<'EOF'\n«»\nEOF",
  "ssh gpubox <<EOF\n«»\nEOF",
  "docker exec -i lab bash <<EOF\n«»\nEOF",
  "(cd /work && «») &",
  "{ «»; } || true",
  "if true; then «»; fi",
  "for port in 1 2; do «»; done",
  "while true; do «»; sleep 1; done",
  "start() { «»; }\nstart",
  "out=$(«»)",
];

describe("unwrapping", () => {
  for (const around of wrapped) {
    it(`sees through ${around}`, () => {
      const launch = "jupyter lab --ip=0.0.0.0";
      const text = `${around.replace("«»", launch)}\n`;
      const binds = findingsIn("launch.sh", text).filter(({ rule }) => rule === "public-bind");
      const expected = `${around.replace("«»", "jupyter lab --ip=«0.0.0.0»")}\n`;
      assert.deepEqual(
        binds.map(({ at }) => marked(text, at)),
        [expected],
      );
    });
  }

  const nothing = [
    "echo jupyter lab --ip=0.0.0.0",
    "# jupyter lab --ip=0.0.0.0",
    "grep 'jupyter lab --ip=0.0.0.0' log",
    "conda install jupyter --ip=0.0.0.0",
    "docker build -t jupyter .",
    "docker run python echo jupyter lab --ip=0.0.0.0",
    "jupyter lab --version --ip=0.0.0.0",
    "jupyter server list --ip=0.0.0.0",
    "cat <<EOF\njupyter lab --ip=0.0.0.0\nEOF",
    "$LAUNCHER lab --ip=0.0.0.0",
  ];
  for (const text of nothing) {
    it(`finds no launch in ${text}`, () => {
      assert.deepEqual(
        findingsIn("launch.sh", `${text}\n`).map(({ rule, at }) => `${rule} ${marked(text, at)}`),
        [],
      );
    });
  }
});
