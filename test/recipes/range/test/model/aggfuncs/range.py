# SPDX-License-Identifier: MIT
"""range(): the largest value less the smallest."""

BITS = 62  # so that the difference fits in 64 bits


def number(values):
    return max(values) - min(values)
