#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Walk aggregations in C's terms: the key execname is at offset 16, the value at 272."""

import sys
from ctypes import c_char_p, c_int64, cast

from dtrace_ctypes import consumer, dtrace_structs

SCRIPT = "syscall:::entry { @num[execname] = count(); }"


def my_walk(data, arg) -> int:
    """Read key and value of a dtrace_aggdata."""
    address = data.contents.dtada_data
    name = cast(address + 16, c_char_p).value.decode()
    count = consumer.deref(address + 272, c_int64).value
    print(f"{name:20s} {count:10d}")
    return dtrace_structs.DTRACE_AGGWALK_REMOVE


def main(seconds: float) -> None:
    consumer.DTraceConsumer(chew_func=None, walk_func=my_walk).run(SCRIPT, seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
