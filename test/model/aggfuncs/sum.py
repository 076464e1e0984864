# SPDX-License-Identifier: MIT
"""sum(): the sum in 64 bits."""

from aggmodel import signed


def number(values):
    return signed(sum(values))
