# SPDX-License-Identifier: MIT
"""reclaim.py DISK: fill the page cache with the disk's blocks and have some of it reclaimed.

Prints how many pages it says that it has looked at and freed.
"""

import os
import sys
from pathlib import Path

NODE = Path("/sys/devices/system/node/node0/reclaim")
GROUP = Path(f"/sys/fs/cgroup/reclaim-{os.getpid()}")


def counts(path, *names):
    """The sums of a file's counts whose names begin with NAMES and end with a reclaimer's."""
    lines = [line.split() for line in path.read_text().splitlines()]
    return [sum(int(n) for name, n in lines if name in group) for group in names]


def fill():
    with open(f"/dev/{sys.argv[1]}", "rb") as disk:
        os.posix_fadvise(disk.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        disk.read()
        return disk


def reclaim(into, stat, *names):
    before = counts(stat, *names)
    try:
        into.write_text("2M")
    except OSError as error:
        if error.errno != 11:  # EAGAIN: less than that
            raise
    print(*(a - b for a, b in zip(counts(stat, *names), before, strict=True)), flush=True)


if NODE.exists():
    fill()
    reclaim(NODE, Path("/proc/vmstat"), ["pgscan_proactive"], ["pgsteal_proactive"])
else:
    (GROUP.parent / "cgroup.subtree_control").write_text("+memory")
    GROUP.mkdir()
    (GROUP / "cgroup.procs").write_text("0")
    fill()
    reclaim(GROUP / "memory.reclaim", GROUP / "memory.stat", ["pgscan"], ["pgsteal"])
    (GROUP.parent / "cgroup.procs").write_text("0")
    GROUP.rmdir()
