#!/usr/bin/env bash
# Trains on the cluster and shows the curves to whoever wants to see them.
set -euo pipefail

logs=runs/$(date +%Y-%m-%d)

ray start --head --port=6379 --dashboard-host=0.0.0.0
trap 'ray stop' EXIT

tensorboard --logdir "$logs" --bind_all &

python train.py --epochs 20 --logdir "$logs"
