# SPDX-License-Identifier: MIT
"""swap.py DISK PAGES: have pages of memory swapped out to the disk and in again.

Prints how many the kernel has counted.
"""

import mmap
import os
import subprocess
import sys

MADV_PAGEOUT = 21
disk, pages = sys.argv[1], int(sys.argv[2])


def counted(name):
    """A count of /proc/vmstat."""
    with open("/proc/vmstat") as file:
        return int(dict(line.split() for line in file)[name])


def touch(memory):
    return sum(memory[i * mmap.PAGESIZE] for i in range(pages))


memory = mmap.mmap(-1, pages * mmap.PAGESIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory.madvise(mmap.MADV_NOHUGEPAGE)
for i in range(pages):
    memory[i * mmap.PAGESIZE : i * mmap.PAGESIZE + 8] = os.urandom(8)
subprocess.run(["mkswap", f"/dev/{disk}"], check=True, stdout=subprocess.DEVNULL)
subprocess.run(["swapon", f"/dev/{disk}"], check=True)
try:
    out, back = counted("pswpout"), counted("pswpin")
    memory.madvise(MADV_PAGEOUT)
    touch(memory)
    print(counted("pswpout") - out, counted("pswpin") - back, flush=True)
finally:
    subprocess.run(["swapoff", f"/dev/{disk}"], check=True)
