#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sum the bytes that each program reads."""

import sys

from dtrace import DTraceConsumer

SCRIPT = "sysinfo:::readch { @bytes[execname] = sum(arg0); }"


def main(seconds: float) -> None:
    DTraceConsumer(chew_func=None, chewrec_func=None).run(SCRIPT, runtime=seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
