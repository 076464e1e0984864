# SPDX-License-Identifier: MIT
"""The raw consumers of python-dtrace: callbacks get the library's arguments and return its results.

======== ============================================================ ===========================
callback arguments                                                    result
======== ============================================================ ===========================
chew     ``(POINTER(dtrace_probedata), arg)``                         ``DTRACE_CONSUME_*``
chewrec  ``(POINTER(dtrace_probedata), POINTER(dtrace_recdesc), arg)`` ``DTRACE_CONSUME_*``
walk     ``(POINTER(dtrace_aggdata), arg)``                           ``DTRACE_AGGWALK_*``
out      ``(POINTER(dtrace_bufdata), arg)``                           ``DTRACE_HANDLE_*``
======== ============================================================ ===========================

Structures and constants are in `dtrace_ctypes.dtrace_structs`.  A result of None means 0.  After
the last record of a firing chewrec is called with a NULL pointer, which is false.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from . import _header as h
from . import _values
from ._backend import Callbacks, Handle
from ._library import LIBRARY
from ._runner import Runner, RunnerThread, describe
from ._session import Program, Settings

__all__ = [
    "LIBRARY",
    "DTraceConsumer",
    "DTraceConsumerThread",
    "deref",
    "simple_buffered_out_writer",
    "simple_chew",
    "simple_chew_func",
    "simple_chewrec",
    "simple_chewrec_func",
    "simple_walk",
]

Callback = Callable[..., int | None] | None


def deref(addr: Any, typ: Any) -> Any:
    """Return the `typ` that lies at an address or behind a pointer.

    >>> deref(data.contents.dtada_data + 272, c_int64).value  # doctest: +SKIP
    """
    return ctypes.cast(addr, ctypes.POINTER(typ)).contents


def simple_chew(data: Any, _arg: Any) -> int:
    """Print the CPU on which a probe fired."""
    print("CPU :", data.contents.dtpda_cpu)
    return int(h.DTRACE_CONSUME_THIS)


def simple_chewrec(_data: Any, rec: Any, _arg: Any) -> int:
    """Let the library show each record; print nothing."""
    return int(h.DTRACE_CONSUME_THIS if rec else h.DTRACE_CONSUME_NEXT)


def simple_buffered_out_writer(bufdata: Any, _arg: Any) -> int:
    """Print what the D program printed."""
    print("out >", (bufdata.contents.dtbda_buffered or b"").strip().decode(errors="replace"))
    return int(h.DTRACE_HANDLE_OK)


def simple_walk(data: Any, _arg: Any) -> int:
    """Print an aggregation's key and value."""
    agg = data.contents
    keys = _values.keys(agg.dtada_handle, agg, text=True)
    value = _values.aggregation(agg.dtada_handle, agg)
    print(f"{', '.join(map(str, keys)):60s} :{value!s:>10s}")
    return int(h.DTRACE_AGGWALK_NEXT)


simple_chew_func = simple_chew
simple_chewrec_func = simple_chewrec


class _RawCallbacks(Callbacks):
    """Callbacks that get the library's arguments unchanged; for None nothing is called."""

    def _guard(self, func: Callable[..., Any], failure: int | None) -> Callable[..., Any]:
        raw = {"on_chew": "chew", "on_chewrec": "chewrec", "on_out": "out", "on_walk": "walk"}
        name = raw.get(func.__name__)
        return super()._guard(func if name is None else self._unchanged(name), failure)

    def _unchanged(self, name: str) -> Callable[..., Any]:
        def called(*args: Any) -> int:
            chosen = getattr(self, name)
            return 0 if chosen is None else int(chosen(*args, None) or 0)

        return called


class _RawHandle(Handle):
    """A handle with raw callbacks.  As in python-dtrace, a description may match no probe."""

    callbacks_type = _RawCallbacks
    compile_flags = h.DTRACE_C_ZDEFS


def _runner(chew: Callback, chew_rec: Callback, walk: Callback, out: Callback) -> Runner:
    return Runner(Settings(chew, chew_rec, out, walk), _RawHandle)


class DTraceConsumer:
    """Run D programs with raw callbacks.

    Parameters
    ----------
    chew_func, chew_rec_func, walk_func, out_func : callable or None
        See the top of this module; for None nothing is called.
    """

    def __init__(
        self,
        chew_func: Callback = simple_chew,
        chew_rec_func: Callback = simple_chewrec,
        walk_func: Callback = simple_walk,
        out_func: Callback = simple_buffered_out_writer,
    ) -> None:
        self._runner = _runner(chew_func, chew_rec_func, walk_func, out_func)

    def run(self, script: str, runtime: float | None = 1) -> None:
        """Run a program for `runtime` seconds (None: until exit()), then walk the aggregations."""
        self._runner.run(Program(script), lambda session: session.consume(runtime))

    run_script = run

    def stop(self) -> None:
        """End the run under way, from any thread."""
        self._runner.stop()

    def __repr__(self) -> str:
        return describe(self, self._runner.state)


class DTraceConsumerThread(RunnerThread):
    """A thread that runs a program with raw callbacks until `stop` or exit().

    The parameters are a script and those of `DTraceConsumer`.  The aggregations are walked at
    ``aggrate``.  An entry that a walk does not remove stays for the next one: results are running
    totals unless the callback returns ``DTRACE_AGGWALK_REMOVE``.
    """

    def __init__(
        self,
        script: str,
        chew_func: Callback = simple_chew,
        chew_rec_func: Callback = simple_chewrec,
        walk_func: Callback = simple_walk,
        out_func: Callback = simple_buffered_out_writer,
    ) -> None:
        runner = _runner(chew_func, chew_rec_func, walk_func, out_func)
        super().__init__(Program(script), runner)
        self.script = script
