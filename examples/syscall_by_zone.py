#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Count the system calls of each zone: the container of a program, "global" outside containers."""

import sys

from dtrace import DTraceConsumer

SCRIPT = "syscall:::entry { @num[zonename] = count(); }"


def main(seconds: float) -> None:
    DTraceConsumer(chew_func=None, chewrec_func=None).run(SCRIPT, runtime=seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
