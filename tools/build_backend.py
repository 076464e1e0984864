# SPDX-License-Identifier: MIT
"""The build backend of pyproject.toml: meson-python, and one sentence for a Python that is too old.

Pip compares a source tree's ``requires-python`` with its own Python only after the backend has made
the metadata, and meson-python makes them by configuring the whole build.  An older Python gets the
metadata from here, and pip then says what it lacks.
"""

import sys

if sys.version_info >= (3, 11):  # noqa: UP036 - this file runs on older ones too
    from mesonpy import *  # noqa: F403
else:
    NAME = "python_dtrace"
    METADATA = "Metadata-Version: 2.1\nName: python-dtrace\nVersion: 0\nRequires-Python: >=3.11\n"

    def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
        """Write what lets pip refuse this Python."""
        import os

        folder = f"{NAME}-0.dist-info"
        os.mkdir(os.path.join(metadata_directory, folder))
        with open(os.path.join(metadata_directory, folder, "METADATA"), "w") as file:
            file.write(METADATA)
        return folder

    def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
        """Refuse, for front ends that do not compare versions."""
        raise SystemExit("python-dtrace needs Python 3.11 or newer")

    build_sdist = build_wheel
