# SPDX-License-Identifier: MIT
"""The library's structures and constants for ctypes, by python-dtrace's names and the header's.

Structures are `dtrace_probedata`, `dtrace_recdesc`, `dtrace_aggdata`, `dtrace_aggdesc`,
`dtrace_bufdata` and so on; constants are ``DTRACE_AGGWALK_*``, ``DTRACE_CONSUME_*``,
``DTRACEAGG_*``.
"""

from . import _header
from ._header import *  # noqa: F403

__all__ = [name for name in vars(_header) if name.startswith(("dtrace", "DTRACE", "GElf"))]
