# SPDX-License-Identifier: MIT
"""avg(): the mean, of a sum in 64 bits, truncated to an integer."""

from aggmodel import divided, signed


def number(values):
    return divided(signed(sum(values)), len(values))
