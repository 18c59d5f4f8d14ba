"""Runs a program on a terminal of its own: `terminal.py PROGRAM [ARGUMENT…]`.

What it prints goes to standard output, and what comes on standard input is typed. Ends with the program's exit code, or
with 128 and the number of the signal that ended it.
"""

import os
import pty
import select
import sys
import termios

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])

inputs = [terminal, 0]
while True:
    ready, _, _ = select.select(inputs, [], [])
    if 0 in ready:
        typed = os.read(0, 4096)
        if typed:
            os.write(terminal, typed)
        else:
            inputs.remove(0)
    if terminal in ready:
        try:
            shown = os.read(terminal, 4096)
        except OSError:
            # Linux: the last process on the terminal has closed it.
            shown = b""
        if not shown:
            break
        os.write(1, shown)

_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
