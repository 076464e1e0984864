#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Read the buckets of quantize() from the structure.

`dtrace_ctypes.DTraceConsumer` passes them to its callback as a list.
"""

import sys
from ctypes import POINTER, addressof, c_int64, cast

from dtrace_ctypes import consumer
from dtrace_ctypes.dtrace_structs import (
    DTRACE_AGGWALK_REMOVE,
    DTRACE_QUANTIZE_NBUCKETS,
    DTRACE_QUANTIZE_ZEROBUCKET,
    dtrace_recdesc,
)

SCRIPT = "sysinfo:::readch { @dist = quantize(arg0); }"


def my_walk(data, arg) -> int:
    """Print the buckets from zero on that are not empty."""
    desc = data.contents.dtada_desc.contents
    records = cast(addressof(desc.dtagd_rec), POINTER(dtrace_recdesc))
    value = records[desc.dtagd_nrecs - 1]
    buckets = (c_int64 * DTRACE_QUANTIZE_NBUCKETS).from_address(
        data.contents.dtada_data + value.dtrd_offset
    )
    for i in range(DTRACE_QUANTIZE_ZEROBUCKET, DTRACE_QUANTIZE_NBUCKETS):
        if buckets[i]:
            power = i - DTRACE_QUANTIZE_ZEROBUCKET - 1
            label = 1 << power if power >= 0 else 0
            print(f"{label:16d} {buckets[i]:10d}")
    return DTRACE_AGGWALK_REMOVE


def main(seconds: float) -> None:
    consumer.DTraceConsumer(chew_func=None, walk_func=my_walk).run(SCRIPT, seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
