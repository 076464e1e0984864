# SPDX-License-Identifier: MIT
"""The back end of this package: the compiled extension.  `dtrace_ctypes._backend` fulfils the same contract."""

from ._dtrace import Handle, d_version

__all__ = ["D_VERSION", "Handle"]

#: The version of the D language.
D_VERSION: str = d_version
