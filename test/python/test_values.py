# SPDX-License-Identifier: MIT
"""Keys and values of aggregations as Python values: by D's type, and of every function."""

import itertools
import os
import re

import pytest
from conftest import BUILD_PYTHON

INT64_MIN, INT64_MAX = -(1 << 63), (1 << 63) - 1


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("(char)-1", -1),
        ("(unsigned char)255", 255),
        ("(short)-2", -2),
        ("(unsigned short)65535", 65535),
        ("(int)-3", -3),
        ("(unsigned int)4294967295", 4294967295),
        ("(long long)-4", -4),
        ("(unsigned long long)-1", 18446744073709551615),
        ("-9223372036854775807LL - 1", INT64_MIN),
        ("5", 5),
        ("(void *)0x1234", 0x1234),
    ],
)
def test_integer_keys_by_type_and_sign(trace, expression, expected):
    assert trace(f"BEGIN {{ @[{expression}] = count(); exit(0); }}").keys == [expected]


def test_keys_of_mixed_types(trace):
    said = trace('BEGIN { @[pid, "text", (char)-7, probename] = count(); exit(0); }')
    assert said.keys == [os.getpid(), b"text", -7, b"BEGIN"]


def test_string_keys_are_bytes_or_str(trace):
    script = "BEGIN { @[execname] = count(); exit(0); }"
    (name,) = trace(script).keys
    (text,) = trace(script, text=True).keys
    assert isinstance(name, bytes)
    assert name.decode() == text


def test_empty_string_key(trace):
    assert trace('BEGIN { @[""] = count(); exit(0); }').keys == [b""]


def test_structure_key_is_bytes(trace):
    said = trace(
        "struct s { char a; short b; }; struct s v;"
        "BEGIN { v.a = 1; v.b = -2; @[v, 5] = count(); exit(0); }"
    )
    assert said.keys == [b"\1\0\xfe\xff", 5]


def test_no_keys(trace):
    assert trace("BEGIN { @ = count(); exit(0); }").keys == []


def test_stack_key_is_a_tuple_of_str(trace):
    (stack,) = trace("syscall:::entry { @[stack()] = count(); exit(0); }").entries[0][2]
    assert isinstance(stack, tuple)
    assert all(isinstance(frame, str) and frame for frame in stack)


def test_stack_of_any_depth(trace):
    (stack,) = trace("syscall:::entry { @[stack(3)] = count(); exit(0); }").entries[0][2]
    assert 0 < len(stack) <= 3


def test_ustack_key(trace):
    said = trace(
        "syscall::getppid:entry /pid == $1/ { @[ustack()] = count(); } tick-200ms { exit(0); }",
        args=[0],
    )
    assert said.entries == []
    script = "syscall:::entry /pid == $1/ { @[ustack(5)] = count(); } tick-200ms { exit(0); }"
    said = trace(script, args=[os.getpid()])
    stack = said.entries[0][2][0]
    assert isinstance(stack, tuple)
    assert len(stack) <= 5


def test_frame_above_a_call_that_does_not_return(trace):
    program = str(BUILD_PYTHON.parent / "test/trigger/noreturn")
    script = "pid$target:noreturn:report:entry { @[ustack()] = count(); }"
    stack = trace(script, command=[program]).entries[0][2][0]
    assert "noreturn`last_call" in [frame.partition("+")[0] for frame in stack]


def symbols():
    """Some kernel function that kallsyms gives an address for."""
    with open("/proc/kallsyms", encoding="ascii") as file:
        for line in file:
            address, kind, name, *module = line.split()
            if kind == "T" and int(address, 16) and not module and re.fullmatch("[a-z_]{6,}", name):
                return int(address, 16), name
    return None


def test_sym_and_mod_keys_are_str(trace):
    found = symbols()
    if not found:
        pytest.skip("kallsyms shows no addresses")
    address, _ = found
    said = trace(f"BEGIN {{ @[sym({address:#x}), mod({address:#x})] = count(); exit(0); }}")
    sym, mod = said.keys
    assert sym.partition("`")[0] == mod
    assert "`" in sym


def test_count_sum_min_max_avg_stddev(trace):
    update = """@c["c"] = count(); @s["s"] = sum(x); @lo["lo"] = min(x); @hi["hi"] = max(x);
        @a["a"] = avg(x); @d["d"] = stddev(x);"""
    script = f"BEGIN {{ x = 3; {update} }} BEGIN {{ x = -8; {update} exit(0); }}"
    values = {keys[0]: (action, value) for action, _, keys, value in trace(script).entries}
    assert values == {
        b"c": (0x701, 2),
        b"s": (0x705, -5),
        b"lo": (0x702, -8),
        b"hi": (0x703, 3),
        b"a": (0x704, -2),  # -5 / 2, towards zero
        b"d": (0x706, 5),  # the square root of (9 + 64) / 2 - (-2)², towards zero
    }


@pytest.mark.parametrize("value", [1 << 31, 1 << 32, (1 << 40) + 7, INT64_MAX, INT64_MIN + 1])
def test_values_of_64_bits(trace, value):
    assert trace(f"BEGIN {{ @ = sum({value}LL); exit(0); }}").value == value
    assert trace(f"BEGIN {{ @ = max({value}LL); exit(0); }}").value == value


@pytest.mark.parametrize(
    ("function", "expected"),
    [("sum(70)", 7), ("sum(-70)", -7), ("avg(70)", 7), ("max(75)", 7), ("count()", 0)],
)
def test_normalize(trace, function, expected):
    assert trace(f"BEGIN {{ @a = {function}; normalize(@a, 10); exit(0); }}").value == expected


def test_normalize_and_denormalize(trace):
    assert trace("BEGIN { @a = sum(70); normalize(@a, 10); denormalize(@a); exit(0); }").value == 70


def test_normalized_distribution(trace):
    said = trace("BEGIN { @a = quantize(4); @a = quantize(4); normalize(@a, 2); exit(0); }")
    assert dict(said.value)[4, 7] == 1


def test_quantize(trace):
    said = trace(
        "BEGIN { @ = quantize(5); } BEGIN { @ = quantize(0); } BEGIN { @ = quantize(-3); exit(0); }"
    )
    ((action, _, _, buckets),) = said.entries
    assert action == 0x707
    assert len(buckets) == 127
    assert [bucket for bucket in buckets if bucket[1]] == [((-3, -2), 1), ((0, 0), 1), ((4, 7), 1)]
    assert buckets[0][0][0] == INT64_MIN
    assert buckets[-1][0][1] == INT64_MAX
    check_without_gaps(buckets)


def test_lquantize(trace):
    said = trace(
        "BEGIN { @ = lquantize(-1, 0, 100, 10); } BEGIN { @ = lquantize(25, 0, 100, 10); }"
        "BEGIN { @ = lquantize(100, 0, 100, 10); exit(0); }"
    )
    ((action, _, _, buckets),) = said.entries
    assert action == 0x708
    assert len(buckets) == 12
    assert [bucket for bucket in buckets if bucket[1]] == [
        ((INT64_MIN, -1), 1),
        ((20, 29), 1),
        ((100, INT64_MAX), 1),
    ]
    check_without_gaps(buckets)


def test_llquantize(trace):
    said = trace(
        "BEGIN { @ = llquantize(0, 10, 0, 6, 20); } BEGIN { @ = llquantize(7, 10, 0, 6, 20); }"
        "BEGIN { @ = llquantize(1234, 10, 0, 6, 20); exit(0); }"
    )
    ((action, _, _, buckets),) = said.entries
    assert action == 0x709
    assert len(buckets) == 119
    assert [bucket for bucket in buckets if bucket[1]] == [
        ((INT64_MIN, 0), 1),
        ((7, 7), 1),
        ((1000, 1499), 1),
    ]
    check_without_gaps(buckets)


def check_without_gaps(buckets):
    """The buckets cover all integers, each one once."""
    assert buckets[0][0][0] == INT64_MIN
    assert buckets[-1][0][1] == INT64_MAX
    for ((_, high), _), ((low, _), _) in itertools.pairwise(buckets):
        assert low == high + 1


def test_entries_come_by_value(trace):
    said = trace("BEGIN { @[1] = sum(30); @[2] = sum(10); @[3] = sum(20); exit(0); }")
    assert [value for *_, value in said.entries] == [10, 20, 30]


def test_identifiers_tell_variables_apart(trace):
    said = trace("BEGIN { @first = count(); @second = sum(5); exit(0); }")
    assert sorted((identifier, value) for _, identifier, _, value in said.entries) == [
        (1, 1),
        (2, 5),
    ]


def test_zero_is_a_value(trace):
    assert trace("BEGIN { @ = sum(0); exit(0); }").value == 0


def test_cleared_keeps_keys_and_truncated_does_not(trace):
    assert trace("BEGIN { @a[1] = sum(5); clear(@a); exit(0); }").by_key == {(1,): 0}
    assert trace("BEGIN { @a[1] = sum(5); trunc(@a); exit(0); }").entries == []
