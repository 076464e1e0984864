# SPDX-License-Identifier: MIT
"""Python as a DTrace consumer: run D programs on a live Linux system, get Python values.

>>> from dtrace import DTraceConsumer
>>> def walk(action, identifier, keys, value):
...     print(keys, value)
>>> DTraceConsumer(walk_func=walk).run("syscall:::entry { @[execname] = count(); }", runtime=3)

`dtrace_ctypes` offers the same without a compiled extension.
"""

from ._backend import D_VERSION as D_VERSION
from ._consumer import (
    DTraceConsumer,
    DTraceConsumerThread,
    DTraceContinuousConsumer,
    Probe,
    probes,
)
from ._defaults import simple_chew, simple_chewrec, simple_out, simple_walk
from ._errors import (
    DTraceClosedError,
    DTraceCompileError,
    DTraceDropWarning,
    DTraceError,
    DTraceErrorWarning,
    DTraceKernelError,
    DTracePrivilegeError,
    DTraceProbeError,
)

__all__ = [
    "D_VERSION",
    "DTraceClosedError",
    "DTraceCompileError",
    "DTraceConsumer",
    "DTraceConsumerThread",
    "DTraceContinuousConsumer",
    "DTraceDropWarning",
    "DTraceError",
    "DTraceErrorWarning",
    "DTraceKernelError",
    "DTracePrivilegeError",
    "DTraceProbeError",
    "Probe",
    "probes",
    "simple_chew",
    "simple_chewrec",
    "simple_out",
    "simple_walk",
]
