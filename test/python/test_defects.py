# SPDX-License-Identifier: MIT
"""The eleven known defects of python-dtrace 0.0.15, each as a test of what holds here."""

import threading
import time

import pytest


def silent(dt, **kwargs):
    return dt.DTraceConsumer(None, None, None, None, **kwargs)


@pytest.mark.parametrize("function", ["sum", "max", "min"])
def test_1_values_have_64_bits(trace, function):
    assert trace(f"BEGIN {{ @ = {function}(0x123456789abLL); exit(0); }}").value == 0x123456789AB
    assert trace(f"BEGIN {{ @ = {function}(-0x123456789abLL); exit(0); }}").value == -0x123456789AB


def test_2_avg_divides_as_dtrace_prints_and_normalize_has_effect(trace):
    script = """BEGIN { x = -7; @a = avg(x); } BEGIN { x = 0; @a = avg(x); exit(0); }
        END { printa("%@d", @a); }"""
    said = trace(script)
    assert said.value == -3
    assert said.lines == [b"-3"]
    assert trace("BEGIN { @a = sum(1000); normalize(@a, 100); exit(0); }").value == 10
    assert trace("BEGIN { @a = avg(1000); normalize(@a, 100); exit(0); }").value == 10


@pytest.mark.parametrize("function", ["stddev(5)", "llquantize(5, 10, 0, 2, 10)"])
def test_3_stddev_and_llquantize_have_values(trace, function):
    assert trace(f"BEGIN {{ @ = {function}; exit(0); }}").value is not None


def test_4_keys_by_type_not_by_size(trace):
    said = trace('BEGIN { @[-1, -1LL, (uint64_t)1, "abc"] = count(); exit(0); }')
    assert said.keys == [-1, -1, 1, b"abc"]
    said = trace("syscall:::entry { @[stack(7)] = count(); exit(0); }")
    assert isinstance(said.entries[0][2][0], tuple)


def test_5_exceptions_of_callbacks_are_not_swallowed(dt, capfd):
    def raising(cpu):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        dt.DTraceConsumer(raising, None, None, None).run("BEGIN { exit(0); }")
    assert capfd.readouterr().err == ""


def test_6_sleeping_lets_others_run_and_exit_is_noticed_at_once(dt):
    thread = dt.DTraceConsumerThread("BEGIN { }", True, None, None, None, None, sleep=0)
    thread.start()
    began, turns = time.monotonic(), 0
    while time.monotonic() - began < 0.3:
        time.sleep(0.01)
        turns += 1
    thread.stop()
    thread.join()
    assert turns > 15
    began = time.monotonic()
    silent(dt).run("tick-100ms { exit(0); }", 10)
    assert time.monotonic() - began < 0.5


def test_7_shapes_stay_and_data_reaches_out(trace):
    said = trace('BEGIN { printf("%s:%s %d", probeprov, probename, tid); exit(0); }')
    assert isinstance(said.cpus[0], int)
    assert said.actions == [3, 2]
    assert said.lines[0].startswith(b"dtrace:BEGIN ")


def test_8_both_packages_remove_and_both_refuse_unmatched_probes(dt):
    values = []
    consumer = dt.DTraceContinuousConsumer(
        "BEGIN { @ = count(); }", None, None, None, lambda *args: values.append(args[3])
    )
    with consumer:
        consumer.go()
        consumer.snapshot()
        consumer.snapshot()
    assert values == [1]
    with pytest.raises(dt.DTraceProbeError):
        silent(dt).run("nosuch:::probe { }")


def test_9_the_thread_is_a_whole_thread(dt):
    thread = dt.DTraceConsumerThread("BEGIN { exit(0); }", True, None, None, None, None)
    assert isinstance(thread, threading.Thread)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
    assert thread.ident
    assert repr(thread)


def test_10_options_arguments_handlers_and_second_runs(trace, dt):
    said = trace(
        'BEGIN { printf("%d", $1); exit(0); }', args=[5], bufsize="1m", aggsize="1m", strsize=32
    )
    assert said.lines == [b"5"]
    consumer = silent(dt)
    consumer.run("BEGIN { exit(1); }")
    consumer.run("BEGIN { exit(2); }")
    assert consumer.exit_status == 2
    with pytest.raises(dt.DTraceCompileError) as caught:
        consumer.compile("BEGIN { trace(x y); }")
    assert caught.value.tag


def test_11_out_can_keep_its_blanks(trace):
    assert trace('BEGIN { printf("  x  "); exit(0); }').lines == [b"x"]
    assert trace('BEGIN { printf("  x  "); exit(0); }', text=True).lines == ["  x  "]
