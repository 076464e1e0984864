# SPDX-License-Identifier: MIT
"""quantize(): the largest power of two, of the value's sign, that is not beyond the value."""


def label(value):
    if value == 0:
        return "0"
    power = 1 << min(62, abs(value).bit_length() - 1)
    return str(power if value > 0 else -power)
