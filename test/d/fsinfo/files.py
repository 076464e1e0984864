# SPDX-License-Identifier: MIT
"""files.py FILE: do to a file, and its directory, what has a probe."""

import ctypes
import mmap
import os
import sys

path = sys.argv[1]
fd = os.open(path, os.O_RDWR | os.O_CREAT)
for size in (100, 200, 300):
    os.write(fd, bytes(size))
os.pwritev(fd, [bytes(10), bytes(20)], 600)
os.lseek(fd, 40, os.SEEK_SET)
os.read(fd, 50)
os.pread(fd, 1000, 0)
os.fsync(fd)
os.fdatasync(fd)
os.ftruncate(fd, 8192)
mmap.mmap(fd, 8192).close()
ctypes.CDLL(None).ioctl(fd, 0x541B, ctypes.byref(ctypes.c_int()))  # FIONREAD
os.close(fd)
for failing in (lambda: os.read(fd, 1), lambda: os.write(fd, b"x"), lambda: os.close(fd)):
    try:
        failing()
    except OSError:
        continue
    sys.exit("it did not fail")
with os.scandir(os.path.dirname(path)) as entries:
    list(entries)
