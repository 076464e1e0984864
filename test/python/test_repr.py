# SPDX-License-Identifier: MIT
"""What repr() says of each object, and the versions."""

import importlib
import re

import pytest

SILENT = dict.fromkeys(("chew", "chewrec", "out", "walk"))


def test_consumer(dt):
    consumer = dt.DTraceConsumer(**SILENT)
    assert repr(consumer) == f"<{dt.__name__}.DTraceConsumer idle>"
    said = []
    consumer = dt.DTraceConsumer(**{**SILENT, "out": lambda _: said.append(repr(consumer))})
    consumer.run('BEGIN { trace("x"); exit(0); }')
    assert said == [f"<{dt.__name__}.DTraceConsumer running>"]
    consumer.close()
    assert repr(consumer) == f"<{dt.__name__}.DTraceConsumer closed>"


def test_a_derived_class_is_named_by_its_own_module(dt):
    class Mine(dt.DTraceConsumer):
        pass

    assert re.fullmatch(r"<test_repr\.\S*Mine idle>", repr(Mine(**SILENT)))


def test_continuous_consumer(dt):
    script = "BEGIN { exit(0); }"
    said = []
    with dt.DTraceContinuousConsumer(script, **SILENT) as consumer:
        said.append(repr(consumer))
        consumer.go()
        said.append(repr(consumer))
        consumer.stop()
        said.append(repr(consumer))
    said.append(repr(consumer))
    states = ("idle", "running", "stopped", "closed")
    assert said == [
        f"<{dt.__name__}.DTraceContinuousConsumer {state}: {script!r}>" for state in states
    ]


def test_thread(dt):
    script = 'BEGIN { trace("a long program is shortened in the middle"); } tick-1s { exit(0); }'
    thread = dt.DTraceConsumerThread(script, **SILENT)
    before = repr(thread)
    assert re.fullmatch(rf"<{dt.__name__}\.DTraceConsumerThread idle: 'BEGIN .*\.\.\..*'>", before)
    assert len(before) < 120
    thread.stop()
    assert " stopped: " in repr(thread)


def test_raw_consumers():
    raw = importlib.import_module("dtrace_ctypes.consumer")
    assert repr(raw.DTraceConsumer()) == "<dtrace_ctypes.consumer.DTraceConsumer idle>"
    thread = raw.DTraceConsumerThread("BEGIN { }")
    assert repr(thread) == "<dtrace_ctypes.consumer.DTraceConsumerThread idle: 'BEGIN { }'>"


def test_handle(dt):
    handle = importlib.import_module(f"{dt.__name__}._backend").Handle()
    assert re.fullmatch(rf"<{dt.__name__}\._\w+\.Handle open>", repr(handle))
    handle.close()
    assert repr(handle).endswith(" closed>")


def test_probe(dt):
    (probe,) = dt.probes("syscall::read:entry")
    assert repr(probe).startswith(f"Probe(id={probe.id}, provider='syscall', module=")


def test_errors(dt):
    with pytest.raises(dt.DTraceCompileError) as caught:
        dt.DTraceConsumer(**SILENT).compile("BEGIN {\n trace(nosuch); }")
    error = caught.value
    message = f"errno=1005, tag='D_IDENT_UNDEF', message={error.message!r}"
    assert repr(error) == f"DTraceCompileError({message}, line=2, column={error.column})"
    kernel = dt.DTraceKernelError(1100, "", "no such feature")
    kernel.feature = "ring buffer"
    assert repr(kernel) == (
        "DTraceKernelError(errno=1100, message='no such feature', feature='ring buffer')"
    )


def test_warnings(dt):
    drop = dt.DTraceDropWarning("3 drops", "PRINCIPAL", 1, 3, 5)
    assert repr(drop) == (
        "DTraceDropWarning(message='3 drops', kind='PRINCIPAL', cpu=1, drops=3, total=5)"
    )
    error = dt.DTraceErrorWarning("invalid address", 1, 8, 0)
    assert repr(error) == (
        "DTraceErrorWarning(message='invalid address', fault=1, address=8, cpu=0)"
    )


def test_raw_structures_show_numbers_and_follow_no_pointer():
    structs = importlib.import_module("dtrace_ctypes.dtrace_structs")
    record = structs.dtrace_recdesc(dtrd_action=1, dtrd_size=4)
    assert repr(record).startswith("dtrace_recdesc(dtrd_action=1, dtrd_size=4, ")
    probe = structs.dtrace_probedesc(dtpd_provider=b"syscall")
    assert "dtpd_provider=b'syscall'" in repr(probe)
    drop = structs.dtrace_dropdata(dtdda_cpu=2, dtdda_msg=b"text")
    assert "dtdda_cpu=2" in repr(drop)
    assert "dtdda_msg" not in repr(drop)


def test_versions(dt):
    assert re.fullmatch(r"\d+\.\d+\.\d+", dt.__version__)
    assert re.fullmatch(r"\S+ D \d+\.\d+(\.\d+)?", dt.D_VERSION)
