#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draw the distribution of read sizes of each program; quantize()'s buckets are powers of two."""

import sys

from dtrace import DTraceConsumer

SCRIPT = "sysinfo:::readch { @dist[execname] = quantize(arg0); }"


def draw(_action: int, _identifier: int, keys: list, buckets: list) -> None:
    """Print the buckets that are not empty, each with a bar."""
    print(f"\n{keys[0]}\n{'bytes':>22s} {'':40s} count")
    most = max(count for _, count in buckets)
    for (low, high), count in buckets:
        if count:
            print(f"{f'{low} .. {high}':>22s} {'@' * (40 * count // most):40s} {count}")


def main(seconds: float) -> None:
    DTraceConsumer(None, None, None, draw, text=True).run(SCRIPT, runtime=seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
