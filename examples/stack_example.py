#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sample the kernel's stacks 99 times a second and print the most frequent ones."""

import sys

from dtrace import DTraceConsumer

SCRIPT = "profile-99 /arg0/ { @stacks[stack()] = count(); }"


def main(seconds: float) -> None:
    stacks: dict[tuple[str, ...], int] = {}

    def walk(_action: int, _identifier: int, keys: list, value: int) -> None:
        stacks[keys[0]] = stacks.get(keys[0], 0) + value

    DTraceConsumer(None, None, None, walk).run(SCRIPT, runtime=seconds)
    print(len(stacks), "different stacks")
    for frames, count in sorted(stacks.items(), key=lambda item: -item[1])[:5]:
        print("\n".join(f"    {frame}" for frame in frames))
        print(f"    {count}\n")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 4)
