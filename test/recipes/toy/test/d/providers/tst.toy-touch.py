# SPDX-License-Identifier: MIT
"""Touch 500 pages at 0x200000000000, each for the first time."""
import ctypes
import mmap

BASE, PAGES = 0x200000000000, 500
MAP_FIXED_NOREPLACE, MADV_NOHUGEPAGE = 0x100000, 15

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | MAP_FIXED_NOREPLACE
access = mmap.PROT_READ | mmap.PROT_WRITE
assert libc.mmap(BASE, PAGES * mmap.PAGESIZE, access, flags, -1, 0) == BASE
libc.madvise(BASE, PAGES * mmap.PAGESIZE, MADV_NOHUGEPAGE)
for page in range(PAGES):
    ctypes.memset(BASE + page * mmap.PAGESIZE, 1, 1)
