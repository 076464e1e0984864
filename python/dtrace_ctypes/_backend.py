# SPDX-License-Identifier: MIT
"""The back end of `dtrace_ctypes`: `Handle` over ctypes; see ``dtrace/_dtrace.pyi``."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import math
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from . import _header as h
from . import _values
from ._errors import closed_error, make_error
from ._library import LIBRARY

__all__ = ["D_VERSION", "Handle"]

#: The version of the D language.
D_VERSION: str = (ctypes.c_char_p.in_dll(LIBRARY, "_dtrace_version").value or b"").decode()

_PRINTF_LIKE = (h.DTRACEACT_PRINTF, h.DTRACEACT_PRINTA, h.DTRACEACT_SYSTEM, h.DTRACEACT_FREOPEN)
_DONE_BY_SHOWING = (h.DTRACEACT_SYSTEM, h.DTRACEACT_FREOPEN)
_RECORD_BYTES = ctypes.sizeof(h.dtrace_recdesc)

Callback = Callable[..., Any] | None


class Callbacks:
    """The library's callbacks of one handle, and the Python callables that they call."""

    def __init__(self) -> None:
        self.chew: Callback = None
        self.chewrec: Callback = None
        self.out: Callback = None
        self.walk: Callback = None
        self.drop: Callback = None
        self.error: Callback = None
        self.proc: Callback = None
        self.text = False
        self.remove = True
        self.exit_status: int | None = None
        self.raised: BaseException | None = None
        self.c_chew = h.dtrace_consume_probe_f(self._guard(self.on_chew, h.DTRACE_CONSUME_ABORT))
        self.c_chewrec = h.dtrace_consume_rec_f(
            self._guard(self.on_chewrec, h.DTRACE_CONSUME_ABORT)
        )
        self.c_out = h.dtrace_handle_buffered_f(self._guard(self.on_out, h.DTRACE_HANDLE_ABORT))
        self.c_walk = h.dtrace_aggregate_f(self._guard(self.on_walk, h.DTRACE_AGGWALK_ABORT))
        self.c_drop = h.dtrace_handle_drop_f(self._guard(self.on_drop, h.DTRACE_HANDLE_ABORT))
        self.c_error = h.dtrace_handle_err_f(self._guard(self.on_error, h.DTRACE_HANDLE_ABORT))
        self.c_proc = h.dtrace_handle_proc_f(self._guard(self.on_proc, None))

    def _guard(self, func: Callable[..., Any], failure: int | None) -> Callable[..., Any]:
        """Keep an exception for the caller of the library; ctypes would print and ignore it."""

        def guarded(*args: Any) -> Any:
            if self.raised is not None:
                return failure
            try:
                return func(*args[:-1])
            except BaseException as error:
                self.raised = error
                return failure

        return guarded

    def on_chew(self, data: Any) -> int:
        if self.chew is not None:
            self.chew(data.contents.dtpda_cpu)
        return h.DTRACE_CONSUME_THIS

    def on_chewrec(self, data: Any, rec: Any) -> int:
        if not rec:
            return h.DTRACE_CONSUME_NEXT
        action = rec.contents.dtrd_action
        if action == h.DTRACEACT_EXIT:
            self.exit_status = ctypes.c_int.from_address(data.contents.dtpda_data).value
        if self.chewrec is not None and not self._continues(data, rec):
            self.chewrec(action)
        if action == h.DTRACEACT_EXIT or (self.out is None and action not in _DONE_BY_SHOWING):
            return h.DTRACE_CONSUME_NEXT
        return h.DTRACE_CONSUME_THIS

    @staticmethod
    def _continues(data: Any, rec: Any) -> bool:
        """Return whether a record is a further argument of the printf() before it."""
        if rec.contents.dtrd_action not in _PRINTF_LIKE:
            return False
        first = ctypes.addressof(data.contents.dtpda_edesc.contents.dtepd_rec)
        here = ctypes.addressof(rec.contents)
        if here <= first:
            return False
        before = h.dtrace_recdesc.from_address(here - _RECORD_BYTES)
        same = before.dtrd_uarg == rec.contents.dtrd_uarg
        return bool(same and before.dtrd_action == rec.contents.dtrd_action)

    def on_out(self, buffered: Any) -> int:
        if self.out is not None:
            text = buffered.contents.dtbda_buffered
            self.out(text.decode(errors="replace") if self.text else text.strip())
        return h.DTRACE_HANDLE_OK

    def on_walk(self, aggregation: Any) -> int:
        if self.walk is not None:
            agg = aggregation.contents
            self.walk(
                _values.action(agg),
                agg.dtada_desc.contents.dtagd_varid,
                _values.keys(agg.dtada_handle, agg, self.text),
                _values.aggregation(agg.dtada_handle, agg),
            )
        return h.DTRACE_AGGWALK_REMOVE if self.remove else h.DTRACE_AGGWALK_NEXT

    def on_drop(self, dropped: Any) -> int:
        if self.drop is not None:
            drop = dropped.contents
            kind = LIBRARY.dtrace_dropkind_name(drop.dtdda_kind) or b"UNKNOWN"
            self.drop(
                kind.decode(),
                drop.dtdda_cpu,
                drop.dtdda_drops,
                drop.dtdda_total,
                drop.dtdda_msg.decode(errors="replace"),
            )
        return h.DTRACE_HANDLE_OK

    def on_error(self, failed: Any) -> int:
        if self.error is not None:
            error = failed.contents
            message = error.dteda_msg.decode(errors="replace")
            self.error(error.dteda_fault, error.dteda_addr, error.dteda_cpu, message)
        return h.DTRACE_HANDLE_OK

    def on_proc(self, process: Any, message: bytes | None) -> None:
        if self.proc is not None:
            text = None if message is None else message.decode(errors="replace")
            self.proc(LIBRARY.dtrace_proc_pid(process), text)


class Handle:
    """One handle of the library; see ``dtrace/_dtrace.pyi``."""

    callbacks_type = Callbacks
    compile_flags = 0

    def __init__(self, flags: int = 0) -> None:
        error = ctypes.c_int()
        dtp = LIBRARY.dtrace_open(h.DTRACE_VERSION, flags, ctypes.byref(error))
        if not dtp:
            message = LIBRARY.dtrace_errmsg(None, error.value)
            raise make_error(error.value, message.decode(errors="replace"))
        self._calls = self.callbacks_type()
        self._busy = threading.Lock()
        self._waking = threading.Lock()
        self._programs: list[Any] = []
        self._processes: list[Any] = []
        self._dtp: Any = dtp
        calls = self._calls
        self._check(LIBRARY.dtrace_handle_buffered, calls.c_out, None)
        self._check(LIBRARY.dtrace_handle_drop, calls.c_drop, None)
        self._check(LIBRARY.dtrace_handle_err, calls.c_error, None)
        self._check(LIBRARY.dtrace_handle_proc, calls.c_proc, None)

    @contextlib.contextmanager
    def _in_use(self) -> Iterator[Any]:
        """The library's handle, which nobody closes meanwhile: no thread, no signal's handler."""
        if not self._busy.acquire(blocking=False):
            raise make_error(errno.EBUSY, "the handle is in use by another call")
        try:
            if self.closed:
                raise closed_error()
            yield self._dtp
        finally:
            self._busy.release()

    def _last_error(self) -> Exception:
        """The library's last error; a signal's handler may have closed the handle since."""
        with self._in_use() as dtp:
            return _values.last_error(dtp)

    def _call(self, function: Any, *args: Any) -> Any:
        """Call the library with the handle; raise an exception that a callback raised."""
        with self._in_use() as dtp:
            result = function(dtp, *args)
        raised, self._calls.raised = self._calls.raised, None
        if raised is not None:
            raise raised
        return result

    def _check(self, function: Any, *args: Any) -> Any:
        """Call a function that returns -1 on failure."""
        result = self._call(function, *args)
        if result == -1:
            raise self._last_error()
        return result

    def __repr__(self) -> str:
        return f"<{__name__}.Handle {'closed' if self.closed else 'open'}>"

    @property
    def closed(self) -> bool:
        return self._dtp is None

    @property
    def exit_status(self) -> int | None:
        return self._calls.exit_status

    def close(self) -> None:
        if not self._busy.acquire(blocking=False):
            raise make_error(errno.EBUSY, "the handle is in use by another call")
        try:
            if not self._waking.acquire(timeout=1):  # a handler that has interrupted wake()
                raise make_error(errno.EBUSY, "the handle is in use by another call")
            try:
                dtp, self._dtp = self._dtp, None
            finally:
                self._waking.release()
            if dtp is not None:
                LIBRARY.dtrace_close(dtp)
        finally:
            self._busy.release()

    def __del__(self) -> None:
        if getattr(self, "_dtp", None) is not None:
            self.close()

    def callbacks(self, *, text: bool = False, **callbacks: Callback) -> None:
        for name in ("chew", "chewrec", "out", "walk", "drop", "error", "proc"):
            setattr(self._calls, name, callbacks.get(name))
        self._calls.text = text

    def setopt(self, name: str, value: str | None = None) -> None:
        encoded = None if value is None else value.encode()
        self._check(LIBRARY.dtrace_setopt, name.encode(), encoded)

    def getopt(self, name: str) -> int:
        value = ctypes.c_int64()
        self._check(LIBRARY.dtrace_getopt, name.encode(), ctypes.byref(value))
        return value.value

    def compile(self, script: str, args: tuple[str, ...] = (), flags: int = 0) -> int:
        argv = (ctypes.c_char_p * (len(args) + 1))(*(a.encode() for a in args))
        encoded = script.encode()
        if b"\0" in encoded:
            raise ValueError("embedded null character")
        program = self._call(
            LIBRARY.dtrace_program_strcompile,
            encoded,
            h.DTRACE_PROBESPEC_NAME,
            flags | self.compile_flags,
            len(args),
            argv,
        )
        if not program:
            raise self._last_error()
        self._programs.append(program)
        return len(self._programs) - 1

    def enable(self, program: int) -> tuple[int, int, int, int]:
        if not 0 <= program < len(self._programs):
            raise ValueError("no such program on this handle")
        info = h.dtrace_proginfo()
        self._check(LIBRARY.dtrace_program_exec, self._programs[program], ctypes.byref(info))
        return info.dpi_matches, info.dpi_aggregates, info.dpi_recgens, info.dpi_speculations

    def go(self) -> None:
        self._check(LIBRARY.dtrace_go)

    def stop(self) -> None:
        self._check(LIBRARY.dtrace_stop)

    def status(self) -> int:
        return int(self._check(LIBRARY.dtrace_status))

    def sleep(self, timeout: float | None = None) -> bool:
        timeout_ns = -1
        if timeout is not None and timeout < 1e9:
            timeout_ns = max(0, math.ceil(timeout * 1e9))
        return bool(self._check(LIBRARY.dtrace_wait, timeout_ns))

    def wake(self) -> None:
        # If it is taken, another call wakes the handle or closes it: either will do.
        if not self._waking.acquire(blocking=False):
            return
        try:
            if self._dtp is not None:
                LIBRARY.dtrace_wake(self._dtp)
        finally:
            self._waking.release()

    def work(self) -> bool:
        calls = self._calls
        done = self._check(LIBRARY.dtrace_work, None, calls.c_chew, calls.c_chewrec, None)
        return bool(done == h.DTRACE_WORKSTATUS_DONE)

    def snapshot(self) -> None:
        self._check(LIBRARY.dtrace_aggregate_snap_now)

    def snapshots(self) -> int:
        return int(self._call(LIBRARY.dtrace_aggregate_nsnaps))

    def walk(self, remove: bool = True) -> None:
        self._calls.remove = remove
        self._check(LIBRARY.dtrace_aggregate_walk_valsorted, self._calls.c_walk, None)

    def print_aggregations(self) -> None:
        usual_order = ctypes.cast(0, h.dtrace_aggregate_walk_f)
        self._check(LIBRARY.dtrace_aggregate_print, None, usual_order)

    def probes(self, pattern: str | None = None) -> list[tuple[int, str, str, str, str]]:
        found: list[tuple[int, str, str, str, str]] = []

        def keep(_dtp: Any, desc: Any, _arg: Any) -> int:
            probe = desc.contents
            names = (probe.dtpd_provider, probe.dtpd_mod, probe.dtpd_func, probe.dtpd_name)
            provider, module, function, name = (part.decode(errors="replace") for part in names)
            found.append((probe.dtpd_id, provider, module, function, name))
            return 0

        wanted = None
        if pattern:
            wanted = ctypes.byref(h.dtrace_probedesc())
            spec = h.DTRACE_PROBESPEC_NAME
            self._check(LIBRARY.dtrace_str2desc, spec, pattern.encode(), wanted)
        self._check(LIBRARY.dtrace_probe_iter, wanted, h.dtrace_probe_f(keep), None)
        return found

    def symbol(self, address: int, pid: int = 0) -> str:
        buffer = ctypes.create_string_buffer(1024)
        if pid:
            self._check(LIBRARY.dtrace_uaddr2str, pid, address, buffer, len(buffer))
        else:
            self._check(LIBRARY.dtrace_addr2str, address, buffer, len(buffer))
        return buffer.value.decode(errors="replace")

    def _keep_process(self, process: Any) -> int:
        if not process:
            raise self._last_error()
        self._processes.append(process)
        with self._in_use():
            return int(LIBRARY.dtrace_proc_pid(process))

    def create(self, argv: Sequence[str]) -> int:
        words = [os.fsencode(word) for word in argv]
        if not words:
            raise ValueError("no program to run")
        array = (ctypes.c_char_p * (len(words) + 1))(*words)
        return self._keep_process(self._call(LIBRARY.dtrace_proc_create, words[0], array))

    def grab(self, pid: int) -> int:
        return self._keep_process(self._call(LIBRARY.dtrace_proc_grab, pid, 0))

    def proceed(self) -> None:
        for process in self._processes:
            self._call(LIBRARY.dtrace_proc_continue, process)

    def processes(self) -> list[tuple[int, int, int]]:
        with self._in_use():
            return [
                (
                    LIBRARY.dtrace_proc_pid(process),
                    LIBRARY.dtrace_proc_state(process),
                    LIBRARY.dtrace_proc_status(process),
                )
                for process in self._processes
            ]

    def drops(self) -> dict[str, int]:
        names = ((kind, LIBRARY.dtrace_dropkind_name(kind)) for kind in range(32))
        total = LIBRARY.dtrace_drop_total
        with self._in_use() as dtp:
            return {name.decode(): total(dtp, kind) for kind, name in names if name}
