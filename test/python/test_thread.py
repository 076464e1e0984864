# SPDX-License-Identifier: MIT
"""Consumers in threads: walks as the data comes, stopping, exceptions, the interpreter's lock."""

import threading
import time

import pytest

pytestmark = pytest.mark.full_speed

TICK = "tick-10ms { @ = count(); }"


def quiet(dt, script, **kwargs):
    callbacks = {"chew_func": None, "chewrec_func": None, "out_func": None, "walk_func": None}
    return dt.DTraceConsumerThread(script, **{**callbacks, **kwargs})


def run_for(thread, seconds):
    thread.start()
    time.sleep(seconds)
    thread.stop()
    thread.join(10)
    assert not thread.is_alive()


def test_walks_at_aggrate_and_after_end(dt):
    walks = []
    thread = quiet(
        dt, TICK + " END { @ = count(); }", aggrate="200ms", walk_func=lambda *a: walks.append(a[3])
    )
    run_for(thread, 1.1)
    assert 4 <= len(walks) <= 8


def test_each_walk_brings_what_came_since(dt):
    values = []
    thread = quiet(dt, TICK, aggrate="100ms", walk_func=lambda *a: values.append(a[3]))
    run_for(thread, 1)
    assert max(values) < 30
    assert 80 <= sum(values) <= 125


def test_running_totals(dt):
    values = []
    thread = quiet(
        dt, TICK, aggrate="100ms", remove=False, walk_func=lambda *a: values.append(a[3])
    )
    run_for(thread, 1)
    assert values == sorted(values)
    assert 80 <= values[-1] <= 125


def test_aggrate_is_a_second_unless_set(dt):
    times = []
    began = time.monotonic()
    thread = quiet(dt, TICK, walk_func=lambda *a: times.append(time.monotonic() - began))
    run_for(thread, 2.5)
    assert 3 <= len(times) <= 4


def test_sleep_between_looks(dt):
    times = []
    thread = quiet(dt, TICK, sleep=0.3, walk_func=lambda *a: times.append(time.monotonic()))
    run_for(thread, 1.6)
    assert 4 <= len(times) <= 7


def test_consume_false_tells_all_at_the_end(dt):
    lines, values, times = [], [], []

    def out(value):
        lines.append(value)
        times.append(time.monotonic())

    thread = quiet(
        dt,
        'tick-100ms { trace("x"); @ = count(); }',
        consume=False,
        out_func=out,
        walk_func=lambda *a: values.append(a[3]),
    )
    thread.start()
    time.sleep(1)
    assert not lines
    thread.stop()
    thread.join()
    assert len(lines) >= 8
    assert max(times) - min(times) < 0.3
    assert values == [len(lines)]


def test_stop_takes_effect_within_100_ms(dt):
    thread = quiet(dt, TICK)
    thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    thread.stop()
    thread.join()
    assert time.monotonic() - began < 0.1 + 0.15  # detaching and closing are in it


def test_stop_before_start(dt):
    thread = quiet(dt, TICK)
    thread.stop()
    thread.start()
    thread.join(2)
    assert not thread.is_alive()


def test_stop_twice_and_after_the_end(dt):
    thread = quiet(dt, "BEGIN { exit(3); }")
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
    assert thread.exit_status == 3
    thread.stop()
    thread.stop()


def test_what_end_prints_arrives(dt):
    lines = []
    run_for(quiet(dt, 'END { trace("end"); }', out_func=lines.append), 0.3)
    assert lines == [b"end"]


@pytest.mark.parametrize("script", ["syntax error", 'BEGIN { trace("x"); }'])
def test_exceptions_reach_threading_excepthook(dt, script, monkeypatch):
    caught = []
    monkeypatch.setattr(threading, "excepthook", caught.append)

    def raising(value):
        raise ValueError(value)

    thread = quiet(dt, script, out_func=raising)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
    assert [args.exc_type for args in caught] == [
        dt.DTraceCompileError if "error" in script else ValueError
    ]


def test_other_threads_run_on_while_it_waits(dt):
    """The lock of the interpreter is free in every wait: this thread counts as fast as alone."""

    def counting():
        count, until = 0, time.monotonic() + 0.5
        while time.monotonic() < until:
            count += 1
        return count

    alone = counting()
    thread = quiet(dt, "BEGIN { }")
    thread.start()
    time.sleep(0.2)
    beside = counting()
    thread.stop()
    thread.join()
    assert beside > 0.5 * alone


def test_longest_pause_of_another_thread(dt):
    """Compiling, loading, snapshots and detaching hold nobody up."""
    pauses, done = [], threading.Event()

    def watch():
        last = time.monotonic()
        while not done.is_set():
            time.sleep(0.001)
            now = time.monotonic()
            pauses.append(now - last)
            last = now

    watcher = threading.Thread(target=watch)
    watcher.start()
    thread = quiet(dt, "syscall:::entry { @[execname] = count(); }", aggrate="50ms")
    run_for(thread, 1)
    done.set()
    watcher.join()
    assert max(pauses) < 0.25


def test_callbacks_run_in_the_thread(dt):
    where = []
    thread = quiet(
        dt,
        'BEGIN { trace("x"); exit(0); }',
        out_func=lambda v: where.append(threading.current_thread()),
    )
    thread.start()
    thread.join()
    assert where == [thread]


def test_many_threads(dt):
    lines = []
    threads = [
        quiet(dt, f"BEGIN {{ trace({i}); exit(0); }}", out_func=lines.append) for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(lines) == [str(i).encode() for i in range(8)]
