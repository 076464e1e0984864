# SPDX-License-Identifier: MIT
"""major.py DISK PAGES: touch pages of a disk that are not in memory, one by one, and print how many
major faults the process was told it had meanwhile, and pages that it caused to be read."""

import mmap
import os
import resource
import sys

PAGE = mmap.PAGESIZE
disk, pages = sys.argv[1], int(sys.argv[2])
fd = os.open(f"/dev/{disk}", os.O_RDWR)


def read_bytes():
    """As /proc shows them for this process."""
    with open("/proc/self/io") as file:
        return int(dict(line.split(": ") for line in file)["read_bytes"])


memory = mmap.mmap(fd, pages * PAGE)
memory.madvise(mmap.MADV_RANDOM)  # nothing is read ahead
os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
before, read = resource.getrusage(resource.RUSAGE_SELF).ru_majflt, read_bytes()
os.getppid()
for i in range(pages):
    _ = memory[i * PAGE]
os.getppid()
after = resource.getrusage(resource.RUSAGE_SELF).ru_majflt
print(after - before, (read_bytes() - read) // PAGE, flush=True)
