#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hello world over ctypes: a raw callback gets the library's structure."""

from ctypes import c_char_p

from dtrace_ctypes import consumer

SCRIPT = 'dtrace:::BEGIN { trace("Hello World"); exit(0); }'


def my_out(bufdata, arg) -> int:
    """Print the text of a dtrace_bufdata."""
    print("out >", c_char_p(bufdata.contents.dtbda_buffered).value.strip().decode())
    return 0


def main() -> None:
    consumer.DTraceConsumer(out_func=my_out).run(SCRIPT)


if __name__ == "__main__":
    main()
