# SPDX-License-Identifier: MIT
"""direct.py DISK READS: read the disk's first blocks past the page cache, 20 per second at most.

Prints how often the process left its CPU by itself meanwhile.
"""

import contextlib
import mmap
import os
import resource
import sys
from pathlib import Path

GROUPS = Path("/sys/fs/cgroup")
PER_SECOND = 20


@contextlib.contextmanager
def slowed_down(device):
    """The process in a group that may not read faster, so that it has to wait."""
    top = GROUPS / "blkio" if (GROUPS / "blkio").exists() else GROUPS
    group = top / f"slow-{os.getpid()}"
    if top == GROUPS:
        (top / "cgroup.subtree_control").write_text("+io")
    group.mkdir()
    if top == GROUPS:
        (group / "io.max").write_text(f"{device} riops={PER_SECOND}")
    else:
        (group / "blkio.throttle.read_iops_device").write_text(f"{device} {PER_SECOND}")
    (group / "cgroup.procs").write_text("0")
    try:
        yield
    finally:
        (top / "cgroup.procs").write_text("0")
        group.rmdir()


disk, reads = sys.argv[1], int(sys.argv[2])
fd = os.open(f"/dev/{disk}", os.O_RDWR | os.O_DIRECT)
block = mmap.mmap(-1, mmap.PAGESIZE)
with slowed_down(Path(f"/sys/block/{disk}/dev").read_text().strip()):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw
    for i in range(reads):
        os.preadv(fd, [block], i * mmap.PAGESIZE)
    left = resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw - before
print(left, flush=True)
