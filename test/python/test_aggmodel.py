# SPDX-License-Identifier: MIT
"""Aggregations against a model in plain Python: every function, with keys of several types.

The values are arguments of lseek(2), which a child process calls with an invalid descriptor; so
nothing else on the machine is counted.  Snapshots are taken meanwhile: an update that is lost or
counted twice shows in the sums.
"""

import collections
import platform
import random
import sys

import pytest
from conftest import BUILD_PYTHON, TOP

sys.path.insert(0, str(TOP / "test/model"))
import aggmodel

CHILD = """
import ctypes, sys, threading
libc = ctypes.CDLL(None)
libc.syscall.argtypes = [ctypes.c_long] * 4
def call(lines):
    for line in lines:
        value, key = map(int, line.split())
        libc.syscall({number}, -1, value, key)
lines = sys.stdin.read().splitlines()
threads = [threading.Thread(target=call, args=(lines[i::{threads}],)) for i in range({threads})]
[t.start() for t in threads]
[t.join() for t in threads]
"""
LSEEK = {"x86_64": 8}.get(platform.machine(), 62)

SCRIPT = """
syscall::lseek:entry /pid == $target && (int)arg0 == -1/ {{ {update} }}
"""


def pairs(seed, count, bits):
    """Values of up to so many bits, of both signs, and small keys."""
    chance = random.Random(seed)
    return [
        (chance.getrandbits(chance.randint(1, bits)) * chance.choice((1, -1)), chance.randrange(7))
        for _ in range(count)
    ]


def traced(dt, update, values, tmp_path, threads=2, **options):
    """Entries of one run: {(variable, *keys): value}."""
    program, data = tmp_path / "child.py", tmp_path / "values"
    program.write_text(CHILD.format(number=LSEEK, threads=threads))
    data.write_text("".join(f"{value} {key}\n" for value, key in values))
    shell = tmp_path / "run"
    shell.write_text(f"exec {sys.executable} {program} < {data}\n")
    entries = {}

    def walk(action, identifier, keys, value):
        entries[identifier, *keys] = value

    consumer = dt.DTraceConsumer(None, None, lambda value: None, walk, **options)
    consumer.run(SCRIPT.format(update=update), None, command=["/bin/sh", str(shell)])
    assert not {kind: count for kind, count in consumer.drops.items() if count}
    return entries


def grouped(values):
    groups = collections.defaultdict(list)
    for value, key in values:
        groups[key].append(value)
    return groups


BUILD = BUILD_PYTHON.parent if (BUILD_PYTHON.parent / "tools/rows").exists() else TOP / "build"
CALLS = list(aggmodel.calls(BUILD))
NUMBERS = [call for call in CALLS if not call.is_distribution]
DISTRIBUTIONS = [call for call in CALLS if call.is_distribution] + [
    pytest.param(call, marks=pytest.mark.full_speed)
    for call in aggmodel.calls(BUILD, slow=True)
]


@pytest.mark.parametrize("row", aggmodel.functions(BUILD), ids=lambda row: row["name"])
def test_every_function_has_a_model(row):
    aggmodel.model_of(row)


@pytest.mark.parametrize("call", NUMBERS, ids=str)
def test_numbers(dt, tmp_path, call):
    values = pairs(str(call), 3000, min(call.bits, 60))
    got = traced(dt, f"@[arg2] = {call.of('(int64_t)arg1')};", values, tmp_path, aggrate="1ms")
    assert got == {(1, key): call.result(group) for key, group in grouped(values).items()}


@pytest.mark.parametrize("call", NUMBERS, ids=str)
def test_numbers_without_keys(dt, tmp_path, call):
    values = pairs(str(call), 2000, 31)
    got = traced(dt, f"@ = {call.of('(int64_t)arg1')};", values, tmp_path, aggrate="1ms")
    assert got == {(1,): call.result([value for value, _ in values])}


@pytest.mark.parametrize("call", NUMBERS, ids=str)
def test_two_programs_update_one_aggregation(dt, tmp_path, call):
    """Entry and return are separate programs that may interrupt each other: updates are atomic."""
    values = pairs(str(call), 1500, 40)
    text = call.of("self->value")
    update = f"""self->value = (int64_t)arg1; self->key = (int)arg2; @[self->key] = {text}; }}
        syscall::lseek:return /pid == $target && errno/ {{ @[self->key] = {text};"""
    got = traced(dt, update, values, tmp_path, aggrate="1ms")
    assert got == {(1, key): call.result(group * 2) for key, group in grouped(values).items()}


def counted(buckets, values):
    """The model of all: each value falls into the one bucket that holds it."""
    counts = dict.fromkeys([bounds for bounds, _ in buckets], 0)
    for value in values:
        (bounds,) = [bounds for bounds in counts if bounds[0] <= value <= bounds[1]]
        counts[bounds] += 1
    return [(bounds, counts[bounds]) for bounds in counts]


@pytest.mark.parametrize("call", DISTRIBUTIONS, ids=str)
def test_distributions(dt, tmp_path, call):
    is_slow = call.arguments in getattr(call.model, "SLOW_ARGUMENTS", [])
    values = pairs(str(call), 60 if is_slow else 1500, call.bits)
    got = traced(dt, f"@[arg2] = {call.of('(int64_t)arg1')};", values, tmp_path, aggrate="5ms")
    groups = grouped(values)
    assert {key for _, key in got} == set(groups)
    for (_, key), buckets in got.items():
        assert buckets == counted(buckets, groups[key])


EDGES = [
    0,
    1,
    -1,
    2,
    -2,
    3,
    -3,
    4,
    7,
    8,
    -8,
    -9,
    1 << 31,
    1 << 62,
    -(1 << 62),
    (1 << 63) - 1,
    -(1 << 63),
]


@pytest.mark.parametrize("edge", EDGES)
def test_edges_of_buckets(dt, edge):
    """Literal values, where neighbouring buckets meet."""
    literal = f"({edge + 1}LL - 1)" if edge == -(1 << 63) else f"({edge}LL)"
    found = []
    script = f"""BEGIN {{ @q = quantize({literal}); @l = lquantize({literal}, -3, 8, 1);
        @ll = llquantize({literal}, 2, 0, 3, 4); exit(0); }}"""
    dt.DTraceConsumer(
        None, None, None, lambda action, identifier, keys, value: found.append(value)
    ).run(script)
    # lquantize() looks at 32 bits of its value
    for buckets, value in zip(
        found, [edge, (edge + (1 << 31)) % (1 << 32) - (1 << 31), edge], strict=True
    ):
        assert buckets == counted(buckets, [value])


def test_weights(dt, tmp_path):
    values = pairs("weights", 800, 12)
    got = traced(dt, "@ = quantize((int64_t)arg1, arg2 - 3);", values, tmp_path)
    (buckets,) = got.values()
    counts = {bounds: 0 for bounds, _ in buckets}
    for value, key in values:
        (bounds,) = [bounds for bounds in counts if bounds[0] <= value <= bounds[1]]
        counts[bounds] += key - 3
    assert buckets == list(counts.items())


def test_several_variables_and_types_of_keys(dt, tmp_path):
    values = pairs("keys", 2000, 15)
    update = """@a[arg2, arg2 > 3 ? "high" : "low"] = count(); @b[(char)arg1] = sum(1);
        @c[(short)arg1, execname, probefunc] = max(arg2);"""
    got = traced(dt, update, values, tmp_path, aggrate="1ms")
    want = collections.Counter()
    highest = {}
    for value, key in values:
        want[1, key, b"high" if key > 3 else b"low"] += 1
        want[2, (value + 128) % 256 - 128] += 1
        short = (value + 32768) % 65536 - 32768
        highest[short] = max(highest.get(short, 0), key)
    for keys, value in got.items():
        if keys[0] == 3:
            assert keys[3] == b"lseek"
            assert value == highest[keys[1]]
        else:
            assert value == want.pop(keys)
    assert not want
    assert {keys[1] for keys in got if keys[0] == 3} == set(highest)


def test_many_keys(dt, tmp_path):
    """More tuples than one batch of the kernel's map holds."""
    values = [(number % 5000, number % 3) for number in range(15000)]
    got = traced(dt, "@[arg1] = sum(arg2);", values, tmp_path, aggrate="2ms", aggsize="16m")
    want = collections.Counter()
    for value, key in values:
        want[1, value] += key
    assert got == dict(want)
