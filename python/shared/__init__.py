# SPDX-License-Identifier: MIT
"""Python as a DTrace consumer: run D programs on a live Linux system, get Python values.

>>> from dtrace import DTraceConsumer
>>> def walk(action, identifier, keys, value):
...     print(keys, value)
>>> DTraceConsumer(walk_func=walk).run("syscall:::entry { @[execname] = count(); }", runtime=3)

Two packages offer this: `dtrace`, over a compiled extension, and `dtrace_ctypes`, which needs
``libdtrace.so`` alone.  The environment variable ``DTRACE_LIBRARY`` names the library for
`dtrace_ctypes`; without it the one beside the package is loaded, else the system's.
`dtrace_ctypes.consumer` has the raw consumers, whose callbacks get the library's own structures.
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
from ._version import __version__ as __version__

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
    "__version__",
    "probes",
    "simple_chew",
    "simple_chewrec",
    "simple_out",
    "simple_walk",
]
