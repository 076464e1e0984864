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


CLOSED_BY_A_SIGNAL = """
import random, signal, time
import {package} as dt
from {package}._backend import Handle

random.seed(1)

def close(number, frame):
    target.close()

signal.signal(signal.SIGALRM, close)

def until_closed(step):
    signal.setitimer(signal.ITIMER_REAL, random.uniform(1e-5, 2e-3))
    until = time.monotonic() + 0.1
    try:
        while time.monotonic() < until:  # the timer's handler may have found the handle in use
            step()
            signal.setitimer(signal.ITIMER_REAL, random.uniform(1e-5, 1e-3))
    except dt.DTraceError:
        pass
    signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        target.close()
    except dt.DTraceError:
        pass

def fails(handle):
    try:
        handle.setopt("nonsense")
    except dt.DTraceError:
        handle.drops()

steps = [Handle.status, Handle.drops, Handle.processes, Handle.wake, fails,
         lambda handle: handle.compile("BEGIN {{ nothing; }}") if random.random() < 0.2 else None,
         lambda handle: handle.sleep(0), lambda handle: handle.symbol(1)]
for i in range(80):
    target = Handle()
    until_closed(lambda: steps[i % len(steps)](target))
for i in range(30):
    target = dt.DTraceContinuousConsumer(
        'syscall:::entry {{ @[execname] = count(); trace(1); }}',
        None, None, lambda value: None, None)
    target.go()
    until_closed(lambda: (target.sleep(0.0001), target.snapshot()))
print("alive")
"""


def test_a_signal_closes_the_handle_in_the_middle_of_a_call(dt):
    program = CLOSED_BY_A_SIGNAL.format(package=dt.__name__)
    result = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", program],
        timeout=120,
        env=python_env(),
        capture_output=True,
        text=True,
    )
    assert (result.returncode, result.stdout) == (0, "alive\n"), result.stderr


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
