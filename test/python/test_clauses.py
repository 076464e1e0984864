# SPDX-License-Identifier: MIT
"""Points of many clauses: each fires, in the order of enabling, and only for its own probes."""

import sys

import pytest

LOOPS = """
import os
for _ in range(500): os.getpid()
for _ in range(300): os.getppid()
for _ in range(200): os.sched_yield()
os._exit(0)
"""
CALLS = {b"getpid": 500, b"getppid": 300, b"sched_yield": 200}


@pytest.fixture
def loops(tmp_path):
    script = tmp_path / "loops.py"
    script.write_text(LOOPS)
    return f"{sys.executable} -ISE {script}"


def printed(said):
    return b" ".join(said.lines).split()


def numbers(*values):
    return [str(value).encode() for value in values]


def clauses(probe, count, body):
    """COUNT clauses; body(i) is what the i-th does."""
    return "\n".join(f"{probe} {{ {body(i)} }}" for i in range(count)) + "\n"


def per_call(dt):
    """A clause for each system call, which counts in @own."""
    calls = sorted({probe.function for probe in dt.probes("syscall:::entry")})
    assert len(calls) > 300
    return [f'syscall::{c}:entry /pid == $target/ {{ @own["{c}"] = count(); }}' for c in calls]


def per_agg(said):
    """What was counted, by aggregation and system call."""
    aggs = {}
    for _, identifier, keys, value in said.entries:
        aggs.setdefault(identifier, {})[keys[0]] = value
    return list(aggs.values())


@pytest.mark.parametrize("count", [64, 65, 1000, 4000])
def test_all_fire_in_order(trace, count):
    said = trace(clauses("BEGIN", count, lambda i: f'printf("{i} ");') + "BEGIN { exit(0); }")
    assert printed(said) == numbers(*range(count))
    assert not said.drops


def test_a_clause_for_each_system_call(dt, trace, loops):
    (own,) = per_agg(trace("\n".join(per_call(dt)), command=loops))
    for call, least in CALLS.items():
        assert least <= own[call] <= least + 20


@pytest.mark.parametrize("where", ["before", "after", "between"])
def test_clauses_for_all_calls_beside_those_for_each(dt, trace, loops, where):
    script = per_call(dt)
    place = {"before": [0] * 8, "after": [len(script)] * 8, "between": range(40, 360, 40)}[where]
    for i, at in reversed(list(enumerate(place))):
        script.insert(at, f"syscall:::entry /pid == $target/ {{ @all{i}[probefunc] = count(); }}")
    aggs = per_agg(trace("\n".join(script), command=loops))
    assert len(aggs) == 9
    assert all(agg == aggs[0] for agg in aggs)
    for call, least in CALLS.items():
        assert least <= aggs[0][call] <= least + 20


@pytest.mark.parametrize("pairs", [30, 300])
def test_order_of_clauses_for_all_and_for_one(trace, pairs):
    script = "".join(
        f'syscall::getpgid:entry /pid == $target/ {{ printf("{i} "); }}\n'
        f'syscall:::entry /pid == $target && arg0 == 77777/ {{ printf("{i + 1} "); }}\n'
        'syscall::getsid:entry /pid == $target/ { printf("no "); }\n'
        for i in range(0, 2 * pairs, 2)
    )
    command = f"{sys.executable} -ISc 'import os\ntry: os.getpgid(77777)\nexcept: os._exit(0)'"
    assert printed(trace(script, command=command)) == numbers(*range(2 * pairs))


def test_a_fault_ends_its_clause_only(dt, trace):
    def body(i):
        return f'printf("{i} "); trace(*(int *)8);' if i in (5, 700) else f'printf("{i} ");'

    script = clauses("BEGIN", 1000, body) + "BEGIN { exit(0); }\n"
    script += 'ERROR { printf("fault %d ", arg2); }'
    with pytest.warns(dt.DTraceErrorWarning) as caught:
        said = trace(script)
    assert len(caught) == 2
    words = numbers(*range(1000))
    words[700:701] = [b"fault", b"2"]
    words[5:6] = [b"fault", b"2"]
    assert printed(said) == words


@pytest.mark.parametrize("last", [10, 500, 999])
def test_exit_ends_the_chain(trace, last):
    script = clauses("BEGIN", 1000, lambda i: "exit(3);" if i == last else f'printf("{i} ");')
    said = trace(script + 'END { printf("end"); }')
    assert printed(said) == [*numbers(*range(last)), b"end"]
    assert said.exit_status == 3


@pytest.mark.parametrize("probe", ["BEGIN", "tick-10ms", "profile-97", "syscall::getpid:entry"])
def test_clauses_share_their_variables(trace, probe):
    first = f"{probe} {{ this->sum = 0; }}\n"
    script = first + clauses(probe, 500, lambda i: f"this->sum += {i};")
    script += f'{probe} /this->sum == {sum(range(500))}/ {{ printf("sum"); exit(0); }}\n'
    script += f'{probe} {{ printf("wrong"); exit(1); }}'
    busy = f"{sys.executable} -ISc 'import os\nwhile True: os.getpid()'"
    said = trace(script, command=busy, runtime=10)
    assert printed(said)[:1] == [b"sum"]
    assert said.exit_status == 0


def test_a_speculation_over_many_clauses(trace):
    script = "BEGIN { spec = speculation(); }\n"
    script += clauses("BEGIN", 300, lambda i: f'speculate(spec); printf("{i} ");')
    said = trace(script + "BEGIN { commit(spec); }\nBEGIN { exit(0); }")
    assert printed(said) == numbers(*range(300))


@pytest.mark.parametrize("clause", ["this->x = timestamp; this->x++", "self->x = 1; self->x++"])
def test_probes_of_a_process(trace, clause):
    """Each function has clauses of its own, beside some for all."""
    functions = ["malloc", "free", "calloc", "realloc", "write", "read", "close", "opendir"]
    script = "".join(
        f"pid$target:libc:{f}:entry {{ {clause}; @own[probefunc] = count(); }}\n" * 12
        for f in functions
    )
    every = ", ".join(f"pid$target:libc:{f}:entry" for f in functions)
    script += f"{every} {{ @all[probefunc] = count(); }}"
    said = trace(script, command="/bin/ls /", runtime=10)
    own, everywhere = per_agg(said)
    assert {b"malloc", b"free", b"opendir"} <= set(everywhere)
    assert own == {name: 12 * n for name, n in everywhere.items()}


@pytest.mark.parametrize(
    "body",
    [
        'printf("%d %s", {i}, execname);',
        "@[execname, {i}] = count();",
        "@a{i} = count();",
        "self->x = {i}; self->y = self->x;",
        "self->x = 0; copyinstr(arg0); n = {i};",
    ],
)
def test_a_thousand_clauses_load(trace, body):
    script = clauses("syscall::read:entry", 1000, lambda i: body.replace("{i}", str(i)))
    assert trace("int n;\n" + script + "BEGIN { exit(5); }").exit_status == 5


def test_more_clauses_than_there_are_tail_calls_for(dt):
    with pytest.raises(dt.DTraceError, match=r"4201 clauses are enabled at .* at most 4096 can be"):
        dt.DTraceConsumer().run("int n;\n" + clauses("BEGIN", 4201, lambda _: "n++;"))


def test_many_clauses_with_many_error_clauses(dt, trace):
    script = clauses("ERROR", 180, lambda _: "@ = count();")
    script += clauses("BEGIN", 64, lambda i: "trace(*(int *)8);" if i == 50 else "n++;")
    with pytest.warns(dt.DTraceErrorWarning):
        said = trace(f'int n;\n{script}BEGIN {{ printf("%d", n); exit(0); }}')
    assert printed(said) == numbers(63)
    assert said.value == 180


def test_long_clauses(trace):
    every = " ".join(f"@[{i}] = quantize(n);" for i in range(40))
    said = trace(f"int n;\n{clauses('BEGIN', 40, lambda _: every)}BEGIN {{ exit(0); }}")
    assert len(said.entries) == 40
    for _, _, _, buckets in said.entries:
        assert [bucket for bucket in buckets if bucket[1]] == [((0, 0), 40)]
