# SPDX-License-Identifier: MIT
"""Processes in cgroups made for a case, traced with a filter.

    python3 cgroups.py DIRECTORY[,DIRECTORY...] OPTION...

makes these directories below the cgroup2 file system, in one of its own, and starts a process in
each, whose name is the directory's last part. Each process calls getppid(2) all the time. dtrace
runs with `-x OPTION`; in an option, TOP is the own directory's name and PID(x) the id of process x.
Printed are the processes that were seen at a system call, on a CPU and by samples, whether their
cgroup was theirs, and whether tick, BEGIN and END fired.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

SCRIPT = """
BEGIN { begins++; }
syscall::getppid:entry { @["call", execname, cgroup] = count(); }
sched:::on-cpu { @["on-cpu", execname, cgroup] = count(); }
profile-997 { @["sample", execname, cgroup] = count(); }
tick-10ms { ticks++; }
tick-1s { exit(0); }
END { printf("BEGIN %d, tick %d\\n", begins, ticks > 0); }
"""


def mount():
    for line in Path("/proc/self/mounts").read_text().splitlines():
        fields = line.split()
        if fields[2] == "cgroup2":
            return Path(fields[1])
    raise SystemExit("no cgroup2")


def call_all_the_time(group, ready):
    (group / "cgroup.procs").write_text(str(os.getpid()))
    Path("/proc/self/comm").write_text(group.name)
    os.close(ready)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for _ in range(300):
            os.getppid()
        time.sleep(0.002)
    os._exit(0)


def start(group):
    began, ready = os.pipe()
    pid = os.fork()
    if not pid:
        call_all_the_time(group, ready)
    os.close(ready)
    os.read(began, 1)  # the end of the file
    os.close(began)
    return pid


def trace(options, top, pids):
    flags = []
    for option in options:
        text = option.replace("TOP", top.name)
        flags += ["-x", re.sub(r"PID\((\w+)\)", lambda m: str(pids[m.group(1)]), text)]
    done = subprocess.run(
        [os.environ["DTRACE"], "-q", *flags, "-n", SCRIPT], capture_output=True, text=True
    )
    sys.stderr.write(done.stderr)
    return done.stdout


def report(text, groups):
    ids = {group.name[:15]: group.stat().st_ino for group in groups}  # as comm cuts them
    seen = {}
    for line in text.splitlines():
        words = line.split()
        if words and words[0] in ("call", "on-cpu", "sample"):
            known = words[1] if words[1] in ids else "another"
            mine = known != "another" and int(words[2]) == ids[known]
            seen.setdefault(known, set()).add((words[0], mine))
        elif line:
            print(line)
    for name in sorted(seen):
        print(name, *(f"{what}{'' if mine else '?'}" for what, mine in sorted(seen[name])))


def main():
    top = mount() / f"dtrace-case-{os.getpid()}"
    top.mkdir()
    groups = []
    pids = {}
    try:
        for name in sys.argv[1].split(","):
            (top / name).mkdir()
            groups.append(top / name)
            pids[groups[-1].name] = start(groups[-1])
        report(trace(sys.argv[2:], top, pids), groups)
    finally:
        for pid in pids.values():
            os.kill(pid, 9)
            os.waitpid(pid, 0)
        for group in reversed(groups):
            group.rmdir()
        top.rmdir()


main()
