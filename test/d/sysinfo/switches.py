# SPDX-License-Identifier: MIT
"""Sleep, and compete for a CPU, between two calls of getppid().

Prints how often the process was told it had left its CPU meanwhile: in all, and not by itself.
"""

import os
import resource
import signal
import time

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
rival = os.fork()
while rival == 0:
    pass
before = resource.getrusage(resource.RUSAGE_SELF)
os.getppid()
for _ in range(10):
    time.sleep(0.001)
end = time.monotonic() + 0.2
while time.monotonic() < end:
    os.sched_yield()
os.getppid()
after = resource.getrusage(resource.RUSAGE_SELF)
os.kill(rival, signal.SIGKILL)
os.wait()
by_itself, forced = after.ru_nvcsw - before.ru_nvcsw, after.ru_nivcsw - before.ru_nivcsw
print(by_itself + forced, forced, flush=True)
