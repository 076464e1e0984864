# SPDX-License-Identifier: MIT
"""direct.py DISK WRITES READS BYTES: write and read the disk's first blocks, past the page cache.

Prints how often the process left its CPU by itself meanwhile.
"""

import mmap
import os
import resource
import sys

disk, writes, reads, size = sys.argv[1], *map(int, sys.argv[2:])
fd = os.open(f"/dev/{disk}", os.O_RDWR | os.O_DIRECT)
block = mmap.mmap(-1, size)
before = resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw
for i in range(writes):
    os.pwritev(fd, [block], i * size)
for i in range(reads):
    os.preadv(fd, [block], i * size)
print(resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw - before, flush=True)
