# SPDX-License-Identifier: MIT
"""A TCP connection and a datagram over loopback, with IPv4 and IPv6, and what the kernel tells of
the connection. To be run as `unshare -n python3 traffic.py`, so that the ports are free.
"""

import fcntl
import socket
import struct

SIOCSIFFLAGS, IFF_UP = 0x8914, 1
SERVER, CLIENT = 4711, 4712


def say(connection):
    """The connection's state, as TCP_INFO has it (struct tcp_info of linux/tcp.h)."""
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
    scales = info[6]
    mss = struct.unpack_from("I", info, 16)[0]
    threshold, window = struct.unpack_from("II", info, 76)
    print(f"info {mss} {window * mss} {threshold} {scales & 15} {scales >> 4}", flush=True)


def tcp(family, address):
    with socket.socket(family) as listening, socket.socket(family) as client:
        listening.bind((address, SERVER))
        listening.listen()
        client.bind((address, CLIENT))
        client.connect((address, SERVER))
        server, _ = listening.accept()
        client.sendall(b"x" * 100)
        server.recv(100)
        server.sendall(b"y" * 50)
        client.recv(100)
        say(client)
        client.close()
        server.close()


def udp(family, address):
    with (
        socket.socket(family, socket.SOCK_DGRAM) as server,
        socket.socket(family, socket.SOCK_DGRAM) as client,
    ):
        server.bind((address, SERVER))
        client.bind((address, CLIENT))
        client.connect((address, SERVER))
        client.send(b"x" * 30)
        server.recv(100)


with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP))
for use in (tcp, udp):
    use(socket.AF_INET, "127.0.0.1")
    use(socket.AF_INET6, "::1")
