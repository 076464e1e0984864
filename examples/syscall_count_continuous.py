#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Count system calls in a thread.

The aggregation is walked once per second; each walk gets what was added since the last one.
"""

import sys
import time
from collections import Counter

from dtrace import DTraceConsumerThread

SCRIPT = "syscall:::entry { @num[execname] = count(); }"


def main(seconds: float) -> None:
    calls: Counter[str] = Counter()

    def walk(_action: int, _identifier: int, keys: list, value: int) -> None:
        calls[keys[0]] += value

    thread = DTraceConsumerThread(
        SCRIPT, chew_func=None, chewrec_func=None, walk_func=walk, text=True
    )
    thread.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(min(1, seconds))
        print("so far:", ", ".join(f"{name} {count}" for name, count in calls.most_common(5)))
    thread.stop()
    thread.join()
    print("in all:", sum(calls.values()), "system calls of", len(calls), "programs")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5)
