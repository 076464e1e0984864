#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Show the five highest sums of what send.py sends, whenever one changes.

No privilege is needed.
"""

import json
import sys
from collections import Counter


def main() -> None:
    counts: Counter[str] = Counter()
    for line in sys.stdin:
        message = json.loads(line)
        counts[message["key"]] += message["count"]
        print(", ".join(f"{key} {count}" for key, count in counts.most_common(5)), flush=True)
    print("received:", sum(counts.values()), "system calls")


if __name__ == "__main__":
    main()
