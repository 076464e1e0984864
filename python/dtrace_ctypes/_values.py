# SPDX-License-Identifier: MIT
"""The library's data as Python values: what python/ext/values.c does for the compiled package."""

from __future__ import annotations

import ctypes
from typing import Any

from . import _header as h
from ._errors import DTraceCompileError, make_error
from ._library import LIBRARY

_INTS = {
    (1, 0): ctypes.c_uint8,
    (1, 1): ctypes.c_int8,
    (2, 0): ctypes.c_uint16,
    (2, 1): ctypes.c_int16,
    (4, 0): ctypes.c_uint32,
    (4, 1): ctypes.c_int32,
    (8, 0): ctypes.c_uint64,
    (8, 1): ctypes.c_int64,
}
_STACKS = (h.DTRACE_VAL_STACK, h.DTRACE_VAL_USTACK)
_SYMBOLS = range(h.DTRACE_VAL_SYM, h.DTRACE_VAL_UADDR + 1)


def last_error(dtp: Any) -> Exception:
    """Return the handle's last error as an exception."""
    number = LIBRARY.dtrace_errno(dtp)
    message = LIBRARY.dtrace_errmsg(dtp, number).decode(errors="replace")
    place = h.dtrace_errplace()
    if LIBRARY.dtrace_errplace(dtp, ctypes.byref(place)) != 0:
        return make_error(number, message)
    error = _error(number, message, place)
    others: list[Exception] = []
    while other := LIBRARY.dtrace_errother(dtp, len(others), ctypes.byref(place)):
        others.append(_error(h.EDT_COMPILER_ERROR, other.decode(errors="replace"), place))
    if isinstance(error, DTraceCompileError):
        error.others = tuple(e for e in others if isinstance(e, DTraceCompileError))
    return error


def _error(number: int, message: str, place: Any) -> Exception:
    """Return an error as an exception, with the details that `place` has."""

    def text(name: str) -> str:
        return (getattr(place, name) or b"").decode(errors="replace")

    return make_error(
        number,
        message,
        text("dtep_tag"),
        text("dtep_file"),
        text("dtep_source"),
        text("dtep_hint"),
        text("dtep_missing"),
        place.dtep_line,
        place.dtep_column,
    )


def _library_text(dtp: Any, function: Any, *args: Any) -> str:
    """Return a text of the library's that says its length: in a second call when it is long."""
    size = 256
    while True:
        buffer = ctypes.create_string_buffer(size)
        length = function(dtp, *args, buffer, size)
        if length < 0:
            raise last_error(dtp)
        if length < size:
            return buffer.value.decode(errors="replace")
        size = length + 1


def _stack(dtp: Any, kind: Any, address: int) -> tuple[str, ...]:
    frames = []
    for i in range(kind.dtvt_count):
        frame = _library_text(dtp, LIBRARY.dtrace_frame2str, ctypes.byref(kind), address, i)
        if not frame:
            break
        frames.append(frame)
    return tuple(frames)


def key(dtp: Any, agg: Any, index: int, text: bool) -> Any:
    """Return datum `index` of an aggregation's tuple."""
    desc = agg.dtada_desc
    # dtagd_rec is an array of dtagd_nrecs; ctypes knows of its first member only.
    rec = ctypes.cast(desc.contents.dtagd_rec, ctypes.POINTER(h.dtrace_recdesc))[index]
    address = agg.dtada_data + rec.dtrd_offset
    kind = h.dtrace_valtype()
    if LIBRARY.dtrace_agg_valtype(dtp, desc, index, ctypes.byref(kind)) != 0:
        raise last_error(dtp)
    if kind.dtvt_kind == h.DTRACE_VAL_INT and (kind.dtvt_size, kind.dtvt_signed) in _INTS:
        return _INTS[kind.dtvt_size, kind.dtvt_signed].from_address(address).value
    if kind.dtvt_kind == h.DTRACE_VAL_STRING:
        string = ctypes.string_at(address, kind.dtvt_size).partition(b"\0")[0]
        return string.decode(errors="replace") if text else string
    if kind.dtvt_kind in _STACKS:
        return _stack(dtp, kind, address)
    if kind.dtvt_kind in _SYMBOLS:
        return _library_text(dtp, LIBRARY.dtrace_sym2str, kind.dtvt_kind, address)
    return ctypes.string_at(address, kind.dtvt_size)


def keys(dtp: Any, agg: Any, text: bool) -> list[Any]:
    """Return all keys of an aggregation's entry."""
    return [key(dtp, agg, i, text) for i in range(1, agg.dtada_desc.contents.dtagd_nrecs - 1)]


def action(agg: Any) -> int:
    """Return the aggregating function, ``DTRACEAGG_*``."""
    desc = agg.dtada_desc.contents
    recs = ctypes.cast(desc.dtagd_rec, ctypes.POINTER(h.dtrace_recdesc))
    return int(recs[desc.dtagd_nrecs - 1].dtrd_action)


def aggregation(dtp: Any, agg: Any) -> Any:
    """Return an aggregation's value: a number, or [((low, high), count), ...]."""
    nbuckets = LIBRARY.dtrace_agg_nbuckets(ctypes.byref(agg))
    if nbuckets > 0:
        return [_bucket(dtp, agg, i) for i in range(nbuckets)]
    number = ctypes.c_int64()
    if nbuckets < 0 or LIBRARY.dtrace_agg_number(ctypes.byref(agg), ctypes.byref(number)) != 0:
        raise last_error(dtp)
    return number.value


def _bucket(dtp: Any, agg: Any, i: int) -> tuple[tuple[int, int], int]:
    low, high, count = ctypes.c_int64(), ctypes.c_int64(), ctypes.c_int64()
    bounds = ctypes.byref(low), ctypes.byref(high)
    if LIBRARY.dtrace_agg_bucket(ctypes.byref(agg), i, *bounds, ctypes.byref(count)) != 0:
        raise last_error(dtp)
    return (low.value, high.value), count.value
