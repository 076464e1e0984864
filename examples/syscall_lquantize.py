#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draw which file descriptors programs read; lquantize()'s buckets have equal width."""

import sys

from dtrace import DTraceConsumer

SCRIPT = "syscall::read:entry { @dist[execname] = lquantize(arg0, 0, 12, 2); }"


def draw(_action: int, _identifier: int, keys: list, buckets: list) -> None:
    """Print every bucket; the first and the last have one bound only."""
    print(f"\n{keys[0]}\n{'descriptor':>22s} {'':40s} count")
    most = max(1, *(count for _, count in buckets))
    last = len(buckets) - 1
    for i, ((low, high), count) in enumerate(buckets):
        label = f"< {high + 1}" if i == 0 else f">= {low}" if i == last else f"{low} .. {high}"
        print(f"{label:>22s} {'@' * (40 * count // most):40s} {count}")


def main(seconds: float) -> None:
    DTraceConsumer(None, None, None, draw, text=True).run(SCRIPT, runtime=seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
