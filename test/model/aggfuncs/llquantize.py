# SPDX-License-Identifier: MIT
"""llquantize(): powers of a factor, each divided into equal steps."""

BITS = 31  # most values are then within the range
ARGUMENTS = [(10, 0, 6, 20), (2, 3, 9, 4)]


def label(value, factor, low, high, steps):
    if value < factor**low:
        return f"< {factor**low}"
    for magnitude in range(low, high + 1):
        start, end = factor**magnitude, factor ** (magnitude + 1)
        if value < end:
            step = end // steps if end > steps else 1
            return str(start + (value - start) // step * step)
    return f">= {factor ** (high + 1)}"
