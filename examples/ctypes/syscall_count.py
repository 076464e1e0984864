#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Count the system calls of each program, with the raw consumer's default callbacks."""

import sys

from dtrace_ctypes import consumer

SCRIPT = "syscall:::entry { @num[execname] = count(); }"


def main(seconds: float) -> None:
    consumer.DTraceConsumer(chew_func=None).run(SCRIPT, seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
