# SPDX-License-Identifier: MIT
"""The library's structures and constants for ctypes, under python-dtrace's names for them and the header's own.

`dtrace_probedata`, `dtrace_recdesc`, `dtrace_aggdata`, `dtrace_aggdesc`, `dtrace_bufdata` and so on are structures;
``DTRACE_AGGWALK_*``, ``DTRACE_CONSUME_*``, ``DTRACEAGG_*`` constants.
"""

from . import _header
from ._header import *  # noqa: F403

__all__ = [name for name in vars(_header) if name.startswith(("dtrace", "DTRACE", "DTRACEAGG", "GElf"))]
