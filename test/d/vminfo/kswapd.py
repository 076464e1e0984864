# SPDX-License-Identifier: MIT
"""Have the kernel find memory short for a moment, and print how often kswapd ran meanwhile."""

import mmap
import time
from pathlib import Path

RESERVE = Path("/proc/sys/vm/min_free_kbytes")


def value(file, name):
    """A line's number of /proc/FILE."""
    lines = Path("/proc", file).read_text().replace(":", "").splitlines()
    return next(int(line.split()[1]) for line in lines if line.split()[0] == name)


runs, kept = value("vmstat", "pageoutrun"), RESERVE.read_text()
RESERVE.write_text(str(value("meminfo", "MemFree") - 200 * 1024))
try:
    memory = mmap.mmap(-1, 20 << 20)
    for at in range(0, len(memory), mmap.PAGESIZE):
        memory[at] = 1
    time.sleep(0.2)
finally:
    RESERVE.write_text(kept)
time.sleep(0.2)
print(value("vmstat", "pageoutrun") - runs, flush=True)
