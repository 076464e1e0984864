# SPDX-License-Identifier: MIT
"""count(): the number of calls."""


def number(values):
    return len(values)
