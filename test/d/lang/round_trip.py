# SPDX-License-Identifier: MIT
"""Compiles each script of some topics, and what dtrace -d prints of it, and compares the trees.

Prints the scripts for which they differ, and whether there were enough of them.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TOPICS = ["flow", "lang", "ops", "pointers", "spec"]
FLAGS = ["-w", "-Z", "-xdefaultargs", "-e"]
ENOUGH = 50


def dtrace(*args):
    command = [os.environ["DTRACE"], *FLAGS, *args]
    return subprocess.run(command, capture_output=True, timeout=20, check=False)


def tree(script):
    done = dtrace("-xtree", "-s", script)
    return None if done.returncode else done.stderr


def is_same(script, again):
    """None: the script wants more than the flags, so that it does not compile here."""
    before = tree(script)
    if before is None:
        return None
    options = [line for line in script.read_bytes().splitlines(True) if b"#pragma D option" in line]
    again.write_bytes(b"".join(options) + dtrace("-d", "-s", script).stdout)
    return tree(again) == before


def main():
    scripts = [path for topic in TOPICS for path in sorted(Path("..", topic).glob("tst.*.d"))]
    with tempfile.TemporaryDirectory() as place:
        same = {script: is_same(script, Path(place, "again.d")) for script in scripts}
    for script, verdict in same.items():
        if verdict is False:
            print(script)
    print("enough" if list(same.values()).count(True) >= ENOUGH else "too few")


sys.exit(main())
