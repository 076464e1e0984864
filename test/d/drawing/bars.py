# SPDX-License-Identifier: MIT
"""Compare drawn aggregations with the rules of the text output; print how many are equal.

Values are small, negative, mixed and huge. Each case is an aggregation of its
own, with a scale of its own.
"""

import os
import subprocess
from fractions import Fraction

HUGE = 2**62
VALUES = (
    [3, 9],
    [0, 0],
    [1, 1000000],
    [-3, -9, -1],
    [-5, 0, 5],
    [-1, 100],
    [HUGE, HUGE, 1],
    [2**63 - 1, -(2**63)],
    [-(2**63), -1],
)


def trunc_half(count, size, total):
    """Return the length of a bar: half a character counts as one."""
    return int(Fraction(abs(count) * size) / total + Fraction(1, 2)) if total else 0


def bar(count, values, zoom):
    """Return 41 columns."""
    total = Fraction(max(map(abs, values)) * 100, 95) if zoom else sum(map(abs, values))
    some_below, some_above = any(v < 0 for v in values), any(v > 0 for v in values)
    if not some_below:
        n = trunc_half(count, 40, total)
        return "|" + "@" * n + " " * (40 - n)
    if not some_above:
        n = trunc_half(count, 40, total)
        return " " * (40 - n) + "@" * n + "|"
    m = trunc_half(count, 20, total)
    if count > 0:
        return " " * 20 + "|" + "@" * m + " " * (20 - m)
    return " " * (20 - m) + "@" * m + "|" + " " * 20


def header(width, key):
    title = "------------- Distribution -------------"
    return f"\n{key:>{width}} {title:>41} {'count':<9}\n"


def agghist(values, zoom):
    rows = sorted((v, k) for k, v in enumerate(values))
    lines = [f" {k:8d} {bar(v, values, zoom)} {v:<9d}\n" for v, k in rows]
    return header(9, "key") + "".join(lines)


def quantize_label(value):
    if value == 0:
        return 0
    power = 1 << min(abs(value).bit_length() - 1, 62)
    return power if value > 0 else -power


LABELS = [-(1 << i) for i in range(62, -1, -1)] + [0] + [1 << i for i in range(63)]


def quantize(pairs, zoom):
    """PAIRS are values and increments."""
    counts = dict.fromkeys(LABELS, 0)
    for value, increment in pairs:
        counts[quantize_label(value)] += increment
    shown = [i for i, label in enumerate(LABELS) if counts[label]]
    first, last = (max(shown[0] - 1, 0), min(shown[-1] + 1, 126)) if shown else (62, 64)
    inside = [counts[label] for label in LABELS[first : last + 1]]
    lines = [
        f"{label:16d} {bar(counts[label], inside, zoom)} {counts[label]:<9d}\n"
        for label in LABELS[first : last + 1]
    ]
    return header(16, "value") + "".join(lines) + "\n"


def aggpack(rows):
    """ROWS are lists of pairs as of quantize(), by key."""
    counts = [dict.fromkeys(LABELS, 0) for _ in rows]
    for row, pairs in zip(counts, rows, strict=True):
        for value, increment in pairs:
            row[quantize_label(value)] += increment
    used = [i for i, label in enumerate(LABELS) if any(row[label] for row in counts)]
    labels = LABELS[max(used[0] - 1, 0) : min(used[-1] + 1, 126) + 1]
    width = max(4, len(str(labels[0])), len(str(labels[-1])))
    text = f"\n{'key':>9} {'min':>{width}} .{'-' * len(labels)}. {'max':<{width}} | count\n"
    for key, row in enumerate(counts):
        total = sum(map(abs, row.values()))
        cells = ""
        for label in labels:
            c = row[label]
            levels, steps = ("__xxxxXX", 7) if c > 0 else ("vvvvVV", 5)
            cells += levels[trunc_half(c, steps, total)] if c else " "
        text += f" {key:8d} {labels[0]:{width}d} :{cells}: {labels[-1]:<{width}d}"
        text += f" | {sum(row.values())}\n"
    return text


def run(program, *options):
    command = [os.environ["DTRACE"], "-q", *options, "-n", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def literal(value):
    return "(-9223372036854775807 - 1)" if value == -(2**63) else str(value)


def compare(options, statements, wanted):
    """Each of the statements has an aggregation of its own, which is shown as one of WANTED."""
    program = "\n".join(s.replace("@", f"@a{i}") for i, s in enumerate(statements))
    got = run(f"BEGIN {{ {program} exit(0); }}", *options)
    if got == "\n" + "".join(wanted):
        return len(wanted)
    print(f"{program}\n--- wanted\n{''.join(wanted)}--- got\n{got}")
    return 0


def weighted(rows):
    return [
        " ".join(f"@ = quantize({literal(v)}, {n});" for v, n in row) for row in rows
    ]


def main():
    equal = 0
    sums = [" ".join(f"@[{k}] = sum({literal(v)});" for k, v in enumerate(row)) for row in VALUES]
    weights = [[(v, k + 1) for k, v in enumerate(row)] for row in VALUES]
    weights += [[(k + 1, v % 1000 - 500) for k, v in enumerate(row)] for row in VALUES]
    for zoom in (False, True):
        options = ["-x", "aggzoom"] if zoom else []
        equal += compare([*options, "-x", "agghist"], sums, [agghist(v, zoom) for v in VALUES])
        equal += compare(options, weighted(weights), [quantize(row, zoom) for row in weights])
    packs = [
        [[(v, 3 * k + 1), (v // 2, 2), (k, 1 - 2 * k)] for k, v in enumerate(row)] for row in VALUES
    ]
    statements = [
        " ".join(
            f"@[{k}] = quantize({literal(v)}, {n});" for k, row in enumerate(rows) for v, n in row
        )
        for rows in packs
    ]
    options = ["-x", "aggpack", "-x", "encoding=ascii", "-x", "aggsortkey"]
    equal += compare(options, statements, [aggpack(rows) for rows in packs])
    print(f"{equal} equal")


main()
