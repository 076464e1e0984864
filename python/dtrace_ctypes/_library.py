# SPDX-License-Identifier: MIT
"""Find libdtrace.so, load it, and give each of its functions the types that the header says."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from . import _header

_NAMES = ("libdtrace.so.1", "libdtrace.so")


def _beside() -> list[str]:
    """Return the paths of a library beside the package: a wheel's, a build tree's, a copied one."""
    package = Path(__file__).resolve().parent
    top = package.parent
    folders = (package, top, top / ".python_dtrace.mesonpy.libs", top.parent / "libdtrace")
    return [str(f / name) for f in folders for name in _NAMES if (f / name).exists()]


def _load() -> ctypes.CDLL:
    named = os.environ.get("DTRACE_LIBRARY")
    tried = [named] if named else [*_beside(), *_NAMES]
    reasons = []
    for path in tried:
        try:
            library = ctypes.CDLL(path)
        except OSError as error:
            reasons.append(str(error))
            continue
        if hasattr(library, "dtrace_wait"):
            return library
        reasons.append(f"{path}: another system's libdtrace")
    raise ImportError("no usable libdtrace.so (DTRACE_LIBRARY may name one): " + "; ".join(reasons))


def _declare(library: ctypes.CDLL) -> None:
    for name, (result, arguments) in _header.PROTOTYPES.items():
        function = getattr(library, name, None)
        if function is not None:
            function.restype = result
            function.argtypes = arguments


#: The library; its functions are attributes.
LIBRARY = _load()
_declare(LIBRARY)
