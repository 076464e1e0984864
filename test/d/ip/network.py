# SPDX-License-Identifier: MIT
"""Networks of veth pairs between namespaces of their own, and what happens on them.

`python3 network.py WHAT`: a client and a server with a third host between them. All namespaces are
this one process's and end with it.
"""

import contextlib
import ctypes
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

CLONE_NEWNET = 0x40000000
IPV6_CONF = Path("/proc/sys/net/ipv6/conf")  # the current namespace's
PORT = 4770
libc = ctypes.CDLL(None, use_errno=True)


def ip(line):
    subprocess.run(["ip", *line.split()], check=True)


def enter(namespace):
    """What this process makes from now on belongs to it."""
    if libc.setns(namespace, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


def new_namespace(with_ipv6=True):
    """IPv6 speaks by itself now and then."""
    if libc.unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare")
    if not with_ipv6:
        for which in ("all", "default"):
            (IPV6_CONF / which / "disable_ipv6").write_text("1")
    ip("link set lo up")
    return os.open("/proc/self/ns/net", os.O_RDONLY)


def cable(here, there, end):
    """A veth pair from the current namespace to another one."""
    ip(f"link add {here} type veth peer name {end} netns /proc/{os.getpid()}/fd/{there}")
    ip(f"link set {here} up")


def address(device, *addresses):
    ip(f"link set {device} up")
    has_ipv6 = (IPV6_CONF / "all/disable_ipv6").read_text().strip() == "0"
    for one in addresses:
        if ":" in one and not has_ipv6:
            continue
        ip(f"addr add {one} dev {device}" + (" nodad" if ":" in one else ""))


def datagram(client, server, target):
    """One from a namespace to another, and back."""
    family = socket.AF_INET6 if ":" in target else socket.AF_INET
    enter(server)
    with socket.socket(family, socket.SOCK_DGRAM) as there:
        there.settimeout(5)
        there.bind((target, PORT))
        enter(client)
        with socket.socket(family, socket.SOCK_DGRAM) as here:
            here.settimeout(5)
            here.sendto(b"x" * 100, (target, PORT))
            _, source = there.recvfrom(1000)
            there.sendto(b"y" * 200, source)
            here.recv(1000)


def bridge(with_ipv6=True):
    """Namespaces of a client, of a server, and of the bridge between them."""
    client, server, middle = (new_namespace(with_ipv6) for _ in range(3))
    ip("link add br0 type bridge mcast_snooping 0")
    for port, there, end in (("port-c", client, "eth-c"), ("port-s", server, "eth-s")):
        cable(port, there, end)
        ip(f"link set {port} master br0")
    address("br0", "10.47.1.3/24", "fd47:1::3/64")
    enter(client)
    address("eth-c", "10.47.1.1/24", "fd47:1::1/64")
    enter(server)
    address("eth-s", "10.47.1.2/24", "fd47:1::2/64")
    return client, server, middle


def bridged():
    """The host between them is a bridge; then the client speaks to the bridge itself."""
    client, server, middle = bridge()
    for target in ("10.47.1.2", "fd47:1::2"):
        datagram(client, server, target)
    for target in ("10.47.1.3", "fd47:1::3"):
        datagram(client, middle, target)


def stacked():
    """A VLAN over a bond on each side, and the bond's own addresses."""
    client, server = new_namespace(), new_namespace()
    enter(client)
    cable("slave-c", server, "slave-s")
    for where, side, slave in ((client, "c", "slave-c"), (server, "s", "slave-s")):
        enter(where)
        ip(f"link add bond-{side} type bond mode active-backup miimon 10")
        ip(f"link set {slave} down")
        ip(f"link set {slave} master bond-{side}")
        ip(f"link add link bond-{side} name vlan-{side} type vlan id 5")
        ip(f"link set {slave} up")
        host = 1 if side == "c" else 2
        address(f"bond-{side}", f"10.47.5.{host}/24", f"fd47:5::{host}/64")
        address(f"vlan-{side}", f"10.47.6.{host}/24", f"fd47:6::{host}/64")
    wait_for_carrier("vlan-s")
    enter(client)
    wait_for_carrier("vlan-c")
    for target in ("10.47.5.2", "fd47:5::2", "10.47.6.2", "fd47:6::2"):
        datagram(client, server, target)


def wait_for_carrier(device):
    """Of the current namespace, which /sys does not show."""
    for _ in range(500):
        shown = subprocess.run(["ip", "link", "show", device], stdout=subprocess.PIPE, check=True)
        if b"LOWER_UP" in shown.stdout:
            return
        time.sleep(0.01)
    raise SystemExit(f"{device} has no carrier")


def routed():
    """The host between them is a router."""
    client, server, middle = new_namespace(), new_namespace(), new_namespace()
    cable("port-c", client, "eth-c")
    cable("port-s", server, "eth-s")
    address("port-c", "10.47.2.3/24", "fd47:2::3/64")
    address("port-s", "10.47.3.3/24", "fd47:3::3/64")
    for switch in ("ipv4/ip_forward", "ipv6/conf/all/forwarding"):
        # The kernel shows the current namespace's.
        Path("/proc/sys/net", switch).write_text("1")
    enter(client)
    address("eth-c", "10.47.2.1/24", "fd47:2::1/64")
    ip("route add default via 10.47.2.3")
    ip("route add default via fd47:2::3")
    enter(server)
    address("eth-s", "10.47.3.2/24", "fd47:3::2/64")
    ip("route add default via 10.47.3.3")
    ip("route add default via fd47:3::3")
    for target in ("10.47.3.2", "fd47:3::2"):
        datagram(client, server, target)
    enter(middle)


def dropped():
    """To a port where nobody listens, and to a cable whose other end is down."""
    other, _ = new_namespace(), new_namespace()
    cable("eth-x", other, "eth-y")
    address("eth-x", "10.47.4.1/24", "fd47:4::1/64")
    ip("neigh add 10.47.4.2 lladdr 02:00:00:00:00:01 dev eth-x nud permanent")
    ip("neigh add fd47:4::2 lladdr 02:00:00:00:00:01 dev eth-x nud permanent")
    for family, target in (
        (socket.AF_INET, "127.0.0.1"),
        (socket.AF_INET6, "::1"),
        (socket.AF_INET, "10.47.4.2"),
        (socket.AF_INET6, "fd47:4::2"),
    ):
        with (
            socket.socket(family, socket.SOCK_DGRAM) as sender,
            contextlib.suppress(OSError),
        ):
            sender.connect((target, PORT))
            sender.send(b"x" * 133)
            if target in ("127.0.0.1", "::1"):
                sender.settimeout(5)
                sender.recv(1)  # ends when the kernel says that nobody listens


def fragmented():
    """A datagram in three fragments over loopback, with both versions."""
    new_namespace()
    ip("link set lo mtu 1500")
    for family, target in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with (
            socket.socket(family, socket.SOCK_DGRAM) as server,
            socket.socket(family, socket.SOCK_DGRAM) as client,
        ):
            server.bind((target, PORT + 1))
            client.sendto(b"x" * 4000, (target, PORT + 1))
            assert len(server.recv(5000)) == 4000


if __name__ == "__main__":
    {f.__name__: f for f in (bridged, stacked, routed, dropped, fragmented)}[sys.argv[1]]()
