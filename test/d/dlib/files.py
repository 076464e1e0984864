# SPDX-License-Identifier: MIT
"""Opens files of all kinds, shows them to the tracer, and prints what /proc says about them.

A seek that cannot succeed shows a descriptor: its offset says what is to be printed. To be run as
`unshare -m python3 files.py DIRECTORY`.
"""

import contextlib
import os
import select
import socket
import subprocess
import sys
import tempfile

PLACE, MOUNT, OFFSET = -4000001, -4000002, -4000003
FDS = os.open("/proc/self/fd", os.O_RDONLY)


def show(fd, what):
    with contextlib.suppress(OSError):
        os.lseek(fd, what, os.SEEK_CUR)


def proc(directory, fd):
    with open(f"/proc/self/{directory}/{fd}") as f:
        return dict(line.split(":", 1) for line in f.read().splitlines())


def split(path):
    """What basename(1) and dirname(1) say."""
    directory, slash, name = path.rstrip("/").rpartition("/")
    if directory:
        return name, directory
    return name or "/", "/" if slash or path == "/" else "."


def place(fd):
    path = os.readlink(str(fd), dir_fd=FDS)
    name, directory = split(path)
    print(f"{fd}|{path}|{name}|{directory}", flush=True)
    show(fd, PLACE)


def mounts():
    """{id: (file system, place)}"""
    with open("/proc/self/mountinfo") as f:
        lines = [line.split() for line in f]
    return {int(words[0]): (words[words.index("-") + 1], words[4]) for words in lines}


def mount_and_offset(fd):
    info = proc("fdinfo", fd)
    flags = int(info["flags"], 8) & ~os.O_CLOEXEC
    print(f"{fd}|{int(info['pos'])}|{flags:#o}", flush=True)
    show(fd, OFFSET)
    if int(info["mnt_id"]) in mounts():
        file_system, where = mounts()[int(info["mnt_id"])]
        print(f"{fd}|{file_system}|{where}", flush=True)
        show(fd, MOUNT)


def main(directory):
    deep = os.path.join(directory, *["a directory"] * 8)
    bound = os.path.join(directory, "bound")
    os.makedirs(deep)
    os.makedirs(bound)
    subprocess.run(["mount", "--bind", "/usr/share", bound], check=True)
    gone, gone_name = tempfile.mkstemp(dir=directory)
    pipe, sockets, epoll = os.pipe(), socket.socketpair(), select.epoll()
    inet = socket.socket()
    memory = os.memfd_create("shared")
    fds = [*pipe, sockets[0].fileno(), inet.fileno(), epoll.fileno(), memory, gone]
    fds.append(os.pidfd_open(os.getpid()))
    for path in ("/", "/dev/null", "/proc/self/ns/net", "/proc/self/ns/cgroup", "/proc/self/stat",
                 "/etc/passwd", deep, bound, bound + "/doc"):
        fds.append(os.open(path, os.O_RDONLY))
    os.unlink(gone_name)
    os.read(fds[-4], 10)
    log = os.open(directory + "/log", os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK)
    os.write(log, b"12345")
    fds.append(log)
    for fd in fds:
        place(fd)
        mount_and_offset(fd)
    os.chroot(bound)
    os.chdir("/doc")
    fds.append(os.open("/", os.O_RDONLY))
    fds.append(os.open("/doc", os.O_RDONLY))
    for fd in fds:
        place(fd)


main(sys.argv[1])
