#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draw how long each disk takes for what it is asked: reads, writes and flushes."""

import sys

from dtrace import DTraceConsumer

SCRIPT = """
io:::start { start[arg0] = timestamp; }

io:::done
/start[arg0]/
{
    @took[args[1]->dev_statname, args[0]->b_flags & B_READ ? "read" : args[0]->b_bcount ?
        "write" : "flush"] = quantize((timestamp - start[arg0]) / 1000);
    start[arg0] = 0;
}
"""


def draw(_action: int, _identifier: int, keys: list, buckets: list) -> None:
    """Print the buckets from the first to the last that is not empty."""
    device, what = keys
    print(f"\n{device}, {what}\n{'microseconds':>22s} {'':40s} requests")
    most = max(count for _, count in buckets)
    filled = [i for i, (_, count) in enumerate(buckets) if count]
    for (low, high), count in buckets[filled[0] : filled[-1] + 1]:
        print(f"{f'{low} .. {high}':>22s} {'@' * (40 * count // most):40s} {count}")


def main(seconds: float) -> None:
    DTraceConsumer(None, None, None, draw, text=True).run(SCRIPT, runtime=seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
