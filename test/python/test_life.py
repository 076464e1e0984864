# SPDX-License-Identifier: MIT
"""The life of handles: nothing leaks, nothing stays attached, closing at odd moments is defined."""

import gc
import importlib
import subprocess
import sys
import threading
import time
import weakref

import pytest
from conftest import held, python_env


def memory_kib():
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


def silent(dt, **kwargs):
    return dt.DTraceConsumer(None, None, None, None, **kwargs)


def test_a_thousand_rounds_of_open_and_close(dt):
    handle = importlib.import_module(f"{dt.__name__}._backend").Handle
    for _ in range(20):
        handle().close()
    before, memory = held(), memory_kib()
    for _ in range(1000):
        handle().close()
    gc.collect()
    assert held() == before
    assert memory_kib() - memory < 2048


def test_a_hundred_runs(dt):
    for _ in range(5):
        silent(dt).run("BEGIN { @[execname] = count(); exit(0); }")
    gc.collect()
    before, memory = held(), memory_kib()
    for _ in range(100):
        silent(dt).run("BEGIN { @[execname] = count(); trace(pid); exit(0); }")
    gc.collect()
    assert held() == before
    assert memory_kib() - memory < 8192


def test_failed_runs_leave_nothing(dt):
    def fail():
        for script in ("syntax error", "nosuch:::probe { }"):
            with pytest.raises(dt.DTraceError):
                silent(dt).run(script)

    fail()
    gc.collect()
    before = held()
    for _ in range(50):
        fail()
    gc.collect()
    assert held() == before


def test_the_object_gone_the_handle_closed(dt):
    before = held()
    consumer = dt.DTraceContinuousConsumer(
        "syscall:::entry { @ = count(); }", None, None, None, None
    )
    consumer.go()
    assert held() != before
    gone = weakref.ref(consumer)
    del consumer
    gc.collect()
    assert gone() is None
    assert held() == before


def test_close_while_running_ends_the_run(dt):
    consumer = silent(dt)
    thread = threading.Thread(target=consumer.run, args=("BEGIN { }", None))
    thread.start()
    time.sleep(0.3)
    consumer.close()
    thread.join(5)
    assert not thread.is_alive()


def test_a_handle_in_use_refuses_a_second_caller(dt):
    consumer = dt.DTraceContinuousConsumer("BEGIN { }", None, None, None, None)
    consumer.go()
    consumer.sleep()
    consumer.snapshot()
    thread = threading.Thread(target=consumer.sleep, args=(0.8,))
    thread.start()
    time.sleep(0.2)
    try:
        with pytest.raises(dt.DTraceError):
            consumer.snapshot()
    finally:
        consumer.wake()
        thread.join()
        consumer.close()


def test_a_callback_may_not_use_the_handle_it_serves(dt):
    def out(value):
        consumer.snapshot()

    consumer = dt.DTraceContinuousConsumer('BEGIN { trace("x"); }', None, None, out, None)
    consumer.go()
    consumer.sleep()
    with pytest.raises(dt.DTraceError):
        consumer.snapshot()
    consumer.close()


def test_the_interpreter_ends_in_the_middle_of_a_run(dt):
    program = (
        f"import {dt.__name__} as dt\n"
        "silent = dict.fromkeys(('chew', 'chewrec', 'out', 'walk'))\n"
        "c = dt.DTraceContinuousConsumer('syscall:::entry { @ = count(); }', **silent)\n"
        "c.go()\n"
        "t = dt.DTraceConsumerThread('BEGIN { }', True, None, None, None, None)\n"
        "t.daemon = True\n"
        "t.start()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], timeout=20, env=python_env(), capture_output=True
    )
    assert result.returncode == 0, result.stderr
