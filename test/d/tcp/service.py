# SPDX-License-Identifier: MIT
"""A client and a server of TCP in one process, over loopback, with IPv4 and with IPv6.

To be run as `unshare -n python3 service.py WHAT PORT`, so that the ports are free: PORT is the
server's, and the client has the next one. Cases run in parallel, so each has its own.
"""

import contextlib
import fcntl
import socket
import struct
import sys

SIOCSIFFLAGS, IFF_UP = 0x8914, 1
SERVER = int(sys.argv[2])
CLIENT = SERVER + 1
BIG = 300_000
FAMILIES = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
# struct tcp_info of linux/tcp.h
BYTES_RECEIVED, SEGS_OUT, SEGS_IN, BYTES_SENT = 128, 136, 140, 200


def listener(family, address, backlog=5):
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((address, SERVER))
    listening.listen(backlog)
    return listening


def connect(family, address, port=CLIENT):
    client = socket.socket(family)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    client.bind((address, port))
    client.connect((address, SERVER))
    return client


def receive(connection, size):
    while size:
        size -= len(connection.recv(size))


def info(connection):
    """Segments and bytes as the kernel counts them: out, in, sent, received."""
    text = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
    segments = struct.unpack_from("II", text, SEGS_OUT)
    sent, received = (struct.unpack_from("Q", text, at)[0] for at in (BYTES_SENT, BYTES_RECEIVED))
    return (*segments, sent, received)


def talk(family, address, sizes):
    """The client sends so many bytes, each time for an answer; then both close, it first."""
    with listener(family, address) as listening, connect(family, address) as client:
        server, _ = listening.accept()
        for size in sizes:
            client.sendall(b"q" * 10)
            receive(server, 10)
            server.sendall(b"a" * size)
            receive(client, size)
        client.shutdown(socket.SHUT_WR)
        server.recv(1)
        server.shutdown(socket.SHUT_WR)
        client.recv(1)
        counts = info(client)
        server.close()
    return counts


def once():
    for family, address in FAMILIES:
        talk(family, address, [100])


def segments():
    """Small answers, each a segment: prints the client's numbers of segments."""
    for family, address in FAMILIES:
        out, into, _, _ = talk(family, address, [100] * 20)
        print(f"IPv{4 if family == socket.AF_INET else 6}: {out} out, {into} in")


def bytes_():
    """Answers that fill large packets: prints the client's numbers of bytes."""
    for family, address in FAMILIES:
        _, _, sent, received = talk(family, address, [BIG, BIG])
        # The other side's closing segment counts as a byte.
        print(f"IPv{4 if family == socket.AF_INET else 6}: {sent} out, {received - 1} in")


def refused():
    """Nobody listens; then a connection that is reset, which nobody refuses."""
    for family, address in FAMILIES:
        with contextlib.suppress(ConnectionRefusedError):
            connect(family, address)
        with listener(family, address) as listening:
            client = connect(family, address, CLIENT + 1)
            server, _ = listening.accept()
            server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            server.close()
            with contextlib.suppress(ConnectionResetError):
                client.recv(1)
            client.close()


def ignored():
    """A server that has no room for a second connection ignores its first segment."""
    family, address = FAMILIES[0]
    with listener(family, address, backlog=0), connect(family, address):
        client = socket.socket(family)
        client.settimeout(1.5)
        client.bind((address, CLIENT + 1))
        with contextlib.suppress(TimeoutError):
            client.connect((address, SERVER))
        client.close()


with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))
what = {f.__name__.strip("_"): f for f in (once, segments, bytes_, refused, ignored)}
what[sys.argv[1]]()
