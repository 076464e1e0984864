# SPDX-License-Identifier: MIT
"""Move from CPU to CPU 20 times, between two calls of getppid()."""

import os

cpus = sorted(os.sched_getaffinity(0))[:2]
os.sched_setaffinity(0, {cpus[0]})
os.getppid()
for i in range(20):
    os.sched_setaffinity(0, {cpus[(i + 1) % 2]})
os.getppid()
