# SPDX-License-Identifier: MIT
"""The raw consumers of python-dtrace: callbacks get the library's own arguments and return an int that it obeys.

======== ============================================================ ===========================
callback arguments                                                    result
======== ============================================================ ===========================
chew     ``(POINTER(dtrace_probedata), arg)``                         ``DTRACE_CONSUME_*``
chewrec  ``(POINTER(dtrace_probedata), POINTER(dtrace_recdesc), arg)`` ``DTRACE_CONSUME_*``
walk     ``(POINTER(dtrace_aggdata), arg)``                           ``DTRACE_AGGWALK_*``
out      ``(POINTER(dtrace_bufdata), arg)``                           ``DTRACE_HANDLE_*``
======== ============================================================ ===========================

Structures and constants are in `dtrace_ctypes.dtrace_structs`.  A result of None counts as 0.  The record after the
last of a firing is a NULL pointer, which is false.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any

from . import _header as h
from . import _values
from ._backend import Callbacks, Handle
from ._library import LIBRARY
from ._session import Session, Settings

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
    """Callbacks that get the library's arguments as they are; None is silence."""

    def _guard(self, func: Callable[..., Any], failure: int | None) -> Callable[..., Any]:
        raw = {"on_chew": "chew", "on_chewrec": "chewrec", "on_out": "out", "on_walk": "walk"}
        name = raw.get(func.__name__)
        if name is None:
            return super()._guard(func, failure)

        def guarded(*args: Any) -> Any:
            if self.raised is not None:
                return failure
            try:
                chosen = getattr(self, name)
                return 0 if chosen is None else int(chosen(*args) or 0)
            except BaseException as error:
                self.raised = error
                return failure

        return guarded


class _RawHandle(Handle):
    """A handle whose callbacks are raw; as in python-dtrace, a probe that matches nothing is no error."""

    callbacks_type = _RawCallbacks
    compile_flags = h.DTRACE_C_ZDEFS


def _settings(chew: Callback, chew_rec: Callback, walk: Callback, out: Callback) -> Settings:
    return Settings(chew, chew_rec, out, walk)


class DTraceConsumer:
    """Run D programs with raw callbacks.

    Parameters
    ----------
    chew_func, chew_rec_func, walk_func, out_func : callable or None
        See the module's head; None is silence.
    """

    def __init__(
        self,
        chew_func: Callback = simple_chew,
        chew_rec_func: Callback = simple_chewrec,
        walk_func: Callback = simple_walk,
        out_func: Callback = simple_buffered_out_writer,
    ) -> None:
        self._settings = _settings(chew_func, chew_rec_func, walk_func, out_func)
        self._lock = threading.RLock()
        self._session: Session | None = None

    def run(self, script: str, runtime: float | None = 1) -> None:
        """Run a program for `runtime` seconds (None: until its exit()), then walk the aggregations."""
        with self._lock:
            if self._session is not None:
                raise RuntimeError("the consumer is running already")
            session = self._session = Session(self._settings, _RawHandle)
        try:
            with session.in_order():
                session.start(script)
                session.consume(runtime)
        finally:
            with self._lock:
                session.close()
                self._session = None

    run_script = run

    def stop(self) -> None:
        """End the run under way, from any thread."""
        with self._lock:
            if self._session is not None:
                self._session.stop()


class DTraceConsumerThread(threading.Thread):
    """A thread that runs a program with raw callbacks until `stop` or exit(), and walks as the data comes.

    Parameters are a script and those of `DTraceConsumer`.  What a walk does not remove stays for the next one:
    results are running totals unless the callback returns ``DTRACE_AGGWALK_REMOVE``.
    """

    def __init__(
        self,
        script: str,
        chew_func: Callback = simple_chew,
        chew_rec_func: Callback = simple_chewrec,
        walk_func: Callback = simple_walk,
        out_func: Callback = simple_buffered_out_writer,
    ) -> None:
        super().__init__(name="dtrace")
        self.script = script
        self._settings = _settings(chew_func, chew_rec_func, walk_func, out_func)
        self._asked_to_stop = threading.Event()
        self._state_lock = threading.RLock()
        self._session: Session | None = None

    def run(self) -> None:
        """Run the program; the thread's own work."""
        with self._state_lock:
            if self._asked_to_stop.is_set():
                return
            session = self._session = Session(self._settings, _RawHandle)
        try:
            with session.in_order():
                session.start(self.script)
                session.consume(None, walking=True)
        finally:
            with self._state_lock:
                session.close()
                self._session = None

    def stop(self) -> None:
        """Ask the run to end; `join` waits for it."""
        with self._state_lock:
            self._asked_to_stop.set()
            if self._session is not None:
                self._session.stop()

    def stopped(self) -> bool:
        """Whether `stop` has been called."""
        return self._asked_to_stop.is_set()
