# SPDX-License-Identifier: MIT
"""python-dtrace's interface: names, positions and defaults of arguments, and the callbacks."""

import inspect
import io
import re
from contextlib import redirect_stdout

import pytest

HELLO = 'dtrace:::BEGIN { trace("Hello World"); exit(0); }'
COUNT = "BEGIN { @a[pid, execname] = count(); exit(0); }"


def positional(function):
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY)
    return [p.name for p in inspect.signature(function).parameters.values() if p.kind in kinds]


def test_names_and_positions(dt):
    callbacks = ["chew_func", "chewrec_func", "out_func", "walk_func"]
    assert positional(dt.DTraceConsumer) == callbacks
    assert positional(dt.DTraceConsumerThread) == ["script", "consume", *callbacks, "sleep"]
    assert positional(dt.DTraceContinuousConsumer) == ["script", *callbacks]
    assert positional(dt.DTraceConsumer.run) == ["self", "script", "runtime"]
    assert positional(dt.DTraceConsumer.compile) == ["self", "script"]
    assert inspect.signature(dt.DTraceConsumer.run).parameters["runtime"].default == 1
    thread = inspect.signature(dt.DTraceConsumerThread).parameters
    assert thread["consume"].default is True
    assert thread["sleep"].default == 0


def test_every_name_exists(dt):
    assert sorted(dt.__all__) == sorted(set(dt.__all__))
    assert all(hasattr(dt, name) for name in dt.__all__)


def test_run_and_run_script_are_one(dt):
    lines = []
    consumer = dt.DTraceConsumer(None, None, lines.append, None)
    consumer.run_script(HELLO, runtime=3)
    consumer.run(HELLO)
    assert lines == [b"Hello World", b"Hello World"]


def test_short_spellings(dt):
    got = {"chew": [], "chewrec": [], "out": [], "walk": []}
    consumer = dt.DTraceConsumer(
        chew=got["chew"].append,
        chewrec=got["chewrec"].append,
        out=got["out"].append,
        walk=lambda *args: got["walk"].append(args),
    )
    consumer.run('BEGIN { trace("a"); @ = count(); exit(0); }')
    assert len(got["chew"]) == 1
    assert got["chewrec"][0] == 1
    assert got["out"] == [b"a"]
    assert got["walk"] == [(0x701, 1, [], 1)]


def test_both_spellings_at_once_are_an_error(dt):
    with pytest.raises(TypeError):
        dt.DTraceConsumer(chew=None, chew_func=None)


def test_callback_must_be_callable(dt):
    with pytest.raises(TypeError):
        dt.DTraceConsumer(out_func="print")


def test_callbacks_as_bound_methods(dt):
    class Receiver:
        def __init__(self):
            self.got = []

        def chew(self, cpu):
            self.got.append(("chew", type(cpu)))

        def chewrec(self, action):
            self.got.append(("chewrec", action))

        def out(self, value):
            self.got.append(("out", value))

        def walk(self, action, identifier, keys, value):
            self.got.append(("walk", action, identifier, keys, value))

    r = Receiver()
    dt.DTraceConsumer(r.chew, r.chewrec, r.out, r.walk).run(
        'BEGIN { trace("x"); @[1] = sum(2); exit(0); }'
    )
    assert r.got == [
        ("chew", int),
        ("chewrec", 1),
        ("out", b"x"),
        ("chewrec", 2),
        ("walk", 0x705, 1, [1], 2),
    ]


def three(identifier, keys, value):
    three.got = (identifier, keys, value)


def four(action, identifier, keys, value):
    four.got = (action, identifier, keys, value)


def three_or_four(action, identifier, keys, value=None):
    three_or_four.got = (action, identifier, keys, value)


def any_number(*args):
    any_number.got = args


@pytest.mark.parametrize(
    ("walk", "expected"),
    [
        (three, (1, [7], 1)),
        (four, (0x701, 1, [7], 1)),
        (three_or_four, (0x701, 1, [7], 1)),
        (any_number, (0x701, 1, [7], 1)),
    ],
)
def test_walk_gets_three_arguments_only_if_it_takes_exactly_three(dt, walk, expected):
    dt.DTraceConsumer(None, None, None, walk).run("BEGIN { @[7] = count(); exit(0); }")
    assert walk.got == expected


def test_walk_of_three_as_method(dt):
    class Receiver:
        def walk(self, identifier, keys, value):
            self.got = (identifier, keys, value)

    receiver = Receiver()
    dt.DTraceConsumer(None, None, None, receiver.walk).run("BEGIN { @[7] = count(); exit(0); }")
    assert receiver.got == (1, [7], 1)


def test_defaults_print_readable_lines(dt):
    text = io.StringIO()
    with redirect_stdout(text):
        dt.DTraceConsumer().run('BEGIN { trace("Hello World"); @["key"] = sum(4711); exit(0); }')
    lines = text.getvalue().splitlines()
    assert re.fullmatch(r"CPU : \d+", lines[0])
    assert any("Hello World" in line and "b'" not in line for line in lines)
    assert any(re.search(r"Action : 1$", line) for line in lines)
    assert any(re.fullmatch(r"key +: 4711", line) for line in lines)


def test_none_is_silence(dt):
    text = io.StringIO()
    with redirect_stdout(text):
        dt.DTraceConsumer(None, None, None, None).run(
            'BEGIN { trace("x"); printf("%d", 1); @ = count(); exit(0); }'
        )
    assert text.getvalue() == ""


@pytest.mark.parametrize("name", ["chew", "chewrec", "out", "walk"])
def test_each_callback_alone(dt, name):
    """Each callback can be set without the others."""
    calls = []
    callbacks = dict.fromkeys(("chew_func", "chewrec_func", "out_func", "walk_func"))
    callbacks[f"{name}_func"] = lambda *args: calls.append(args)
    dt.DTraceConsumer(**callbacks).run('BEGIN { trace("x"); @ = count(); exit(0); }')
    expected = {"chewrec": [(1,), (2,)], "out": [(b"x",)], "walk": [(0x701, 1, [], 1)]}
    assert len(calls) == 1 if name == "chew" else calls == expected[name]


def test_out_is_stripped_bytes(trace):
    assert trace('BEGIN { printf("  two blanks\\n\\n"); exit(0); }').lines == [b"two blanks"]


def test_text_is_str_and_strips_nothing(trace):
    said = trace('BEGIN { printf("  zwölf \\n"); @["schlüssel"] = count(); exit(0); }', text=True)
    assert said.lines == ["  zwölf \n"]
    assert said.keys == ["schlüssel"]


def test_chew_once_a_firing_and_chewrec_once_an_action(trace):
    said = trace(
        'BEGIN { trace(1); printf("%d %s %d", 1, "b", 3); trace("c"); } BEGIN { exit(0); }'
    )
    assert len(said.cpus) == 2
    assert said.actions == [1, 3, 1, 2]


def test_chewrec_counts_a_printf_once_without_out_too(dt):
    actions = []
    dt.DTraceConsumer(None, actions.append, None, None).run(
        'BEGIN { printf("%d %d %d", 1, 2, 3); exit(0); }'
    )
    assert actions == [3, 2]


def test_continuous_consumer(dt):
    lines, entries = [], []
    consumer = dt.DTraceContinuousConsumer(
        'tick-10ms { @ = count(); } END { trace("end"); }',
        None,
        None,
        lines.append,
        lambda *a: entries.append(a),
    )
    consumer.go()
    for _ in range(3):  # python-dtrace's loop
        consumer.sleep(0.1)
        assert consumer.snapshot() == 0
    assert entries
    consumer.stop()
    assert consumer.snapshot() == 1
    assert lines == [b"end"]
    consumer.close()
    consumer.close()


@pytest.mark.full_speed
def test_thread_as_thread_and_as_target(dt):
    import threading

    for own in (True, False):
        entries = []

        def walk(*args, entries=entries):
            entries.append(args)

        consumer = dt.DTraceConsumerThread(
            "tick-10ms { @ = count(); }", True, None, None, None, walk
        )
        thread = consumer if own else threading.Thread(target=consumer.run)
        thread.start()
        assert not consumer.stopped()
        threading.Event().wait(0.2)
        consumer.stop()
        thread.join(5)
        assert not thread.is_alive()
        assert consumer.stopped()
        assert sum(value for *_, value in entries) > 5


def test_compile_accepts_and_refuses(dt):
    consumer = dt.DTraceConsumer()
    consumer.compile(HELLO)
    with pytest.raises(Exception):  # noqa: B017 - python-dtrace raised bare exceptions
        consumer.compile("foo")
    with pytest.raises(dt.DTraceCompileError):
        consumer.run("sadf")


def test_probes(dt):
    (read,) = dt.probes("syscall::read:entry")
    assert read[1:] == ("syscall", read.module, "read", "entry")
    assert str(read) == f"syscall:{read.module}:read:entry"
    assert dt.probes("BEGIN")[0].name == "BEGIN"
    with pytest.raises(dt.DTraceError):
        dt.probes("nosuch:::probe")
