# SPDX-License-Identifier: MIT
"""One run of one D program on one handle: the loop that all consumers share.

A consumer makes a `Session` per run, from its `Settings`, and closes it afterwards.
"""

from __future__ import annotations

import contextlib
import inspect
import shlex
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Any

from ._backend import Handle
from ._errors import DTraceDropWarning, DTraceErrorWarning

Option = str | int | bool | None
Command = str | Sequence[str]
Pids = int | Iterable[int]

_STATUS_EXITED = 2  # DTRACE_STATUS_EXITED; from it on, tracing has ended
_PROC_EXITED = 2  # DTRACE_PROC_EXITED; from it on, the process is gone


def takes_exactly_three(func: Callable[..., Any]) -> bool:
    """Return whether a walk callback is of the old kind, ``walk(identifier, keys, value)``."""
    try:
        signature = inspect.signature(func)
    except (TypeError, ValueError):
        return False

    def accepts(count: int) -> bool:
        try:
            signature.bind(*range(count))
        except TypeError:
            return False
        return True

    return accepts(3) and not accepts(4)


def option_text(value: Option) -> str | None:
    """Return an option's value as the library reads it; None switches a flag on."""
    if value is True or value is None:
        return None
    if value is False:
        return "disable"
    return str(value)


@dataclass(frozen=True)
class Program:
    """A D program with its macro arguments and the processes that it traces."""

    script: str
    args: Sequence[object] = ()
    command: Command | None = None
    pid: Pids | None = None

    @property
    def argv(self) -> tuple[str, ...]:
        """The macro arguments from ``$0`` on."""
        return ("dtrace", *map(str, self.args))


@dataclass
class Settings:
    """A consumer's callbacks and options, and how text is passed to it."""

    chew: Callable[..., Any] | None
    chewrec: Callable[..., Any] | None
    out: Callable[..., Any] | None
    walk: Callable[..., Any] | None
    text: bool = False
    remove: bool = True
    options: list[tuple[str, Option]] = field(default_factory=list)

    def with_options(self, options: dict[str, Option]) -> Settings:
        """Return a copy with further options; one that is False keeps its default."""
        more = [(name, value) for name, value in options.items() if value is not False]
        return replace(self, options=[*self.options, *more])

    def walker(self) -> Callable[..., Any] | None:
        """Return the walk callback as one that takes four arguments."""
        walk = self.walk
        if walk is None or not takes_exactly_three(walk):
            return walk
        old: Callable[..., Any] = walk
        return lambda _action, identifier, keys, value: old(identifier, keys, value)


def _caller_level() -> int:
    """Return the stack level of the first caller outside this package, for a warning."""
    package = __name__.rpartition(".")[0]
    level, frame = 1, sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == package:
        level, frame = level + 1, frame.f_back
    return level


class Session:
    """A handle and its run.  It belongs to one thread; any other may end the run by `stop`."""

    def __init__(self, settings: Settings, handle_type: type[Handle] = Handle) -> None:
        self.settings = settings
        self.stopping = threading.Event()
        self.handle = handle_type()
        self._started = False
        self._interrupted = False
        self._snapshots = 0
        self._pids: set[int] = set()
        try:
            self.handle.callbacks(
                chew=settings.chew,
                chewrec=settings.chewrec,
                out=settings.out,
                walk=settings.walker(),
                drop=self._drop,
                error=self._error,
                proc=self._proc,
                text=settings.text,
            )
            for name, value in settings.options:
                self.handle.setopt(name, option_text(value))
        except BaseException:
            self.handle.close()
            raise

    def start(self, program: Program) -> None:
        """Create or grab the processes, compile, enable, and start tracing."""
        handle, command, pid = self.handle, program.command, program.pid
        if command is not None:
            words = shlex.split(command) if isinstance(command, str) else list(command)
            self._pids.add(handle.create(words))
        if pid is not None:
            for number in [pid] if isinstance(pid, int) else pid:
                self._pids.add(handle.grab(number))
        handle.enable(handle.compile(program.script, program.argv))
        handle.go()
        self._started = True
        handle.proceed()

    def stop(self) -> None:
        """Ask the run to end; may be called from any thread."""
        self.stopping.set()
        self.handle.wake()

    @contextlib.contextmanager
    def in_order(self) -> Iterator[None]:
        """End the run in order before an exception or Ctrl-C leaves the body.

        The body calls `start` and `consume`.  The first Ctrl-C ends the run as `stop` does and is
        raised when all data is consumed; a second one is raised at once.
        """
        try:
            with self._on_interrupt():
                try:
                    yield
                except KeyboardInterrupt:
                    self.finish()
                    raise
                if self._interrupted:
                    raise KeyboardInterrupt
        except BaseException:
            self.abandon()
            raise

    def consume(self, runtime: float | None, walking: bool = False) -> None:
        """Consume for `runtime` seconds (None: no limit), or until the run ends otherwise.

        It also ends by `stop`, by D's exit(), and with the last of the processes.  With `walking`
        the aggregations are walked each time the library has read them.  On return END has fired,
        and all data is consumed and walked.
        """
        deadline = None if runtime is None else time.monotonic() + runtime
        while not self._over(deadline):
            self.handle.sleep(None if deadline is None else deadline - time.monotonic())
            if self.stopping.is_set() or self.handle.work():
                break
            if walking:
                self.walk_if_new()
        self.finish()

    def consume_at_end(self) -> None:
        """Leave the data in the kernel's buffers until `stop` or exit(), and consume it then."""
        while not self._over(None) and not self.stopping.wait(0.05):
            if self.handle.status() >= _STATUS_EXITED:
                break
        self.finish()

    def walk_if_new(self) -> None:
        """Walk the aggregations if they were read since the last walk."""
        snapshots = self.handle.snapshots()
        if snapshots != self._snapshots:
            self._snapshots = snapshots
            self.handle.walk(self.settings.remove)

    def finish(self) -> None:
        """Stop in order: END fires, everything is consumed and walked."""
        handle = self.handle
        if not self._started:
            return
        handle.stop()
        while not handle.work():
            pass
        handle.walk(self.settings.remove)

    def abandon(self) -> None:
        """Stop in order after an exception, without calling back."""
        if self._started and not self.handle.closed:
            self.handle.callbacks()
            self.handle.stop()

    def close(self) -> tuple[int | None, dict[str, int]]:
        """Close the handle; return exit()'s argument and the drops that occurred, by kind."""
        handle = self.handle
        if handle.closed:
            return None, {}
        drops = {kind: count for kind, count in handle.drops().items() if count}
        handle.close()
        return handle.exit_status, drops

    @contextlib.contextmanager
    def _on_interrupt(self) -> Iterator[None]:
        """Make Ctrl-C end the run, in the main thread and where nothing else handles it.

        A KeyboardInterrupt then cannot be raised inside a callback, where ctypes would discard it,
        nor in the middle of this class.
        """
        ours = threading.current_thread() is threading.main_thread()
        if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
            yield
            return

        def interrupt(number: int, frame: FrameType | None) -> None:
            if self._interrupted:
                signal.default_int_handler(number, frame)
            self._interrupted = True
            self.stop()

        signal.signal(signal.SIGINT, interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _over(self, deadline: float | None) -> bool:
        if self.stopping.is_set():
            return True
        if deadline is not None and time.monotonic() >= deadline:
            return True
        if not self._pids:
            return False
        return all(state >= _PROC_EXITED for _, state, _ in self.handle.processes())

    @staticmethod
    def _drop(kind: str, cpu: int, drops: int, total: int, message: str) -> None:
        warning = DTraceDropWarning(message.strip(), kind, cpu, drops, total)
        warnings.warn(warning, stacklevel=_caller_level())

    @staticmethod
    def _error(fault: int, address: int, cpu: int, message: str) -> None:
        warning = DTraceErrorWarning(message.strip(), fault, address, cpu)
        warnings.warn(warning, stacklevel=_caller_level())

    @staticmethod
    def _proc(pid: int, message: str | None) -> None:
        if message:
            warnings.warn(message.strip(), RuntimeWarning, stacklevel=_caller_level())
