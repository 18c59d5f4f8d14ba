"""A notebook that somebody left open: a kernel on the Jupyter at argv[1] with something in its memory. The token is the
first line of stdin; each further line is a cell. A cell that begins with `again:` comes over a new websocket."""

import sys

from kernel import Kernel

kernel = Kernel(sys.argv[1], sys.stdin.readline().strip())
kernel.run("kept = 42")
print("ready", flush=True)
for line in sys.stdin:
    if line.startswith("again:"):
        kernel.connect()
    print(kernel.run(line.removeprefix("again:").strip()), flush=True)
kernel.end()
