# SPDX-License-Identifier: MIT
"""The contract of a back end: one handle of libdtrace.

All methods but `wake`, `close` and `callbacks` raise a DTraceError if the handle is closed or in
use by another call, and any exception that a callback raised during the call.  The interpreter's
lock is released while the library works.
"""

from collections.abc import Callable, Sequence
from typing import Any, Self

d_version: str

class Handle:
    """A handle; the library's ends with `close`, or with this object."""

    def __new__(cls, flags: int = 0) -> Self:
        """Open a handle with ``DTRACE_O_*`` flags; no privilege is needed."""

    @property
    def closed(self) -> bool:
        """Whether `close` has been called."""
    @property
    def exit_status(self) -> int | None:
        """The argument of D's exit(); None until it was consumed."""
    def close(self) -> None:
        """Close the handle: probes are detached, END does not fire.  A second call does nothing."""
    def callbacks(
        self,
        *,
        chew: Callable[[int], object] | None = None,
        chewrec: Callable[[int], object] | None = None,
        out: Callable[[Any], object] | None = None,
        walk: Callable[[int, int, list[Any], Any], object] | None = None,
        drop: Callable[[str, int, int, int, str], object] | None = None,
        error: Callable[[int, int, int, str], object] | None = None,
        proc: Callable[[int, str | None], object] | None = None,
        text: bool = False,
    ) -> None:
        """Set all callbacks; those that are left out are no longer called.

        They are called as chew(cpu), chewrec(action), out(text), walk(action, identifier, keys,
        value), drop(kind, cpu, drops, total, message), error(fault, address, cpu, message) and
        proc(pid, message).  With `text` strings are str, else bytes (and output is stripped).
        """
    def setopt(self, name: str, value: str | None = None, /) -> None:
        """Set an option; None switches it on."""
    def getopt(self, name: str, /) -> int:
        """Return an option's value; -2 if unset."""
    def compile(self, script: str, args: tuple[str, ...] = (), flags: int = 0, /) -> int:
        """Compile a program; return its number.

        `args` are the macro arguments from ``$0`` on, `flags` are ``DTRACE_C_*``.
        """
    def enable(self, program: int, /) -> tuple[int, int, int, int]:
        """Enable a program; return (matches, aggregates, records, speculations)."""
    def go(self) -> None:
        """Start tracing: generate, load, attach, fire BEGIN.  Possible once per handle."""
    def stop(self) -> None:
        """Stop tracing; END fires and is consumed by the next `work`."""
    def status(self) -> int:
        """Return ``DTRACE_STATUS_*``."""
    def sleep(self, timeout: float | None = None, /) -> bool:
        """Wait until `work` is due, at most `timeout` seconds; True if `wake` ended the wait."""
    def wake(self) -> None:
        """End the current `sleep` and all later ones; may be called from any thread."""
    def work(self) -> bool:
        """Consume what is due; True if tracing has stopped and all data is consumed."""
    def snapshot(self) -> None:
        """Read the aggregations now."""
    def snapshots(self) -> int:
        """Return how often the aggregations were read."""
    def walk(self, remove: bool = True, /) -> None:
        """Call `walk` for each entry in the order of values; with `remove` each is removed."""
    def print_aggregations(self) -> None:
        """Pass the aggregations that no printa() has printed to `out`, as dtrace(1) prints them."""
    def probes(self, pattern: str | None = None, /) -> list[tuple[int, str, str, str, str]]:
        """List the probes that a description matches: (id, provider, module, function, name)."""
    def symbol(self, address: int, pid: int = 0, /) -> str:
        """Return the symbol at an address, of the kernel or of a process."""
    def create(self, argv: Sequence[str], /) -> int:
        """Create a process, stopped, as ``$target``; return its pid."""
    def grab(self, pid: int, /) -> int:
        """Grab a process; return its pid."""
    def proceed(self) -> None:
        """Let the created and grabbed processes continue."""
    def processes(self) -> list[tuple[int, int, int]]:
        """Return (pid, ``DTRACE_PROC_*``, wait status) for each of them."""
    def drops(self) -> dict[str, int]:
        """Return the drops so far, by kind."""
