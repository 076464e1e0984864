#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Send aggregations to another process while tracing, as lines of JSON.

python3 send.py 5 | python3 receive.py
"""

import json
import sys
import time

from dtrace import DTraceConsumerThread

SCRIPT = "syscall:::entry { @num[execname] = count(); }"


def send(_action: int, _identifier: int, keys: list, value: int) -> None:
    """Send what was added since the last walk."""
    print(json.dumps({"key": keys[0], "count": value}), flush=True)


def main(seconds: float) -> None:
    thread = DTraceConsumerThread(SCRIPT, True, None, None, None, send, text=True, aggrate="500ms")
    thread.start()
    time.sleep(seconds)
    thread.stop()
    thread.join()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5)
