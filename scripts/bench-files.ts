/**
 * Files of 1,000 lines for the benchmark: what real ones are made of, repeated with other names. Scripts and Dockerfiles
 * start something every hundred lines or so; each service of a compose file does.
 */

/** Text for every sixth block. */
function sometimes(index: number, text: string, otherwise = ""): string {
  return index % 6 === 5 ? text : otherwise;
}

function lines(count: number, block: (index: number) => string): string {
  let text = "";
  let made = 0;
  for (let index = 0; made < count; index++) {
    const next = block(index);
    text += next;
    made += next.split("\n").length - 1;
  }
  return `${text.split("\n").slice(0, count).join("\n")}\n`;
}

export const dockerfile = lines(
  1000,
  (index) => `FROM python:3.12-slim AS stage${index}
ARG VERSION=${index}
ENV HOST=0.0.0.0 \\
    PORT=80${index}
# Packages that the notebooks need.
RUN apt-get update && apt-get install -y --no-install-recommends \\
      build-essential \\
      # a comment inside
      git curl \\
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt /tmp/
RUN pip install --no-cache-dir -r /tmp/requirements.txt \\
    && python -c "import sys; print(sys.version)"
WORKDIR /work/${index}
EXPOSE 8888
USER 1000
HEALTHCHECK CMD curl -f http://0.0.0.0:8888/api || exit 1
${sometimes(
  index,
  `CMD ["jupyter", "lab", "--ip=0.0.0.0", "--port=88${index}", "--no-browser", "--allow-root"]`,
  `CMD ["python", "-u", "/work/${index}/main.py", "--verbose"]`,
)}
`,
);

export const shellScript = lines(
  1000,
  (index) => `# Step ${index}
set -euo pipefail
DATA_DIR="\${DATA_DIR:-/data/${index}}"
if [[ -d "$DATA_DIR" ]]; then
  for file in "$DATA_DIR"/*.csv; do
    echo "reading $file" | tee -a "$DATA_DIR/log.txt"
  done
else
  mkdir -p "$DATA_DIR" && cp -r /mnt/share/set-${index}/. "$DATA_DIR"
fi
run_${index}() {
  local port=$((8000 + ${index}))
  python train.py --epochs 10 --out "$DATA_DIR/model-\${1:-x}.pt" >"$DATA_DIR/train.log" 2>&1 &
  wait "$!"
}
run_${index} "$(date +%s)"
${sometimes(
  index,
  `nohup tensorboard --logdir "$DATA_DIR/runs" --port 60${index % 90} --bind_all &
docker run -d --rm -p 127.0.0.1:5000:5000 -v "$DATA_DIR:/data" ghcr.io/mlflow/mlflow mlflow server --host 0.0.0.0`,
  `docker run --rm -v "$DATA_DIR:/data" postgres:16 pg_dump -h db -U app -f /data/dump-${index}.sql app
curl -fsSL "https://example.com/set-${index}.tar.gz" | tar -xz -C "$DATA_DIR"`,
)}
`,
);

export const composeFile = `services:\n${lines(
  999,
  (index) => `  lab${index}:
    image: quay.io/jupyter/base-notebook:2026-10-0${index % 10}
    command: start-notebook.py --ServerApp.root_dir=/work --port=\${PORT_${index}:-88${index}}
    environment:
      - JUPYTER_ENABLE_LAB=yes
      - DATA=/data/${index}
    ports:
      - "127.0.0.1:88${10 + (index % 80)}:8888"
    volumes:
      - ./work:/home/jovyan/work
      - data:/data
    deploy:
      resources:
        limits: { cpus: "2", memory: 4G }
    restart: unless-stopped
    depends_on: [db]
`,
)}`;
