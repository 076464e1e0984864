# SPDX-License-Identifier: MIT
"""What all consumers share: their runs, D's options, and threads that can be stopped.

A consumer has a `Runner` and adds the signatures of python-dtrace: `_consumer` those with Python
values, `dtrace_ctypes.consumer` those with the library's own structures.
"""

from __future__ import annotations

import contextlib
import reprlib
import threading
from collections.abc import Callable, Iterator

from ._backend import Handle
from ._errors import closed_error
from ._session import Option, Program, Session, Settings, option_text

_shortened = reprlib.Repr()
_shortened.maxstring = 60


def describe(consumer: object, state: str, script: str | None = None) -> str:
    """Return the text of a consumer's repr(): its class, its state, and the program's ends."""
    kind = type(consumer)
    name = f"{kind.__module__.removesuffix('._consumer')}.{kind.__qualname__}"
    return f"<{name} {state}>" if script is None else f"<{name} {state}: {_shortened.repr(script)}>"


class Runner:
    """The runs of one consumer, one at a time; any thread may stop the one under way.

    Each run has a handle of its own.  Options are kept until then, but a wrong one is refused where
    it is given.
    """

    def __init__(self, settings: Settings, handle_type: type[Handle] = Handle) -> None:
        self.settings = settings
        #: The argument of D's exit() in the last run; None if it was not called.
        self.exit_status: int | None = None
        #: The drops of the last run by kind; only kinds that occurred.
        self.drops: dict[str, int] = {}
        self.closed = False
        #: Set by `stop_for_good`: no run begins any more.
        self.stopped = False
        self._handle_type = handle_type
        self._session: Session | None = None
        self._lock = threading.RLock()  # reentrant, since a signal handler may call stop()
        if settings.options:
            with self.brief_handle():
                pass

    @property
    def state(self) -> str:
        """One word for repr()."""
        if self._session is not None:
            return "stopping" if self.stopped or self.closed else "running"
        return "closed" if self.closed else "stopped" if self.stopped else "idle"

    def run(
        self,
        program: Program,
        consume: Callable[[Session], None],
        options: dict[str, Option] | None = None,
    ) -> None:
        """Start a program, call `consume` with its session, and end the run whatever happens."""
        with self._lock:
            if self.closed:
                raise closed_error()
            if self._session is not None:
                raise RuntimeError("the consumer is running already")
            if self.stopped:
                return
            settings = self.settings.with_options(options or {})
            session = self._session = Session(settings, self._handle_type)
        try:
            with session.in_order():
                session.start(program)
                consume(session)
        finally:
            with self._lock:
                self.exit_status, self.drops = session.close()
                self._session = None

    def stop(self) -> None:
        """End the run under way, if there is one."""
        with self._lock:
            if self._session is not None:
                self._session.stop()

    def stop_for_good(self) -> None:
        """End the run under way, and let none begin."""
        with self._lock:
            self.stopped = True
            self.stop()

    def close(self) -> None:
        """End the run under way, and refuse all further use."""
        self.closed = True
        self.stop()

    def setopt(self, name: str, value: Option) -> None:
        """Set an option for the runs to come."""
        with self.brief_handle() as handle:
            handle.setopt(name, option_text(value))
        self.settings.options.append((name, value))

    def getopt(self, name: str) -> int:
        """Return an option's value as the library has it."""
        with self.brief_handle() as handle:
            return handle.getopt(name)

    @contextlib.contextmanager
    def brief_handle(self) -> Iterator[Handle]:
        """Open a handle with the options set, for the length of the body."""
        if self.closed:
            raise closed_error()
        handle = self._handle_type()
        try:
            for name, value in self.settings.options:
                handle.setopt(name, option_text(value))
            yield handle
        finally:
            handle.close()


class RunnerThread(threading.Thread):
    """A thread that runs one program until `stop` or the program's exit()."""

    def __init__(self, program: Program, runner: Runner) -> None:
        super().__init__(name="dtrace")
        self._program = program
        self._runner = runner

    def run(self) -> None:
        """Run the program; called by the thread, or as the target of another one."""
        self._runner.run(self._program, self._consume)

    def stop(self) -> None:
        """Ask the run to end: END fires, all data is consumed and walked.

        Returns at once; `join` waits.
        """
        self._runner.stop_for_good()

    def stopped(self) -> bool:
        """Return whether `stop` has been called."""
        return self._runner.stopped

    def _consume(self, session: Session) -> None:
        session.consume(None, walking=True)

    def __repr__(self) -> str:
        return describe(self, self._runner.state, self._program.script)
