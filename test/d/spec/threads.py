# SPDX-License-Identifier: MIT
"""Eight threads with fifty calls of lseek() each that fail with EBADF, and as many that succeed."""

import contextlib
import os
import threading


def calls():
    with open("/proc/self/exe", "rb", buffering=0) as file:
        for i in range(100):
            with contextlib.suppress(OSError):
                os.lseek(-1 if i % 2 else file.fileno(), 0, 0)


threads = [threading.Thread(target=calls) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
