# SPDX-License-Identifier: MIT
"""Run a command with its standard output on a terminal, and print what the terminal gets.

usage: on-terminal.py COMMAND...
"""

import os
import pty
import subprocess
import sys

master, slave = pty.openpty()
with subprocess.Popen(sys.argv[1:], stdout=slave) as process:
    os.close(slave)
    said = b""
    try:
        while chunk := os.read(master, 65536):
            said += chunk
    except OSError:  # what a terminal without writers gives
        pass
print(ascii(said.replace(b"\r\n", b"\n"))[2:-1].replace("\\n", "\n"))
sys.exit(process.returncode)
