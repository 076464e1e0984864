# SPDX-License-Identifier: MIT
"""Datagrams of several sizes over loopback, with IPv4 and IPv6, from a socket that is connected and
one that is not, and answers. To be run as `unshare -n python3 exchange.py`.
"""

import socket
import subprocess

SERVER, CLIENT = 4780, 4781
SIZES = (0, 1, 100, 1472, 60_000)


def exchange(family, address):
    with (
        socket.socket(family, socket.SOCK_DGRAM) as server,
        socket.socket(family, socket.SOCK_DGRAM) as client,
    ):
        server.bind((address, SERVER))
        client.bind((address, CLIENT))
        for size in SIZES:
            client.sendto(b"q" * size, (address, SERVER))
            server.recv(65536)
        client.connect((address, SERVER))
        for size in SIZES:
            client.send(b"q" * size)
            _, source = server.recvfrom(65536)
            server.sendto(b"a" * 7, source)
            client.recv(100)


subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
exchange(socket.AF_INET, "127.0.0.1")
exchange(socket.AF_INET6, "::1")
