# SPDX-License-Identifier: MIT
"""Trace every system call of this machine from Python for some seconds.

    make demo          or          PYTHONPATH=build/python python3 examples/demo.py [SECONDS]

Prints the programs that made the most system calls, and how long read(2) took as a distribution.
"""

import os
import sys
import threading
import time

from dtrace import DTraceConsumer

SCRIPT = """
syscall:::entry { @calls[execname] = count(); }

syscall::read:entry { self->began = timestamp; }
syscall::read:return /self->began/ {
	@latency["read, nanoseconds"] = quantize(timestamp - self->began);
	self->began = 0;
}

END { printa(@latency); }
"""


def keep_busy(seconds):
    """Read and write meanwhile, since an idle machine has little to show."""
    reader, writer = os.pipe()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        os.write(writer, b"x" * 100)
        os.read(reader, 100)
        time.sleep(0.0001)
    os.close(reader)
    os.close(writer)


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3
    calls = {}

    def walk(_action, _identifier, keys, value):
        if isinstance(value, int):
            calls[keys[0]] = calls.get(keys[0], 0) + value

    distribution = []
    consumer = DTraceConsumer(
        chew_func=None, chewrec_func=None, out_func=distribution.append, walk_func=walk, text=True
    )
    busy = threading.Thread(target=keep_busy, args=(seconds,), daemon=True)
    busy.start()
    print(f"Tracing every system call for {seconds:g} seconds ...", flush=True)
    consumer.run(SCRIPT, runtime=seconds)
    busy.join()

    print(f"\n{'PROGRAM':20} {'SYSTEM CALLS':>12}")
    for name, count in sorted(calls.items(), key=lambda item: -item[1])[:10]:
        print(f"{name:20} {count:12}")
    print("".join(distribution))


if __name__ == "__main__":
    sys.exit(main())
