# SPDX-License-Identifier: MIT
"""faults.py PAGES: read fresh pages, then write them, between two calls of getppid().

Prints how many faults the process was told it had meanwhile.
"""

import mmap
import os
import resource
import sys

pages = int(sys.argv[1])
memory = mmap.mmap(-1, pages * mmap.PAGESIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory.madvise(mmap.MADV_NOHUGEPAGE)
before = resource.getrusage(resource.RUSAGE_SELF)
os.getppid()
for i in range(pages):
    _ = memory[i * mmap.PAGESIZE]
for i in range(pages):
    memory[i * mmap.PAGESIZE] = 1
os.getppid()
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_minflt - before.ru_minflt + after.ru_majflt - before.ru_majflt, flush=True)
