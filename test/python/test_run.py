# SPDX-License-Identifier: MIT
"""A run: its length, its end, what arrives, what stops it, its arguments and options."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from conftest import python_env


def seconds_of(function, *args, **kwargs):
    began = time.monotonic()
    function(*args, **kwargs)
    return time.monotonic() - began


def silent(dt, **kwargs):
    callbacks = {"chew_func": None, "chewrec_func": None, "out_func": None, "walk_func": None}
    return dt.DTraceConsumer(**{**callbacks, **kwargs})


def test_runtime_is_one_second_when_left_out(dt):
    assert 1 <= seconds_of(silent(dt).run, "BEGIN { }") < 1.6


@pytest.mark.parametrize("runtime", [0, 0.2, 1.3])
def test_runtime_in_fractions(dt, runtime):
    assert runtime <= seconds_of(silent(dt).run, "BEGIN { }", runtime=runtime) < runtime + 0.5


def test_none_runs_until_exit(dt):
    assert 1.2 <= seconds_of(silent(dt).run, "tick-1200ms { exit(0); }", runtime=None) < 1.8


def test_exit_takes_effect_within_100_ms(dt):
    consumer = silent(dt)
    consumer.run("BEGIN { exit(0); }")
    began = time.monotonic()
    consumer.run("tick-300ms { exit(0); }", 5)
    # opening, attaching and detaching are in it
    assert time.monotonic() - began < 0.3 + 0.1 + 0.2


def test_exit_status(dt):
    consumer = silent(dt)
    assert consumer.exit_status is None
    consumer.run("BEGIN { exit(7); }")
    assert consumer.exit_status == 7
    consumer.run("BEGIN { }", 0.1)
    assert consumer.exit_status is None


def test_what_end_prints_arrives(trace):
    assert trace('BEGIN { trace("b"); } END { trace("e"); @ = count(); }', 0.2).lines == [
        b"b",
        b"e",
    ]
    assert trace('BEGIN { exit(0); } END { @["end"] = count(); }').by_key == {(b"end",): 1}


def test_printa_in_end(trace):
    said = trace('BEGIN { @a["k"] = sum(5); exit(0); } END { printa("%s=%@d;", @a); }', text=True)
    assert "".join(said.lines) == "k=5;"


@pytest.mark.parametrize("name", ["chew", "chewrec", "out", "walk"])
def test_exception_of_a_callback_reaches_the_caller(dt, name):
    class Odd(Exception):
        pass

    def raising(*args):
        raise Odd(name)

    consumer = silent(dt, **{f"{name}_func": raising})
    with pytest.raises(Odd, match=name):
        consumer.run('BEGIN { trace("x"); @ = count(); } tick-100ms { trace("y"); }', 5)
    # and the consumer is as good as new
    silent(dt).run("BEGIN { exit(0); }")


def test_exception_stops_at_once(dt):
    def raising(*args):
        raise ValueError

    consumer = silent(dt, chew_func=raising)
    began = time.monotonic()
    with pytest.raises(ValueError):
        consumer.run("BEGIN { }", None)
    assert time.monotonic() - began < 0.7


def test_system_exit_of_a_callback(dt):
    def leave(*args):
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        silent(dt, out_func=leave).run('BEGIN { trace("x"); }', None)


def test_ctrl_c_stops_in_order(dt):
    lines, entries = [], []
    consumer = silent(dt, out_func=lines.append, walk_func=lambda *args: entries.append(args))
    timer = threading.Timer(0.4, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        consumer.run('BEGIN { @ = count(); } END { trace("end"); }', None)
    assert time.monotonic() - began < 0.4 + 0.6
    assert lines == [b"end"]
    assert len(entries) == 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_while_callbacks_run(dt):
    calls = []
    consumer = silent(dt, chew_func=calls.append, bufsize="1m")
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        consumer.run("tick-1ms { trace(1); }", 10)
    assert calls


def test_ctrl_c_of_a_whole_program(dt):
    program = textwrap.dedent(f"""
        import {dt.__name__} as dt
        print("ready", flush=True)
        try:
            dt.DTraceConsumer(None, None, print, None).run('END {{ trace("end"); }}', None)
        except KeyboardInterrupt:
            print("interrupted")
    """)
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        env=python_env(PYTHONUNBUFFERED="1"),
    )
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=10)
    assert output == "b'end'\ninterrupted\n"
    assert process.returncode == 0


def test_stop_from_another_thread_within_100_ms(dt):
    consumer = silent(dt)
    stopped = []

    def stop():
        stopped.append(time.monotonic())
        consumer.stop()

    threading.Timer(0.5, stop).start()
    consumer.run("BEGIN { }", None)
    assert time.monotonic() - stopped[0] < 0.1 + 0.15  # detaching and closing are in it


def test_stop_from_a_callback(dt):
    consumer = silent(dt)
    consumer = dt.DTraceConsumer(lambda cpu: consumer.stop(), None, None, None)
    assert seconds_of(consumer.run, "tick-10ms { }", None) < 2


def test_macro_arguments(trace):
    said = trace(
        'BEGIN { printf("%d %s %s", $1, $$2, "$$3"); exit(0); }',
        args=[42, "two words", "x"],
        argref=True,
    )
    assert said.lines[0].startswith(b"42 two words")


def test_a_missing_macro_argument_is_an_error(dt):
    with pytest.raises(dt.DTraceCompileError) as caught:
        silent(dt).compile("BEGIN { trace($1); }")
    assert caught.value.tag == "D_MACRO_UNDEF"
    silent(dt).compile("BEGIN { trace($1); }", args=[1])


def test_options_as_keywords(trace):
    assert trace('BEGIN { trace("0123456789abcdef"); exit(0); }', strsize=11).lines == [
        b"0123456789"
    ]


def test_options_of_one_run(dt):
    lines = []
    consumer = silent(dt, out_func=lines.append)
    script = 'BEGIN { trace("0123456789abcdef"); exit(0); }'
    consumer.run(script, strsize=11)
    consumer.run(script)
    assert lines == [b"0123456789", b"0123456789abcdef"]


def test_setopt_and_getopt(dt):
    lines = []
    consumer = silent(dt, out_func=lines.append)
    consumer.setopt("strsize", 11)
    assert consumer.getopt("strsize") == 11
    consumer.setopt("quiet")
    consumer.setopt("bufsize", "64k")
    assert consumer.getopt("bufsize") == 65536
    for _ in range(2):
        consumer.run('BEGIN { trace("0123456789abcdef"); exit(0); }')
    assert lines == [b"0123456789", b"0123456789"]


def test_setopt_of_the_other_consumers(dt):
    lines = []
    script = 'BEGIN { trace("0123456789abcdef"); exit(0); }'
    thread = dt.DTraceConsumerThread(script, True, None, None, lines.append, None)
    thread.setopt("strsize", 11)
    assert thread.getopt("strsize") == 11
    thread.start()
    thread.join(5)
    with dt.DTraceContinuousConsumer(script, None, None, lines.append, None) as consumer:
        consumer.setopt("strsize", 11)
        assert consumer.getopt("strsize") == 11
        consumer.go()
        consumer.setopt("switchrate", "10ms")
        with pytest.raises(dt.DTraceError):
            consumer.setopt("strsize", 20)
        consumer.snapshot()
    assert lines == [b"0123456789", b"0123456789"]


def test_pragma_options(trace):
    assert trace(
        '#pragma D option strsize=11\nBEGIN { trace("0123456789abcdef"); exit(0); }'
    ).lines == [b"0123456789"]


@pytest.mark.parametrize(
    ("option", "value"), [("nosuch", True), ("strsize", "many"), ("bufpolicy", "x")]
)
def test_wrong_options_fail_at_once(dt, option, value):
    with pytest.raises(dt.DTraceError):
        silent(dt, **{option: value})
    with pytest.raises(dt.DTraceError):
        silent(dt).setopt(option, value)
    with pytest.raises(dt.DTraceError):
        dt.DTraceConsumerThread("BEGIN { }", **{option: value})
    with pytest.raises(dt.DTraceError):
        dt.DTraceContinuousConsumer("BEGIN { }", **{option: value})


def test_destructive_needs_the_option(dt):
    with pytest.raises(dt.DTraceError):
        silent(dt).run('BEGIN { system("true"); exit(0); }')
    silent(dt, destructive=True).run('BEGIN { system("true"); exit(0); }')


def test_command_is_the_target_and_ends_the_run(trace):
    said = trace(
        "syscall::write:entry /pid == $target/ { @[execname] = count(); }",
        None,
        command=["echo", "-n", ""],
    )
    assert set(said.by_key) <= {(b"echo",)}
    said = trace(
        "syscall:::entry /pid == $target/ { @[execname] = count(); }", None, command="sleep 0.2"
    )
    assert (b"sleep",) in said.by_key


def test_pid_ends_the_run(trace):
    process = subprocess.Popen(["sleep", "0.5"])
    try:
        began = time.monotonic()
        trace("BEGIN { trace($target); }", 10, pid=process.pid)
        assert time.monotonic() - began < 5
    finally:
        process.wait()


def test_two_runs_on_one_consumer(dt):
    lines = []
    consumer = silent(dt, out_func=lines.append)
    for i in range(3):
        consumer.run(f"BEGIN {{ trace({i}); exit(0); }}")
    assert lines == [b"0", b"1", b"2"]


def test_running_twice_at_once_is_refused(dt):
    consumer = silent(dt)
    thread = threading.Thread(target=consumer.run, args=("BEGIN { }", None))
    thread.start()
    time.sleep(0.3)
    try:
        with pytest.raises(RuntimeError):
            consumer.run("BEGIN { }")
    finally:
        consumer.stop()
        thread.join()


def test_two_consumers_at_once(dt):
    """Each sees its own variables and its own output."""
    lines = {1: [], 2: []}

    def run(n):
        silent(dt, out_func=lines[n].append).run(
            f"int x; BEGIN {{ x = {n}; }} tick-300ms {{ trace(x); exit(0); }}", 5
        )

    threads = [threading.Thread(target=run, args=(n,)) for n in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lines == {1: [b"1"], 2: [b"2"]}


def test_events_are_counted_exactly(trace):
    def call():
        for _ in range(1000):
            os.getppid()

    timer = threading.Timer(0.5, call)
    timer.start()
    said = trace("syscall::getppid:entry /pid == $1/ { @ = count(); }", 1.5, args=[os.getpid()])
    assert said.value == 1000


def test_command_in_a_pid_namespace(dt):
    script = textwrap.dedent(f"""
        import {dt.__name__} as dt
        consumer = dt.DTraceConsumer(chew_func=None, chewrec_func=None, walk_func=None)
        text = 'syscall::exit_group:entry /pid == $target && ppid == $pid/ {{ printf("yes"); }}'
        consumer.run(text, command=["/bin/true"], runtime=None)
    """)
    done = subprocess.run(
        ["unshare", "-pf", "--mount-proc", sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=20,
        env=python_env(),
    )
    assert (done.stdout, done.stderr) == ("Output : yes\n", "")
