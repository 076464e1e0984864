#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hello world: a callback gets what a D program prints."""

from dtrace import DTraceConsumer

SCRIPT = 'dtrace:::BEGIN { trace("Hello World"); exit(0); }'


def main() -> None:
    DTraceConsumer().run(SCRIPT)


if __name__ == "__main__":
    main()
