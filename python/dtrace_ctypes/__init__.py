# SPDX-License-Identifier: MIT
"""Python as a DTrace consumer, over ctypes: the classes of the package `dtrace` without a compiled extension.

Needs ``libdtrace.so`` alone; ``DTRACE_LIBRARY`` in the environment names it, else it is looked for beside the
package and where the loader looks.  `dtrace_ctypes.consumer` has the raw consumers, whose callbacks get
the library's own structures.
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
