# SPDX-License-Identifier: MIT
"""Calls a Python function a thousand times, from C."""


def f(n):
    return n


list(map(f, range(1000)))
