#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Show who sends which signal to whom, and whether anybody cares."""

import signal
import sys

from dtrace import DTraceConsumer

SCRIPT = """
proc:::signal-send,
proc:::signal-discard
{
    @sent[execname, pid, args[2], args[1]->pr_fname, args[1]->pr_pid, probename] = count();
}
"""


def name_of(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # one of the real-time signals
        return f"signal {number}"


def show(_action: int, _identifier: int, keys: list, count: int) -> None:
    sender, sender_pid, number, receiver, receiver_pid, how = keys
    ignored = " (ignored)" if how == "signal-discard" else ""
    print(
        f"{sender} {sender_pid} sent {name_of(number)} to {receiver} {receiver_pid}"
        f"{ignored}, {count} times"
    )


def main(seconds: float) -> None:
    DTraceConsumer(None, None, None, show, text=True).run(SCRIPT, runtime=seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
