# SPDX-License-Identifier: MIT
"""Measure how fast records are consumed by a chew and a chewrec callback in Python.

A child fills the rings while the consumer waits for its switchrate; time is taken from the first
callback to the last. Prints `NAME RECORDS SECONDS DROPS BARE_SECONDS`, the first four as
bench/consume does for C. BARE_SECONDS is what the interpreter takes for the same calls of the same
callbacks when nothing but a loop in C makes them.
"""

import collections
import itertools
import subprocess
import sys
import time
import warnings
from pathlib import Path

from dtrace import DTraceConsumer

RECORDS = 400_000
SYSCALLS = Path(__file__).resolve().parent.parent / "build/test/trigger/syscalls"
SCRIPT = 'syscall::getppid:entry /execname == "syscalls"/ { trace(pid); }'


def bare_seconds(*callbacks):
    """The time of one call of each callback per record."""
    begin = time.perf_counter()
    for callback in callbacks:
        collections.deque(map(callback, itertools.repeat(0, RECORDS)), maxlen=0)
    return time.perf_counter() - begin


def main():
    seen = 0
    first = last = 0.0

    def chew(_cpu):
        nonlocal seen, first, last
        seen += 1
        if seen == 1:
            first = time.perf_counter()
        elif seen == RECORDS:
            last = time.perf_counter()

    def chewrec(_action):
        pass

    consumer = DTraceConsumer(chew_func=chew, chewrec_func=chewrec, out_func=None, walk_func=None)
    child = subprocess.Popen(["sh", "-c", f"sleep 0.3; exec {SYSCALLS} {RECORDS}"])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        consumer.run(SCRIPT, runtime=4, bufsize="64m", switchrate="3s")
    child.wait()
    records, seconds = seen, (last or time.perf_counter()) - first
    seen = 0
    bare = min(bare_seconds(chew, chewrec) for _ in range(5))
    print("pid", records, seconds, len(caught), bare)


if __name__ == "__main__":
    sys.exit(main())
