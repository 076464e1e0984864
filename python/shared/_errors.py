# SPDX-License-Identifier: MIT
"""Exceptions and warnings, and the rule by which an error of the library becomes one of them."""

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

# The library's own numbers that mean a class of their own (dtrace_linux.h, doc/libdtrace.md).
_COMPILER, _ACCESS, _KERNEL, _CLOSED = 1005, 1062, 1100, 1102
_PROBE_NUMBERS = frozenset({1010, 1011, 1012, 1019, 1020, 1021, 1031, 1032})


class DTraceError(Exception):
    """Any failure of DTrace.

    Parameters
    ----------
    errno : int
        An errno, or from 1000 on a number of the library's own.
    tag : str
        D's tag of the error, such as ``D_SYNTAX``; empty when it has none.
    message : str
        What failed.
    """

    def __init__(self, errno: int = 0, tag: str = "", message: str = "") -> None:
        super().__init__(errno, tag, message)
        self.errno = errno
        self.tag = tag
        self.message = message

    def __str__(self) -> str:
        return self.message


class DTraceCompileError(DTraceError):
    """A D program that does not compile, and where.

    Attributes
    ----------
    line, column : int
        From 1; 0 when not known.
    source : str
        The offending line.
    file : str
        The D file; empty for a program given as a string.
    hint : str
        What may help; often empty.
    """

    line: int = 0
    column: int = 0
    source: str = ""
    file: str = ""
    hint: str = ""

    def __str__(self) -> str:
        lines = [self.message]
        if self.source:
            lines.append(self.source)
            if self.column > 0:
                before = self.source.encode()[: self.column - 1].decode(errors="replace")
                lines.append("".join("\t" if c == "\t" else " " for c in before) + "^")
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)


class DTraceProbeError(DTraceCompileError):
    """A probe description that matches nothing or is none."""


class DTracePrivilegeError(DTraceError):
    """The process may not trace; `missing` names the capability it lacks."""

    missing: str = ""


class DTraceKernelError(DTraceError):
    """This kernel lacks a feature; `feature` names it."""

    feature: str = ""


class DTraceClosedError(DTraceError):
    """The consumer has been closed."""


class DTraceDropWarning(RuntimeWarning):
    """Data was lost: `drops` of `kind` on `cpu` (-1: not of one CPU), `total` so far where known."""

    def __init__(self, message: str, kind: str = "", cpu: int = -1, drops: int = 0, total: int = 0) -> None:
        super().__init__(message)
        self.kind, self.cpu, self.drops, self.total = kind, cpu, drops, total


class DTraceErrorWarning(RuntimeWarning):
    """A clause of the D program failed at run time, for instance by reading a bad address."""

    def __init__(self, message: str, fault: int = 0, address: int = 0, cpu: int = -1) -> None:
        super().__init__(message)
        self.fault, self.address, self.cpu = fault, address, cpu


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
    bare: str = "",
) -> DTraceError:
    """Make the exception that fits the library's error; for the back ends.

    `message` is the library's whole text; `bare` the same without place and tag.
    """
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
    return DTraceError(errno, tag, message)


def closed_error() -> DTraceClosedError:
    """Make the error of a consumer that is used after its close."""
    return DTraceClosedError(_CLOSED, "", "the consumer has been closed")
