"""Starts a kernel on the Jupyter at argv[1], runs the cell in argv[2] and prints what it printed. The token is stdin."""

import sys

import requests
from kernel import Kernel

address, cell = sys.argv[1:]
print("without token:", requests.get(f"{address}/api/status", timeout=30).status_code)
kernel = Kernel(address, sys.stdin.read().strip())
print("cell:", kernel.run(cell))
kernel.end()
