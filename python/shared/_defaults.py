# SPDX-License-Identifier: MIT
"""The callbacks of a consumer that was given none: each prints a readable line."""

from __future__ import annotations

from typing import Any

__all__ = ["simple_chew", "simple_chewrec", "simple_out", "simple_walk"]


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, tuple):
        return "\n".join(map(_text, value))
    return str(value)


def simple_chew(cpu: int) -> None:
    """Print the CPU on which a probe fired."""
    print("CPU :", cpu)


def simple_chewrec(action: int) -> None:
    """Print the kind of an action (``DTRACEACT_*``) that left a record."""
    print("Action :", action)


def simple_out(value: bytes | str) -> None:
    """Print what the D program printed."""
    print("Output :", _text(value))


def simple_walk(action: int, identifier: int, keys: list[Any], value: Any) -> None:
    """Print an aggregation's key and value; of a distribution, the buckets that hold something."""
    key = ", ".join(map(_text, keys))
    if not isinstance(value, list):
        print(f"{key:60s} : {value}")
        return
    print(f"{key:60s} :")
    for (low, high), count in value:
        if count:
            print(f"{low:>28d} .. {high:<20d} {count:>10d}")
