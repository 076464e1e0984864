# SPDX-License-Identifier: MIT
"""stddev(): the standard deviation; the squares add up in 128 bits."""

import math

from aggmodel import divided, signed

BITS = 56  # so that 128 bits are enough for the squares


def number(values):
    mean = divided(signed(sum(values)), len(values))
    return math.isqrt(max(sum(v * v for v in values) // len(values) - mean * mean, 0))
