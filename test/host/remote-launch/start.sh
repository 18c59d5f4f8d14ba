#!/bin/sh
# Starts Jupyter on the machine with the graphics card.
ssh gpubox jupyter lab --ip=0.0.0.0 --port=47113 --no-browser
