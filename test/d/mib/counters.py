# SPDX-License-Identifier: MIT
"""The kernel's counters of /proc/net/snmp and snmp6 around traffic that raises them.

`python3 counters.py DTRACE FILE` runs FILE over `counters.py traffic`, and compares what it prints,
lines of a counter's name and a sum, with the growth of the kernel's counter. Other programs use the
network, too: so the sum is at least what the counter grew during the traffic, while D was tracing,
and at most what it grew around the whole run.
"""

import contextlib
import json
import os
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "ip"))
import network

# Which of the kernel's counters are D's.
COUNTERS = {
    "ipInReceives": ["Ip:InReceives"],
    "ipOutRequests": ["Ip:OutRequests"],
    "ipv6InReceives": ["Ip6InReceives"],
    "ipv6OutRequests": ["Ip6OutRequests"],
    "tcpActiveOpens": ["Tcp:ActiveOpens"],
    "tcpPassiveOpens": ["Tcp:PassiveOpens"],
    "tcpEstabResets": ["Tcp:EstabResets"],
    "tcpInSegs": ["Tcp:InSegs"],
    "tcpOutSegs": ["Tcp:OutSegs"],
    "tcpRetransSegs": ["Tcp:RetransSegs"],
    "tcpOutRsts": ["Tcp:OutRsts"],
    "udpInDatagrams": ["Udp:InDatagrams", "Udp6InDatagrams"],
    "udpOutDatagrams": ["Udp:OutDatagrams", "Udp6OutDatagrams"],
    "udpNoPorts": ["Udp:NoPorts", "Udp6NoPorts"],
    "udpInOverflows": ["Udp:RcvbufErrors", "Udp6RcvbufErrors"],
    "udpInCksumErrs": ["Udp:InCsumErrors", "Udp6InCsumErrors"],
}
# Which of D's a kernel may lack, and the tracepoint behind it.
LATER = {"udpInDatagrams": "sock_recv_length"}
FAMILIES = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def open_namespace(path):
    return os.open(path, os.O_RDONLY)


def read_counters(namespaces):
    """The sums over the namespaces; then the first one is the current one again."""
    sums = dict.fromkeys(COUNTERS, 0)
    for namespace in namespaces:
        network.enter(namespace)
        kernel = kernel_counters()
        for ours, theirs in COUNTERS.items():
            sums[ours] += sum(kernel[name] for name in theirs)
    network.enter(namespaces[0])
    return sums


def kernel_counters():
    lines = Path("/proc/net/snmp").read_text().splitlines()
    kernel = {
        names.split()[0] + name: int(value)
        for names, values in zip(lines[::2], lines[1::2], strict=True)
        for name, value in zip(names.split()[1:], values.split()[1:], strict=True)
    }
    for line in Path("/proc/net/snmp6").read_text().splitlines():
        name, value = line.split()
        kernel[name] = int(value)
    return kernel


def growth(before, namespaces):
    return {name: value - before[name] for name, value in read_counters(namespaces).items()}


def tcp(family, address):
    """Large answers, a refusal, a reset."""
    with socket.create_server((address, 0), family=family) as listening:
        target = listening.getsockname()[:2]
        with socket.create_connection(target) as client:
            server, _ = listening.accept()
            server.sendall(b"x" * 300_000)
            size = 300_000
            while size:
                size -= len(client.recv(size))
            server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            server.close()
    with contextlib.suppress(ConnectionRefusedError):
        socket.create_connection(target)


def again(family, address, namespaces):
    """Segments that are sent again after a second: where a server has no room for a connection,
    and where it wants data with the first answer. Meanwhile data is lost, too.
    """
    with (
        socket.create_server((address, 0), family=family, backlog=0) as full,
        socket.create_server((address, 0), family=family) as choosy,
    ):
        choosy.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 1)
        target = full.getsockname()
        with (
            socket.create_connection(target),
            socket.socket(family) as waiting,
            socket.create_connection(choosy.getsockname()),
        ):
            waiting.setblocking(False)
            waiting.connect_ex(target)
            until = time.monotonic() + 1.3
            lost(*namespaces)
            time.sleep(max(0, until - time.monotonic()))


def lost(here, client, server, middle):
    """A client's segments vanish in a bridge for a while."""
    network.enter(server)
    listening = socket.create_server(("10.47.1.2", 0))
    network.enter(client)
    with socket.create_connection(listening.getsockname()) as sender:
        receiver, _ = listening.accept()
        network.enter(middle)
        network.ip("link set port-s nomaster")
        sender.sendall(b"x" * 5000)
        time.sleep(0.35)
        network.ip("link set port-s master br0")
        size = 5000
        while size:
            size -= len(receiver.recv(size))
        receiver.close()
    listening.close()
    network.enter(here)


def udp(family, address):
    """Datagrams that arrive, that nobody wants, for which there is no room, and a wrong one."""
    with (
        socket.socket(family, socket.SOCK_DGRAM) as server,
        socket.socket(family, socket.SOCK_DGRAM) as client,
    ):
        server.bind((address, 0))
        target = server.getsockname()
        for _ in range(5):
            client.sendto(b"x" * 100, target)
            server.recv(10, socket.MSG_PEEK)
            server.recv(1000)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        for _ in range(20):
            client.sendto(b"x" * 1000, target)
        with contextlib.suppress(BlockingIOError):
            while True:
                server.recv(1000, socket.MSG_DONTWAIT)
        with socket.socket(family, socket.SOCK_RAW, socket.IPPROTO_UDP) as raw:
            header = struct.pack("!HHHH", 9, target[1], 12, 0x1234)
            raw.sendto(header + b"abcd", (address, 0))
        time.sleep(0.05)
        with contextlib.suppress(BlockingIOError):
            server.recv(1000, socket.MSG_DONTWAIT)
    client = socket.socket(family, socket.SOCK_DGRAM)
    client.sendto(b"x", target)
    client.close()


def traffic(*paths):
    namespaces = [open_namespace(path) for path in paths]
    before = read_counters(namespaces)
    for family, address in FAMILIES:
        tcp(family, address)
        udp(family, address)
    again(*FAMILIES[0], namespaces)
    print("kernel " + json.dumps(growth(before, namespaces)))


def compare(dtrace, script):
    here = open_namespace("/proc/self/ns/net")
    namespaces = [here, *network.bridge(with_ipv6=False)]
    paths = " ".join(f"/proc/{os.getpid()}/fd/{n}" for n in namespaces)
    before = read_counters(namespaces)
    run = subprocess.run(
        [dtrace, "-q", "-s", script, "-c", f"{sys.executable} {__file__} traffic {paths}"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    around = growth(before, namespaces)
    lines = [line.split(" ", 1) for line in run.stdout.splitlines() if line]
    during = json.loads(next(rest for name, rest in lines if name == "kernel"))
    sums = {name: int(rest) for name, rest in lines if name in COUNTERS}
    types = Path("/sys/kernel/btf/vmlinux").read_bytes()
    for name in COUNTERS:
        least, most = during[name], around[name]
        is_right = 0 < least <= sums.get(name, 0) <= most
        if name in LATER and f"btf_trace_{LATER[name]}\0".encode() not in types:
            is_right = name not in sums
        print(name, "as the kernel's" if is_right else (least, sums.get(name), most))


if sys.argv[1] == "traffic":
    traffic(*sys.argv[2:])
else:
    compare(*sys.argv[1:])
