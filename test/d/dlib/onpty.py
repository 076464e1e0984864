# SPDX-License-Identifier: MIT
"""A process with a terminal, threads, and ids that all differ. It prints what /proc says of it, and
shows itself to the tracer by a seek that cannot succeed; both for each of two schedules.
"""

import contextlib
import os
import pty
import sys
import threading
import time

SEEK = -4000011
CLASSES = {os.SCHED_OTHER: "TS", os.SCHED_FIFO: "RT", os.SCHED_RR: "RT"}


def say():
    with open("/proc/self/stat") as f:
        words = f.read().rpartition(")")[2].split()
    ppid, group, session, terminal = words[1:5]
    priority, nice, nthreads = words[15:18]
    cpu, policy = int(words[36]), int(words[38])
    device = int(terminal)
    major, minor = device >> 8 & 0xFFF, device & 0xFF | device >> 12 & 0xFFF00
    print(f"{os.getpid()} {ppid} {group} {session} {major}:{minor} {nthreads}", end=" ")
    print(*os.getresuid()[:2], *os.getresgid()[:2], end=" ")
    print(f"{nice} {priority} {cpu} {cpu} {CLASSES[policy]}", flush=True)
    with contextlib.suppress(OSError):
        os.lseek(out, SEEK, os.SEEK_CUR)


def child():
    for _ in range(2):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.nice(3)
    say()
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(5))
    os.setresgid(11, 12, 12)
    os.setresuid(13, 14, 14)
    say()


out = os.dup(1)
pid, terminal = pty.fork()
if pid == 0:
    os.dup2(out, 1)
    child()
    os._exit(0)
sys.exit(os.waitpid(pid, 0)[1])
