# SPDX-License-Identifier: MIT
"""Fork 5 times, spawn 3 programs, start 4 threads; 6 semaphore operations, 2 messages to itself."""

import ctypes
import os
import threading

libc = ctypes.CDLL(None, use_errno=True)
IPC_PRIVATE, IPC_RMID, RIGHTS = 0, 0, 0o600

for _ in range(5):
    if os.fork() == 0:
        os._exit(0)
    os.wait()
for _ in range(3):
    os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)
for _ in range(4):
    thread = threading.Thread(target=os.getpid)
    thread.start()
    thread.join()


class Operation(ctypes.Structure):
    """struct sembuf"""

    _fields_ = (("num", ctypes.c_ushort), ("op", ctypes.c_short), ("flag", ctypes.c_short))


class Message(ctypes.Structure):
    """struct msgbuf"""

    _fields_ = (("type", ctypes.c_long), ("text", ctypes.c_char * 8))


semaphores = libc.semget(IPC_PRIVATE, 1, RIGHTS)
for _ in range(6):
    libc.semop(semaphores, ctypes.byref(Operation(0, 1, 0)), 1)
libc.semctl(semaphores, 0, IPC_RMID)
queue, message = libc.msgget(IPC_PRIVATE, RIGHTS), Message(1, b"hello")
for _ in range(2):
    libc.msgsnd(queue, ctypes.byref(message), 8, 0)
    libc.msgrcv(queue, ctypes.byref(message), 8, 0, 0)
libc.msgctl(queue, IPC_RMID, None)
