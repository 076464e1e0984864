#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Look at a TCP service from outside: who connects, how long that takes, what goes to and fro.

    tcp_service.py [SECONDS [PORT]]

Without PORT it traces a small server of its own, which answers each line with a longer one.
"""

import socket
import sys
import threading
import time

from dtrace import DTraceConsumer

SCRIPT = """
tcp:::connect-request
/args[4]->tcp_dport == {port}/
{{
	asked[args[1]->cs_cid] = timestamp;
}}

tcp:::connect-established
/asked[args[1]->cs_cid]/
{{
	@took["connected in nanoseconds"] = quantize(timestamp - asked[args[1]->cs_cid]);
	asked[args[1]->cs_cid] = 0;
}}

tcp:::accept-established
/args[3]->tcps_lport == {port}/
{{
	@accepted[args[3]->tcps_raddr] = count();
}}

tcp:::receive, tcp:::send
/args[3]->tcps_lport == {port}/
{{
	@segments[args[3]->tcps_raddr, probename] = count();
	@bytes[args[3]->tcps_raddr, probename] = sum(args[2]->ip_plength - args[4]->tcp_offset);
}}

ip:::send, ip:::receive
{{
	@packets[args[3]->if_name, probename, args[2]->ip_ver] = count();
}}

END
{{
	printa("accepted from %s: %@d\\n", @accepted);
	printa("segments of %s, %s: %@d\\n", @segments);
	printa("bytes of %s, %s: %@d\\n", @bytes);
	printa("packets of %s, %s, IPv%d: %@d\\n", @packets);
	printa(@took);
}}
"""


def serve(listening: socket.socket) -> None:
    while True:
        connection, _ = listening.accept()
        with connection:
            connection.recv(100)
            connection.sendall(b"What you wanted to know. " * 100)


def ask(port: int) -> None:
    while True:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(b"a question\n")
            while connection.recv(10_000):
                pass
        time.sleep(0.01)


def main(seconds: float, port: int) -> None:
    if not port:
        listening = socket.create_server(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        for work, argument in ((serve, listening), (ask, port)):
            threading.Thread(target=work, args=(argument,), daemon=True).start()
    consumer = DTraceConsumer(
        chew_func=None,
        chewrec_func=None,
        out_func=sys.stdout.write,
        walk_func=lambda *_: None,
        text=True,
    )
    consumer.run(SCRIPT.format(port=port), runtime=seconds)


if __name__ == "__main__":
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 3,
        int(sys.argv[2]) if len(sys.argv) > 2 else 0,
    )
