# SPDX-License-Identifier: MIT
"""Connects to addresses of this machine at which nobody listens."""

import contextlib
import socket

for family, address in (
    (socket.AF_INET, "127.0.0.1"),
    (socket.AF_INET, "127.10.200.3"),
    (socket.AF_INET6, "::1"),
    (socket.AF_INET6, "::ffff:127.0.0.1"),
):
    with socket.socket(family) as s, contextlib.suppress(ConnectionRefusedError):
        s.connect((address, 9))
