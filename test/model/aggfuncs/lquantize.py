# SPDX-License-Identifier: MIT
"""lquantize(): equal steps between a base and a limit; of the value, 32 bits count."""

BITS = 31
ARGUMENTS = [(-100, 1000, 7), (-50, 50, 7)]
SLOW_ARGUMENTS = [(0, 60000)]


def label(value, base, limit, step=1):
    levels = (limit - base) // step
    if value < base:
        return f"< {base}"
    level = (value - base) // step
    return f">= {base + levels * step}" if level >= levels else str(base + level * step)
