# SPDX-License-Identifier: MIT
"""Tries each built-in that looks at stacks or arguments in a probe of each provider.

Prints how many work in each, and the message of each that is refused.
"""

import os
import subprocess
import sys
import threading
import time

PROBES = {
    "BEGIN": "",
    "END": "",
    "ERROR": "BEGIN { *(int *)0; }",
    "tick-20ms": "",
    "profile-97hz": "",
    "syscall:::entry": "",
    "syscall:::return": "",
    "sdt:::sched_switch": "",
    "sysinfo:::sysread": "",
    "pid$target::inner:entry": "",
    "pid$target::inner:return": "",
}
USES_PER_SCRIPT = 25
VALUES = [
    *("caller", "ucaller", "stackdepth", "ustackdepth", "errno", "probefunc", "probename"),
    *(f"arg{n}" for n in range(10)),
]
STACKS = ["stack()", "stack(3)", "ustack()", "ustack(3)", "jstack()"]
SYMBOLS = [
    *("sym(caller)", "func(caller)", "mod(caller)"),
    *("usym(ucaller)", "ufunc(ucaller)", "umod(ucaller)", "uaddr(ucaller)"),
]


def uses():
    for n, value in enumerate([*VALUES, *STACKS, *SYMBOLS]):
        yield f"trace({value})" if value in VALUES else value
        yield f"@a{n}[{value}] = count()"
        if value in VALUES:
            yield f"self->v{n} = {value}"


def attempt(probe, before, body):
    """None where the clause was run, else the message."""
    end = "exit(0);" if probe != "END" else ""
    begin = "BEGIN { exit(0); }" if probe == "END" else ""
    text = f'{before} {begin} {probe} {{ {body}; printf("<ran>"); {end} }}'
    command = [os.environ["DTRACE"], "-q", "-n", text]
    if "target" in probe:
        command += ["-c", f"{os.environ['TRIGGERS']}/functions 4"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    if "<ran>" in done.stdout:
        return None
    return f"{body}: {done.stderr.strip() or done.returncode}"


def refusals(probe, before, bodies):
    """The messages: of one script with all bodies, and if that fails, of one for each."""
    if not attempt(probe, before, "; ".join(bodies)):
        return []
    return [why for body in bodies if (why := attempt(probe, before, body))]


def read_now_and_then():
    """For the probes of system calls: other processes may be idle."""
    with open("/dev/zero", "rb", buffering=0) as zero:
        while zero.read(1):
            time.sleep(0.01)


def main():
    threading.Thread(target=read_now_and_then, daemon=True).start()
    bodies = list(uses())
    for probe, before in PROBES.items():
        refused = []
        for start in range(0, len(bodies), USES_PER_SCRIPT):
            refused += refusals(probe, before, bodies[start : start + USES_PER_SCRIPT])
        print(f"{probe}: {len(bodies) - len(refused)} of {len(bodies)} work")
        for why in refused:
            print(" ", why)


sys.exit(main())
