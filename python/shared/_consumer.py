# SPDX-License-Identifier: MIT
"""The consumers of python-dtrace, with its names and signatures.

`dtrace` and `dtrace_ctypes` hold the same copy of this file; they differ in `_backend`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self

from ._backend import Handle
from ._defaults import simple_chew, simple_chewrec, simple_out, simple_walk
from ._errors import closed_error
from ._runner import Runner, RunnerThread, describe
from ._session import Command, Option, Pids, Program, Session, Settings, option_text

__all__ = [
    "DTraceConsumer",
    "DTraceConsumerThread",
    "DTraceContinuousConsumer",
    "Probe",
    "probes",
]

Callback = Callable[..., Any] | None

# Stands for an argument that was left out; None means that nothing is called.
_DEFAULT: Any = type("Default", (), {"__repr__": lambda self: "<default>"})()


class Probe(NamedTuple):
    """A probe: its id and the four parts of its name."""

    id: int
    provider: str
    module: str
    function: str
    name: str

    def __str__(self) -> str:
        return f"{self.provider}:{self.module}:{self.function}:{self.name}"


def probes(pattern: str = "") -> list[Probe]:
    """List the probes that a description matches, or all of them.

    >>> probes("syscall::read:entry")[0].function
    'read'
    """
    handle = Handle()
    try:
        return [Probe(*probe) for probe in handle.probes(pattern)]
    finally:
        handle.close()


def _either(
    name: str, func: Callback, options: dict[str, Any], default: Callable[..., Any]
) -> Callback:
    """Take a callback by its long name (``chew_func``) or its short one (``chew``)."""
    short: Callback = options.pop(name, _DEFAULT)
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
    """A context manager that closes the consumer."""

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _WithRunner:
    """What a consumer with a runner shows of it."""

    _runner: Runner

    @property
    def exit_status(self) -> int | None:
        """The argument of D's exit() in the last run; None if it was not called."""
        return self._runner.exit_status

    @property
    def drops(self) -> dict[str, int]:
        """The drops of the last run by kind; only kinds that occurred."""
        return self._runner.drops

    def setopt(self, name: str, value: Option = None) -> None:
        """Set one of D's options for the runs to come; without a value, switch it on."""
        self._runner.setopt(name, value)

    def getopt(self, name: str) -> int:
        """Return an option's value as a number; -2 if it is not set."""
        return self._runner.getopt(name)


class DTraceConsumer(_WithRunner, _Closing):
    """Run D programs, one after the other, and pass what they record to callbacks.

    Parameters
    ----------
    chew_func : callable, optional
        ``chew(cpu)``, called each time a probe fires.
    chewrec_func : callable, optional
        ``chewrec(action)``, called for each action (``DTRACEACT_*``) that recorded something.
    out_func : callable, optional
        ``out(value)``, called with what the program prints: stripped bytes, or with `text` the
        unchanged text.
    walk_func : callable, optional
        ``walk(action, identifier, keys, value)``, called after the run for each entry of the
        aggregations.  A function that takes exactly three arguments gets
        ``walk(identifier, keys, value)``.
    text : bool
        Pass strings as str instead of bytes, and strip nothing.
    remove : bool
        Each walk shows what was added since the one before; False: running totals.
    **options
        D's options, such as ``bufsize="16m"``, ``strsize=1024``, ``quiet=True``.

    A callback that is left out prints readable lines; for None nothing is called.  ``chew``,
    ``chewrec``, ``out`` and ``walk`` are short names of the same arguments.

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
        self._runner = Runner(
            _settings(chew_func, chewrec_func, out_func, walk_func, text, remove, options)
        )

    def compile(self, script: str, *, args: Sequence[object] = ()) -> None:
        """Compile a program without running it; no privilege is needed.

        Raises
        ------
        DTraceCompileError
            With line, column, tag and source.
        """
        with self._runner.brief_handle() as handle:
            handle.compile(script, Program(script, args).argv)

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
        """Run a program for `runtime` seconds, or until its exit() or `stop`.

        The aggregations are walked at the end.  An exception of a callback and Ctrl-C stop the run
        in order and are raised from here.

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
            Processes to grab; the run ends with the last of them.
        **options
            D's options for this run, in addition to those of the consumer.
        """
        program = Program(script, args, command, pid)
        self._runner.run(program, lambda session: session.consume(runtime), options)

    run_script = run

    def stop(self) -> None:
        """End the run under way, from another thread or a callback.

        END fires, and all data is consumed and walked.
        """
        self._runner.stop()

    def close(self) -> None:
        """Close the consumer; a run under way ends in order.  A second call does nothing."""
        self._runner.close()

    def __repr__(self) -> str:
        return describe(self, self._runner.state)


class DTraceContinuousConsumer(_Closing):
    """Run a program step by step: `go`, then `sleep` and `snapshot` in a loop, `stop`, `close`.

    The parameters are the script and those of `DTraceConsumer` and its `run`.

    Examples
    --------
    >>> counts = {}
    >>> def walk(action, identifier, keys, value):
    ...     counts[keys[0]] = counts.get(keys[0], 0) + value
    >>> script = "syscall:::entry { @[pid] = count(); }"
    >>> with DTraceContinuousConsumer(script, walk=walk) as consumer:
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
        self._program = Program(script, args, command, pid)
        self._state = "idle"  # then running, stopped, closed
        self._session = Session(
            _settings(chew_func, chewrec_func, out_func, walk_func, text, remove, options)
        )

    def go(self) -> None:
        """Compile the program and start tracing."""
        self._open().start(self._program)
        self._state = "running"

    def sleep(self, timeout: float | None = None) -> None:
        """Wait for new data, at most `timeout` seconds; other threads run meanwhile."""
        self._open().handle.sleep(timeout)

    def snapshot(self) -> int:
        """Consume the data and walk the aggregations; return 1 if the program has ended, else 0."""
        session = self._open()
        done = session.handle.work()
        if done:
            self._state = "stopped"
        else:
            session.handle.snapshot()
        session.handle.walk(session.settings.remove)
        return int(done)

    def setopt(self, name: str, value: Option = None) -> None:
        """Set one of D's options; after `go` only the dynamic ones."""
        self._open().handle.setopt(name, option_text(value))

    def getopt(self, name: str) -> int:
        """Return an option's value as a number; -2 if it is not set."""
        return self._open().handle.getopt(name)

    def stop(self) -> None:
        """Stop tracing; END fires, and the next `snapshot` delivers the remaining data."""
        self._open().handle.stop()
        self._state = "stopped"

    def wake(self) -> None:
        """End the `sleep` of another thread."""
        self._session.handle.wake()

    def close(self) -> None:
        """Stop tracing at once and release its resources.  A second call does nothing."""
        self._state = "closed"
        self._session.close()

    def _open(self) -> Session:
        if self._state == "closed":
            raise closed_error()
        return self._session

    def __repr__(self) -> str:
        return describe(self, self._state, self._program.script)


class DTraceConsumerThread(_WithRunner, RunnerThread):
    """A thread that runs a program until `stop` or the program's exit().

    Parameters
    ----------
    script : str
        The D program.
    consume : bool
        False: leave the data in the kernel's buffers, and call the callbacks only at the end.
    chew_func, chewrec_func, out_func, walk_func
        As in `DTraceConsumer`; called in this thread.  The aggregations are walked at ``aggrate``
        (one second unless set) and once more after END.
    sleep : float
        The interval in seconds at which data is consumed; 0: as D's options say.
    text, remove, args, command, pid, **options
        As in `DTraceConsumer` and its `run`.

    Either start this thread, or call its `run` in another one.  Exceptions are passed to
    `threading.excepthook`, as those of any thread.

    Examples
    --------
    >>> lines = []
    >>> script = 'END { trace("bye"); }'
    >>> thread = DTraceConsumerThread(script, chew=None, chewrec=None, out=lines.append)
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
        if sleep:
            options = {"switchrate": _rate(sleep), "aggrate": _rate(sleep), **options}
        settings = _settings(chew_func, chewrec_func, out_func, walk_func, text, remove, options)
        super().__init__(Program(script, args, command, pid), Runner(settings))
        self.consume = consume
        self.sleep_time = sleep

    def _consume(self, session: Session) -> None:
        if self.consume:
            super()._consume(session)
        else:
            session.consume_at_end()


def _rate(seconds: float) -> str:
    return f"{max(1, round(seconds * 1e9))}ns"
