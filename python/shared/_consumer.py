# SPDX-License-Identifier: MIT
"""The consumers of python-dtrace, in its names and shapes.

`dtrace` and `dtrace_ctypes` hold the same copy of this file; they differ in `_backend`.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, NamedTuple

from ._backend import Handle
from ._defaults import simple_chew, simple_chewrec, simple_out, simple_walk
from ._errors import closed_error
from ._session import Command, Option, Pids, Session, Settings, option_text

__all__ = [
    "DTraceConsumer",
    "DTraceConsumerThread",
    "DTraceContinuousConsumer",
    "Probe",
    "probes",
]

Callback = Callable[..., Any] | None

# The argument was left out; None means silence.
_DEFAULT: Any = type("Default", (), {"__repr__": lambda self: "<default>"})()


class Probe(NamedTuple):
    """A probe: its number and the four parts of its name."""

    id: int
    provider: str
    module: str
    function: str
    name: str

    def __str__(self) -> str:
        return f"{self.provider}:{self.module}:{self.function}:{self.name}"


def probes(pattern: str = "") -> list[Probe]:
    """List the probes that a description matches; all without one.

    >>> probes("syscall::read:entry")[0].function
    'read'
    """
    handle = Handle()
    try:
        return [Probe(*probe) for probe in handle.probes(pattern)]
    finally:
        handle.close()


def _either(name: str, func: Callback, options: dict[str, Any], default: Callable[..., Any]) -> Callback:
    """Take a callback by its long name (``chew_func``) or its short one (``chew``)."""
    short = options.pop(name, _DEFAULT)
    if func is not _DEFAULT and short is not _DEFAULT:
        raise TypeError(f"both {name}_func and {name} given")
    chosen = short if func is _DEFAULT else func
    if chosen is _DEFAULT:
        return default
    if chosen is not None and not callable(chosen):
        raise TypeError(f"{name}_func must be callable or None, not {type(chosen).__name__}")
    return chosen


def _settings(
    chew: Callback,
    chewrec: Callback,
    out: Callback,
    walk: Callback,
    text: bool,
    remove: bool,
    options: dict[str, Any],
) -> Settings:
    return Settings(
        _either("chew", chew, options, simple_chew),
        _either("chewrec", chewrec, options, simple_chewrec),
        _either("out", out, options, simple_out),
        _either("walk", walk, options, simple_walk),
        text,
        remove,
    ).with_options(options)


class _Closing:
    """A context manager that closes."""

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Any:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Optional:
    """D's options of a consumer that opens its handles later: they are tried at once."""

    _settings: Settings

    def setopt(self, name: str, value: Option = None) -> None:
        """Set one of D's options for what runs from now on; without a value, switch it on."""
        with self._brief_handle() as handle:
            handle.setopt(name, option_text(value))
        self._settings.options.append((name, value))

    def getopt(self, name: str) -> int:
        """Return an option's value as a number; -2 when it is not set."""
        with self._brief_handle() as handle:
            return handle.getopt(name)

    @contextlib.contextmanager
    def _brief_handle(self) -> Iterator[Handle]:
        """Give a handle with the options set, for something short."""
        handle = Handle()
        try:
            for name, value in self._settings.options:
                handle.setopt(name, option_text(value))
            yield handle
        finally:
            handle.close()

    def _try_options(self) -> None:
        """Raise for a wrong option where it was given, not when it is needed."""
        if self._settings.options:
            with self._brief_handle():
                pass


class DTraceConsumer(_Optional, _Closing):
    """Run D programs, one after the other, and hand what they say to callbacks.

    Parameters
    ----------
    chew_func : callable, optional
        ``chew(cpu)``, once each time a probe fires.
    chewrec_func : callable, optional
        ``chewrec(action)``, once for each action (``DTRACEACT_*``) that left a record.
    out_func : callable, optional
        ``out(value)``, with what the program prints: stripped bytes, or with `text` the text as it is.
    walk_func : callable, optional
        ``walk(action, identifier, keys, value)``, once for each entry of the aggregations after the run; a function
        that takes exactly three arguments gets ``walk(identifier, keys, value)``.
    text : bool
        Give strings as str instead of bytes, and strip nothing.
    remove : bool
        Each walk shows what came since the one before; False: running totals.
    **options
        D's options, such as ``bufsize="16m"``, ``strsize=1024``, ``quiet=True``.

    A callback that is left out prints readable lines, None is silence.  ``chew``, ``chewrec``, ``out`` and ``walk``
    are the same arguments in short.

    Examples
    --------
    >>> lines = []
    >>> consumer = DTraceConsumer(chew=None, chewrec=None, out=lines.append)
    >>> consumer.run('BEGIN { trace("Hello World"); exit(0); }')
    >>> lines
    [b'Hello World']
    """

    def __init__(
        self,
        chew_func: Callback = _DEFAULT,
        chewrec_func: Callback = _DEFAULT,
        out_func: Callback = _DEFAULT,
        walk_func: Callback = _DEFAULT,
        *,
        text: bool = False,
        remove: bool = True,
        **options: Any,
    ) -> None:
        self._settings = _settings(chew_func, chewrec_func, out_func, walk_func, text, remove, options)
        self._lock = threading.RLock()  # a signal's handler may call stop() at any time
        self._session: Session | None = None
        self._closed = False
        #: The argument of D's exit() in the last run; None when it was not called.
        self.exit_status: int | None = None
        #: Drops of the last run by kind; only kinds that occurred.
        self.drops: dict[str, int] = {}
        self._try_options()

    def compile(self, script: str, *, args: Sequence[object] = ()) -> None:
        """Compile a program without running it; it takes no privilege.

        Raises
        ------
        DTraceCompileError
            With line, column, tag and source.
        """
        with self._brief_handle() as handle:
            handle.compile(script, ("dtrace", *map(str, args)))

    def run(
        self,
        script: str,
        runtime: float | None = 1,
        *,
        args: Sequence[object] = (),
        command: Command | None = None,
        pid: Pids | None = None,
        **options: Any,
    ) -> None:
        """Run a program for `runtime` seconds, or until its exit(), or `stop`; then walk the aggregations.

        Parameters
        ----------
        script : str
            The D program.
        runtime : float or None
            Seconds; None: until exit().
        args : sequence
            The macro arguments ``$1``, ``$2``, ... .
        command : str or sequence of str, optional
            A program to start, ``$target``; its end ends the run.
        pid : int or iterable of int, optional
            Processes to grab; the end of all ends the run.
        **options
            D's options for this run, beside those of the consumer.

        An exception of a callback and Ctrl-C stop the run in order and come out of here.
        """
        session = self._begin(options)
        try:
            with session.in_order():
                session.start(script, args, command, pid)
                session.consume(runtime)
        finally:
            self._end(session)

    run_script = run

    def stop(self) -> None:
        """End the run under way, from another thread or a callback: END fires, all is consumed and walked."""
        with self._lock:
            if self._session is not None:
                self._session.stop()

    def close(self) -> None:
        """Close the consumer; a run under way ends in order.  Closing twice is nothing."""
        self._closed = True
        self.stop()

    @contextlib.contextmanager
    def _brief_handle(self) -> Iterator[Handle]:
        if self._closed:
            raise closed_error()
        with super()._brief_handle() as handle:
            yield handle

    def _begin(self, options: dict[str, Any]) -> Session:
        with self._lock:
            if self._closed:
                raise closed_error()
            if self._session is not None:
                raise RuntimeError("the consumer is running already")
            self._session = Session(self._settings.with_options(options))
            return self._session

    def _end(self, session: Session) -> None:
        with self._lock:
            self.exit_status, self.drops = session.close()
            self._session = None


class DTraceContinuousConsumer(_Closing):
    """Run a program step by step: `go`, then `sleep` and `snapshot` as often as one likes, `stop`, `close`.

    Parameters are those of `DTraceConsumer`, after the script and with its macro arguments as `args`.

    Examples
    --------
    >>> counts = {}
    >>> def walk(action, identifier, keys, value):
    ...     counts[keys[0]] = counts.get(keys[0], 0) + value
    >>> with DTraceContinuousConsumer("syscall:::entry { @[pid] = count(); }", walk=walk) as consumer:
    ...     consumer.go()
    ...     consumer.sleep()
    ...     status = consumer.snapshot()
    """

    def __init__(
        self,
        script: str,
        chew_func: Callback = _DEFAULT,
        chewrec_func: Callback = _DEFAULT,
        out_func: Callback = _DEFAULT,
        walk_func: Callback = _DEFAULT,
        *,
        text: bool = False,
        remove: bool = True,
        args: Sequence[object] = (),
        command: Command | None = None,
        pid: Pids | None = None,
        **options: Any,
    ) -> None:
        self._script, self._args, self._command, self._pid = script, args, command, pid
        self._closed = False
        self._session = Session(_settings(chew_func, chewrec_func, out_func, walk_func, text, remove, options))

    def go(self) -> None:
        """Compile the program and start tracing."""
        self._open().start(self._script, self._args, self._command, self._pid)

    def sleep(self, timeout: float | None = None) -> None:
        """Wait for new data, or `timeout` seconds; other threads run on meanwhile."""
        self._open().handle.sleep(timeout)

    def snapshot(self) -> int:
        """Consume what there is and walk the aggregations; 1 when the program has ended, else 0."""
        session = self._open()
        done = session.handle.work()
        if not done:
            session.handle.snapshot()
        session.handle.walk(session.settings.remove)
        return int(done)

    def setopt(self, name: str, value: Option = None) -> None:
        """Set one of D's options; after `go` only the dynamic ones."""
        self._open().handle.setopt(name, option_text(value))

    def getopt(self, name: str) -> int:
        """Return an option's value as a number; -2 when it is not set."""
        return self._open().handle.getopt(name)

    def stop(self) -> None:
        """Stop tracing; END fires, and the next snapshot() brings the rest."""
        self._open().handle.stop()

    def wake(self) -> None:
        """End the `sleep` of another thread."""
        self._session.handle.wake()

    def close(self) -> None:
        """Stop tracing at once and free what it took.  Closing twice is nothing."""
        self._closed = True
        self._session.close()

    def _open(self) -> Session:
        if self._closed:
            raise closed_error()
        return self._session


class DTraceConsumerThread(_Optional, threading.Thread):
    """A thread that runs a program until `stop` or the program's exit().

    Parameters
    ----------
    script : str
        The D program.
    consume : bool
        False: let the kernel gather, and call the callbacks at the end only.
    chew_func, chewrec_func, out_func, walk_func
        As in `DTraceConsumer`; called in this thread.  The aggregations are walked at ``aggrate`` (one second unless
        set) and once more after END.
    sleep : float
        Seconds between two looks at the data; 0: as D's options say.
    text, remove, args, command, pid, **options
        As in `DTraceConsumer` and its `run`.

    Either start the thread itself, or run its `run` in a thread of one's own.  Exceptions go where a thread's go, to
    `threading.excepthook`.

    Examples
    --------
    >>> lines = []
    >>> thread = DTraceConsumerThread('END { trace("bye"); }', chew=None, chewrec=None, out=lines.append)
    >>> thread.start()
    >>> time.sleep(0.3)
    >>> thread.stop()
    >>> thread.join()
    >>> lines
    [b'bye']
    """

    def __init__(
        self,
        script: str,
        consume: bool = True,
        chew_func: Callback = _DEFAULT,
        chewrec_func: Callback = _DEFAULT,
        out_func: Callback = _DEFAULT,
        walk_func: Callback = _DEFAULT,
        sleep: float = 0,
        *,
        text: bool = False,
        remove: bool = True,
        args: Sequence[object] = (),
        command: Command | None = None,
        pid: Pids | None = None,
        **options: Any,
    ) -> None:
        super().__init__(name="dtrace")
        self.consume = consume
        self.sleep_time = sleep
        self._script, self._args_of_script = script, args
        self._command, self._pid = command, pid
        if sleep:
            options = {"switchrate": _rate(sleep), "aggrate": _rate(sleep), **options}
        self._settings = _settings(chew_func, chewrec_func, out_func, walk_func, text, remove, options)
        self._state_lock = threading.RLock()  # a signal's handler may call stop() at any time
        self._session: Session | None = None
        self._asked_to_stop = threading.Event()
        #: The argument of D's exit(); None when it was not called.
        self.exit_status: int | None = None
        #: Drops by kind; only kinds that occurred.
        self.drops: dict[str, int] = {}
        self._try_options()

    def run(self) -> None:
        """Run the program; the thread's own work, or the target of another thread."""
        with self._state_lock:
            if self._session is not None:
                raise RuntimeError("the consumer is running already")
            if self._asked_to_stop.is_set():
                return
            session = self._session = Session(self._settings)
        try:
            with session.in_order():
                session.start(self._script, self._args_of_script, self._command, self._pid)
                if self.consume:
                    session.consume(None, walking=True)
                else:
                    session.hoard()
        finally:
            with self._state_lock:
                self.exit_status, self.drops = session.close()
                self._session = None

    def stop(self) -> None:
        """Ask the run to end: END fires, all is consumed and walked.  Returns at once; `join` waits."""
        with self._state_lock:
            self._asked_to_stop.set()
            if self._session is not None:
                self._session.stop()

    def stopped(self) -> bool:
        """Whether `stop` has been called."""
        return self._asked_to_stop.is_set()


def _rate(seconds: float) -> str:
    return f"{max(1, round(seconds * 1e9))}ns"
