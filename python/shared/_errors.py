# SPDX-License-Identifier: MIT
"""Exceptions and warnings; `make_error` chooses the exception for an error of the library."""

from __future__ import annotations

import errno as _errno

__all__ = [
    "DTraceClosedError",
    "DTraceCompileError",
    "DTraceDropWarning",
    "DTraceError",
    "DTraceErrorWarning",
    "DTraceKernelError",
    "DTracePrivilegeError",
    "DTraceProbeError",
]

# The library's own error numbers that have a class of their own (dtrace_linux.h, doc/libdtrace.md).
_COMPILER, _ACCESS, _KERNEL, _CLOSED = 1005, 1062, 1100, 1102
_PROBE_NUMBERS = frozenset({1010, 1011, 1012, 1019, 1020, 1021, 1031, 1032})


def _repr(error: Exception, *names: str) -> str:
    """Return the text of repr(): those of the attributes that are not empty."""
    values = ((name, getattr(error, name)) for name in names)
    shown = ", ".join(f"{name}={value!r}" for name, value in values if value not in ("", None))
    return f"{type(error).__name__}({shown})"


class DTraceError(Exception):
    """Any failure of DTrace.

    Parameters
    ----------
    errno : int
        An errno, or from 1000 on one of the library's own numbers.
    tag : str
        D's tag of the error, such as ``D_SYNTAX``; empty when it has none.
    message : str
        What failed.

    Attributes
    ----------
    hint : str
        What may help, such as the name of an option that was meant; often empty.
    """

    #: What repr() shows.
    _shown: tuple[str, ...] = ("errno", "tag", "message")
    hint: str = ""

    def __init__(self, errno: int = 0, tag: str = "", message: str = "") -> None:
        super().__init__(errno, tag, message)
        self.errno = errno
        self.tag = tag
        self.message = message

    def __str__(self) -> str:
        return f"{self.message}\nhint: {self.hint}" if self.hint else self.message

    def __repr__(self) -> str:
        return _repr(self, *self._shown)


class DTraceCompileError(DTraceError):
    """A D program does not compile.

    Attributes
    ----------
    line, column : int
        The place of the error, counted from 1; 0 if unknown.
    source : str
        The text of that line.
    file : str
        The D file; empty for a program given as a string.
    others : tuple of DTraceCompileError
        What else is wrong with the program.
    """

    _shown = ("errno", "tag", "message", "file", "line", "column")
    line: int = 0
    column: int = 0
    source: str = ""
    file: str = ""
    others: tuple[DTraceCompileError, ...] = ()

    def __str__(self) -> str:
        lines = [self.message]
        if self.source:
            lines.append(self.source)
            if self.column > 0:
                before = self.source.encode()[: self.column - 1].decode(errors="replace")
                lines.append("".join("\t" if c == "\t" else " " for c in before) + "^")
        if self.hint:
            lines.append(f"hint: {self.hint}")
        lines += map(str, self.others)
        return "\n".join(lines)


class DTraceProbeError(DTraceCompileError):
    """A probe description is malformed or matches nothing."""


class DTracePrivilegeError(DTraceError):
    """The process may not trace; `missing` names the capability it lacks."""

    _shown = ("errno", "tag", "message", "missing")
    missing: str = ""


class DTraceKernelError(DTraceError):
    """This kernel lacks a feature; `feature` names it."""

    _shown = ("errno", "tag", "message", "feature")
    feature: str = ""


class DTraceClosedError(DTraceError):
    """The consumer has been closed."""


class DTraceDropWarning(RuntimeWarning):
    """Data was lost: `drops` of `kind` on `cpu` (-1 if no single one), `total` so far if known."""

    def __init__(
        self, message: str, kind: str = "", cpu: int = -1, drops: int = 0, total: int = 0
    ) -> None:
        super().__init__(message)
        self.message = message
        self.kind, self.cpu, self.drops, self.total = kind, cpu, drops, total

    def __repr__(self) -> str:
        return _repr(self, "message", "kind", "cpu", "drops", "total")


class DTraceErrorWarning(RuntimeWarning):
    """A clause of the D program failed at run time, for instance by reading a bad address."""

    def __init__(self, message: str, fault: int = 0, address: int = 0, cpu: int = -1) -> None:
        super().__init__(message)
        self.message = message
        self.fault, self.address, self.cpu = fault, address, cpu

    def __repr__(self) -> str:
        return _repr(self, "message", "fault", "address", "cpu")


def make_error(
    errno: int,
    message: str,
    tag: str = "",
    file: str = "",
    source: str = "",
    hint: str = "",
    missing: str = "",
    line: int = 0,
    column: int = 0,
) -> DTraceError:
    """Make the exception for an error of the library; the back ends call this."""
    if errno == _COMPILER or errno in _PROBE_NUMBERS:
        probe = errno in _PROBE_NUMBERS or tag.startswith("D_PDESC")
        compile_error = (DTraceProbeError if probe else DTraceCompileError)(errno, tag, message)
        compile_error.line, compile_error.column = line, column
        compile_error.source, compile_error.file = source, file
        compile_error.hint = hint
        return compile_error
    if errno in (_errno.EPERM, _errno.EACCES, _ACCESS):
        privilege_error = DTracePrivilegeError(errno, tag, message)
        privilege_error.missing = missing
        return privilege_error
    if errno == _KERNEL:
        kernel_error = DTraceKernelError(errno, tag, message)
        kernel_error.feature = missing
        return kernel_error
    if errno == _CLOSED:
        return DTraceClosedError(errno, tag, message)
    error = DTraceError(errno, tag, message)
    error.hint = hint
    return error


def closed_error() -> DTraceClosedError:
    """Make the error for the use of a closed consumer."""
    return DTraceClosedError(_CLOSED, "", "the consumer has been closed")
