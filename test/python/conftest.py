# SPDX-License-Identifier: MIT
"""One suite over both packages: a test that takes `dt` runs with `dtrace` and with `dtrace_ctypes`.

The tests need the build tree's python/ on PYTHONPATH (tools/check sets it) and, unless they say
otherwise, the privilege to trace.
"""

import importlib
import os
import signal
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
BUILD_PYTHON = Path(
    os.environ.get("PYTHONPATH", "").split(os.pathsep)[0] or TOP / "build/python"
).resolve()
sys.path.insert(0, str(BUILD_PYTHON))

# A shell starts what it puts into the background with SIGINT ignored; some tests need it.
signal.signal(signal.SIGINT, signal.default_int_handler)

BACKENDS = ("dtrace", "dtrace_ctypes")


@pytest.fixture(params=BACKENDS)
def dt(request):
    """The package under test."""
    return importlib.import_module(request.param)


@pytest.fixture
def trace(dt):
    """Run a program to its exit(); return what the callbacks got."""

    def run(script, runtime=5, *, args=(), command=None, pid=None, **kwargs):
        said = Said()
        consumer = dt.DTraceConsumer(said.chew, said.chewrec, said.out, said.walk, **kwargs)
        consumer.run(script, runtime, args=args, command=command, pid=pid)
        said.exit_status, said.drops = consumer.exit_status, consumer.drops
        return said

    return run


class Said:
    """What the callbacks of one run got."""

    def __init__(self):
        self.cpus, self.actions, self.lines, self.entries = [], [], [], []
        self.exit_status, self.drops = None, {}

    def chew(self, cpu):
        self.cpus.append(cpu)

    def chewrec(self, action):
        self.actions.append(action)

    def out(self, value):
        self.lines.append(value)

    def walk(self, action, identifier, keys, value):
        self.entries.append((action, identifier, keys, value))

    @property
    def value(self):
        """The value of the only entry."""
        ((_, _, _, value),) = self.entries
        return value

    @property
    def keys(self):
        """The keys of the only entry."""
        ((_, _, keys, _),) = self.entries
        return keys

    @property
    def by_key(self):
        return {tuple(keys): value for _, _, keys, value in self.entries}


def python_env(**more):
    """The environment of a Python that can import the packages."""
    return {**os.environ, "PYTHONPATH": str(BUILD_PYTHON), "PYTHONDONTWRITEBYTECODE": "1", **more}


def held():
    """Count this process's descriptors by kind: BPF maps, programs, links, perf events, others."""
    kinds = {}
    for fd in os.listdir("/proc/self/fd"):
        try:
            kind = os.readlink(f"/proc/self/fd/{fd}").split(":")[0]
        except OSError:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
    return kinds
