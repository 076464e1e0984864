#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Count system calls in a thread.

The default walk keeps the entries, so each walk prints running totals.
"""

import sys
import time

from dtrace_ctypes import consumer

SCRIPT = "syscall:::entry { @num[execname] = count(); }"


def main(seconds: float) -> None:
    thread = consumer.DTraceConsumerThread(SCRIPT, chew_func=None)
    thread.start()
    time.sleep(seconds)
    thread.stop()
    thread.join()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5)
