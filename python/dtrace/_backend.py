# SPDX-License-Identifier: MIT
"""The back end of `dtrace`: the compiled extension.

`dtrace_ctypes._backend` has the same contract, that of ``_dtrace.pyi``.
"""

from ._dtrace import Handle, d_version

__all__ = ["D_VERSION", "Handle"]

#: The version of the D language.
D_VERSION: str = d_version
