# SPDX-License-Identifier: MIT
"""min(): the smallest value."""


def number(values):
    return min(values)
