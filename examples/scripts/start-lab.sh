#!/usr/bin/env bash
# Starts a notebook server on a machine without containers: ./start-lab.sh [FOLDER]
set -euo pipefail

folder=${1:-$HOME/notebooks}
host=${LAB_HOST:-0.0.0.0}
port=${LAB_PORT:-8888}

cd "$folder"
nohup jupyter lab \
  --ip="$host" \
  --port="$port" \
  --ServerApp.token='' \
  --ServerApp.allow_origin='*' \
  --no-browser >lab.log 2>&1 &

echo "Your notebooks: http://$(hostname):$port"
