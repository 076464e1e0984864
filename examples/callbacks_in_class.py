#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Callbacks that are methods: an object collects the data of a D program."""

import sys

from dtrace import DTraceConsumer

SCRIPT = """
syscall::openat:entry { self->path = arg1; }

syscall::openat:return /self->path/ {
    /* The kernel has read the path by now, so it is in memory. */
    printf("%s opens %s", execname, copyinstr(self->path));
    @[execname] = count();
    self->path = 0;
}
"""


class Opens:
    """The files that programs open, and how many each program opens."""

    def __init__(self) -> None:
        self.firings = 0
        self.lines: list[str] = []
        self.counts: dict[str, int] = {}

    def chew(self, cpu: int) -> None:
        self.firings += 1

    def chewrec(self, action: int) -> None:
        """Ignore the single actions."""

    def out(self, value: str) -> None:
        self.lines.append(value)

    def walk(self, identifier: int, keys: list, value: int) -> None:
        self.counts[keys[0]] = value

    def trace(self, seconds: float) -> None:
        consumer = DTraceConsumer(self.chew, self.chewrec, self.out, self.walk, text=True)
        consumer.run(SCRIPT, runtime=seconds)


def main(seconds: float) -> None:
    opens = Opens()
    opens.trace(seconds)
    print("\n".join(opens.lines[:10]))
    print(opens.firings, "firings;", opens.counts)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
