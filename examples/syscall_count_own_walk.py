#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Count system calls by process and program, and print them with a walk of our own."""

import sys

from dtrace import DTraceConsumer

SCRIPT = "syscall:::entry { @num[pid, execname] = count(); }"


def my_walk(identifier: int, keys: list, value: int) -> None:
    """Print one row; a walk that takes three arguments gets no action."""
    pid, name = keys
    print(f"{pid:8d} {name:20s} {value:10d}")


def main(seconds: float) -> None:
    print(f"{'PID':>8s} {'PROGRAM':20s} {'CALLS':>10s}")
    consumer = DTraceConsumer(chew_func=None, chewrec_func=None, walk_func=my_walk, text=True)
    consumer.run(SCRIPT, runtime=seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
