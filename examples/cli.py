#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A small dtrace(1) in Python.

cli.py -n 'BEGIN { trace("Hello"); exit(0); }'
cli.py -s script.d argument ...
cli.py -x strsize=512 -n 'syscall::openat:entry { trace(copyinstr(arg1)); }'
cli.py -l 'syscall::read*:'
cli.py -c 'ls -l' -n 'syscall:::entry /pid == $target/ { @[probefunc] = count(); }'
"""

import argparse
import contextlib
import sys
import warnings

from dtrace import DTraceConsumer, DTraceError, probes


def parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="a small dtrace(1)")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("-n", metavar="PROGRAM", dest="program", help="run a program")
    what.add_argument("-s", metavar="FILE", dest="file", help="run the program in a file")
    what.add_argument("-l", metavar="PROBE", dest="probe", help="list probes")
    parser.add_argument("-x", metavar="OPTION[=VALUE]", dest="options", action="append", default=[])
    parser.add_argument("-c", metavar="COMMAND", dest="command", help="run a command, $target")
    parser.add_argument("-p", metavar="PID", dest="pid", type=int, help="grab a process, $target")
    parser.add_argument("arguments", nargs="*", help="macro arguments $1, $2, ...")
    return parser.parse_args(words)


def out(value: str) -> None:
    print(value, end="", flush=True)


def chew(cpu: int) -> None:
    """Begin a line for each firing."""
    print(f"\n{cpu:3d} ", end="")


def walk(_action: int, _identifier: int, keys: list, value: object) -> None:
    head = "  ".join(str(key) for key in keys)
    if isinstance(value, list):
        print(f"\n  {head}")
        for (low, _), count in value:
            if count:
                print(f"{low:>16d} | {count}")
    else:
        print(f"\n  {head:50s} {value:>16d}", end="")


def trace(options: argparse.Namespace) -> int:
    consumer = DTraceConsumer(chew, None, out, walk, text=True)
    for option in options.options:
        name, _, value = option.partition("=")
        consumer.setopt(name, value or None)
    program = options.program
    if options.file:
        with open(options.file, encoding="utf-8") as file:
            program = file.read()
    with contextlib.suppress(KeyboardInterrupt):  # by now END has fired and all data is shown
        consumer.run(
            program, None, args=options.arguments, command=options.command, pid=options.pid
        )
    print()
    return consumer.exit_status or 0


def main() -> int:
    options = parse(sys.argv[1:])
    warnings.simplefilter("always")
    try:
        if options.probe is not None:
            for probe in probes(options.probe):
                place = f"{probe.provider:>10s} {probe.module:>17s} {probe.function:>33s}"
                print(f"{probe.id:6d} {place} {probe.name}")
            return 0
        return trace(options)
    except DTraceError as error:
        print(f"cli.py: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
