# SPDX-License-Identifier: MIT
"""dtrace_ctypes.consumer: the raw consumers of python-dtrace and the structures they pass."""

import ctypes
import inspect
import os
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("dtrace_ctypes")

from dtrace_ctypes import consumer, dtrace_structs

HELLO = 'dtrace:::BEGIN { trace("Hello World"); }'


def names(function):
    return list(inspect.signature(function).parameters)


def test_names_and_positions():
    assert names(consumer.DTraceConsumer) == ["chew_func", "chew_rec_func", "walk_func", "out_func"]
    assert names(consumer.DTraceConsumerThread) == [
        "script",
        "chew_func",
        "chew_rec_func",
        "walk_func",
        "out_func",
    ]
    assert issubclass(consumer.DTraceConsumerThread, threading.Thread)
    callables = "simple_chew simple_chewrec simple_walk simple_buffered_out_writer deref"
    for name in [*callables.split(), "simple_chew_func", "simple_chewrec_func"]:
        assert callable(getattr(consumer, name))


def test_out_gets_the_structure():
    got = []

    def out(data, arg):  # python-dtrace's own test returned nothing
        got.append(ctypes.c_char_p(data.contents.dtbda_buffered).value.strip())

    consumer.DTraceConsumer(chew_func=None, out_func=out).run(HELLO)
    assert got == [b"Hello World"]


def test_chew_and_chewrec_get_the_structures():
    got = []

    def chew(data, arg):
        probe = data.contents
        got.append(
            (
                probe.dtpda_pdesc.contents.dtpd_name,
                probe.dtpda_edesc.contents.dtepd_nrecs,
                probe.dtpda_cpu >= 0,
            )
        )
        return 0

    def chewrec(data, rec, arg):
        if not rec:
            got.append(None)
            return 0
        record = rec.contents
        if record.dtrd_action == dtrace_structs.DTRACEACT_DIFEXPR:
            got.append(
                (record.dtrd_size, ctypes.c_int.from_address(data.contents.dtpda_data).value)
            )
        return dtrace_structs.DTRACE_CONSUME_NEXT

    consumer.DTraceConsumer(chew, chewrec, None, None).run("BEGIN { trace(4711); exit(0); }")
    assert got == [(b"BEGIN", 2, True), (4, 4711), None]


def test_results_are_obeyed():
    lines = []

    def out(data, arg):
        lines.append(data.contents.dtbda_buffered)
        return 0

    def next_record(data, rec, arg):
        return dtrace_structs.DTRACE_CONSUME_NEXT

    consumer.DTraceConsumer(None, next_record, None, out).run(HELLO, 0.1)
    assert lines == []

    def abort(data, arg):
        return dtrace_structs.DTRACE_CONSUME_ABORT

    with pytest.raises(Exception) as caught:
        consumer.DTraceConsumer(abort, None, None, None).run(HELLO, 0.1)
    assert caught.value.errno == 1056


def test_key_at_16_and_value_at_272():
    got = []

    def walk(data, arg):
        address = data.contents.dtada_data
        got.append(
            (
                ctypes.cast(address + 16, ctypes.c_char_p).value,
                consumer.deref(address + 272, ctypes.c_int64).value,
            )
        )
        return dtrace_structs.DTRACE_AGGWALK_REMOVE

    consumer.DTraceConsumer(None, None, walk, None).run(
        "BEGIN { @[execname] = sum(4711); exit(0); }"
    )
    with open("/proc/self/comm", "rb") as file:
        assert got == [(file.read().strip(), 4711)]


def test_descriptions_of_an_aggregation():
    got = []

    def walk(data, arg):
        agg = data.contents
        desc = agg.dtada_desc.contents
        records = ctypes.cast(desc.dtagd_rec, ctypes.POINTER(dtrace_structs.dtrace_recdesc))
        value = records[desc.dtagd_nrecs - 1]
        got.append((desc.dtagd_name, desc.dtagd_varid, desc.dtagd_nrecs))
        got.append((agg.dtada_normal, agg.dtada_size, value.dtrd_action, value.dtrd_offset))
        return 0

    consumer.DTraceConsumer(None, None, walk, None).run(
        "BEGIN { @name[1, execname] = max(2); exit(0); }"
    )
    assert got == [(b"name", 1, 4), (1, 288, dtrace_structs.DTRACEAGG_MAX, 280)]


def test_walk_keeps_or_removes_as_it_says():
    for result, growing in (
        (dtrace_structs.DTRACE_AGGWALK_NEXT, True),
        (dtrace_structs.DTRACE_AGGWALK_REMOVE, False),
    ):
        values = []

        def walk(data, arg, result=result, values=values):
            agg = data.contents
            values.append(consumer.deref(agg.dtada_data + 16, ctypes.c_int64).value)
            return result

        thread = consumer.DTraceConsumerThread("tick-10ms { @ = count(); }", None, None, walk, None)
        thread.start()
        deadline = time.monotonic() + 60
        while len(values) < 5 and time.monotonic() < deadline:
            time.sleep(0.05)
        thread.stop()
        thread.join(5)
        assert not thread.is_alive()
        assert thread.stopped()
        assert len(values) >= 5
        # What stays goes on growing; what is removed begins again.
        assert (values[4] > values[0] + values[1]) == growing


def test_exceptions_reach_the_caller():
    def raising(data, arg):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        consumer.DTraceConsumer(raising, None, None, None).run(HELLO)


def test_defaults_print(capsys):
    consumer.DTraceConsumer().run('BEGIN { trace("Hello World"); @["key"] = sum(4711); exit(0); }')
    output = capsys.readouterr().out
    assert "CPU : " in output
    assert "out > Hello World" in output
    assert "key" in output
    assert "4711" in output


def test_none_is_silence(capsys):
    consumer.DTraceConsumer(None, None, None, None).run(
        'BEGIN { trace("x"); @ = count(); exit(0); }'
    )
    assert capsys.readouterr().out == ""


def test_unmatched_probes_are_accepted_here():
    consumer.DTraceConsumer(None, None, None, None).run("nosuch:::probe { } BEGIN { exit(0); }")


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("dtrace_probedesc", 388),
        ("dtrace_probedata", 64),
        ("dtrace_recdesc", 32),
        ("dtrace_eprobedesc", 56),
        ("dtrace_aggdesc", 72),
        ("dtrace_aggdata", 96),
        ("dtrace_bufdata", 48),
        ("dtrace_errdata", 56),
        ("dtrace_dropdata", 40),
        ("dtrace_setoptdata", 40),
        ("dtrace_proginfo", 24),
        ("dtrace_status", 88),
        ("dtrace_stmtdesc", 72),
        ("dtrace_ecbdesc", 432),
        ("GElf_Sym", 24),
    ],
)
def test_sizes(name, size):
    assert ctypes.sizeof(getattr(dtrace_structs, name)) == size


def test_every_function_of_the_header_is_in_the_library_with_its_types():
    from dtrace_ctypes import _header

    assert len(_header.PROTOTYPES) > 90
    for name, (result, arguments) in _header.PROTOTYPES.items():
        function = getattr(consumer.LIBRARY, name)
        assert function.restype is result
        assert list(function.argtypes) == arguments


def test_dtrace_library_names_the_library(tmp_path):
    import subprocess
    import sys

    from conftest import python_env

    program = "import dtrace_ctypes"
    env = python_env(DTRACE_LIBRARY=str(tmp_path / "nosuch.so"))
    result = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True
    )
    assert "nosuch.so" in result.stderr
    copy = tmp_path / "other.so"
    copy.write_bytes(Path(consumer.LIBRARY._name).read_bytes())
    program = "import dtrace_ctypes.consumer as c; print(c.LIBRARY._name)"
    env = python_env(DTRACE_LIBRARY=str(copy))
    result = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True
    )
    assert result.stdout.strip() == str(copy), result.stderr
    assert os.path.exists(copy)
