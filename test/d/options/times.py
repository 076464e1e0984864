# SPDX-License-Identifier: MIT
"""Say how many records of a JSON trace are older than one before them."""

import re
import sys

times = [int(time) for time in re.findall(r'"timestamp":(\d+),', sys.stdin.read())]
latest, late = 0, 0
for time in filter(None, times):  # drops have none
    late += time < latest
    latest = max(latest, time)
print(f"{'thousands' if len(times) > 1000 else len(times)} of records, {late} out of order")
