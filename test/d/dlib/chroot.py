# SPDX-License-Identifier: MIT
"""Makes a seek that cannot succeed in DIRECTORY, and in DIRECTORY/jail as root directory."""

import contextlib
import os
import sys


def show():
    with contextlib.suppress(OSError):
        os.lseek(0, -4000001, os.SEEK_CUR)


os.makedirs(sys.argv[1] + "/jail/cell")
os.chdir(sys.argv[1])
show()
os.chroot("jail")
os.chdir("/cell")
show()
