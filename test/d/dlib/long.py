# SPDX-License-Identifier: MIT
"""Opens directories under DIRECTORY whose path names are long, and too long."""

import contextlib
import os
import sys


def show(fd, what):
    with contextlib.suppress(OSError):
        os.lseek(fd, what, os.SEEK_CUR)


def descend(names):
    for name in names:
        os.mkdir(name)
        os.chdir(name)


os.chdir(sys.argv[1])
descend(["n"] * 100 + ["last"])
show(os.open(".", os.O_RDONLY), -4000001)
descend(["x" * 250] * 20)
show(os.open(".", os.O_RDONLY), -4000002)
descend(["n"] * 300)
os.chdir("/")
