# SPDX-License-Identifier: MIT
"""Each provider needs the capabilities that the table of doc/providers.md names, and no others."""

import platform
import re
import subprocess
import threading
import time
from pathlib import Path

import pytest
from conftest import BUILD_PYTHON, TOP

DTRACE = BUILD_PYTHON.parent / "dtrace"
PROGRAMS = {
    "dtrace": "BEGIN { exit(0); }",
    "profile": "profile-997 { exit(0); } tick-10ms { ticked = 1; }",
    "syscall": "syscall:::entry { exit(0); }",
    "sysinfo": "sysinfo:::readch { exit(0); }",
    "io": "io::: { n++; } tick-10ms { exit(0); }",
    "vminfo": "vminfo::: { n++; } tick-10ms { exit(0); }",
    "fsinfo": "fsinfo:::read { n++; } tick-10ms { exit(0); }",
    "proc": "proc::: { n++; } tick-10ms { exit(0); }",
    "sched": "sched:::on-cpu { exit(0); }",
    "lockstat": "lockstat::: { n++; } tick-10ms { exit(0); }",
    "ip": "ip:::send { n++; } tick-10ms { exit(0); }",
    "tcp": "tcp:::send { n++; } tick-10ms { exit(0); }",
    "udp": "udp:::send { n++; } tick-10ms { exit(0); }",
    "mib": "mib::: { n++; } tick-10ms { exit(0); }",
    "rawtp": "rawtp:::sched_switch { exit(0); }",
    "sdt": "sdt:::sched_switch /args[1] != NULL/ { exit(0); }",
    "pid": "pid$target:libc:clock_nanosleep:entry { self->in = 1; } tick-200ms { exit(0); }",
    "kernel symbols": "profile-997 /arg0/ { sym(arg0); exit(0); }",
}


def table():
    """What the manual says: {row: its capabilities}."""
    text = (TOP / "doc/providers.md").read_text().partition("\n## Privileges\n")[2]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]*) \|", text.partition("\n## ")[0], re.MULTILINE)
    return {name.strip("`"): re.findall(r"`CAP_(\w+)`", caps) for name, caps in rows[1:]}


def needed_by(name):
    """What the table names, and what its remarks add on this kernel."""
    release = tuple(map(int, re.findall(r"\d+", platform.release())[:2]))
    without_multi = name == "pid" and release < (6, 6)
    return table()[name] + (["SYS_ADMIN"] if without_multi else [])


def run(capabilities, program, *flags):
    """dtrace(1) as a root that has these capabilities and cannot get others."""
    words = ",".join(["-all", *("+" + name.lower() for name in capabilities)])
    drop = ["setpriv", "--securebits=+noroot", f"--inh-caps={words}", f"--ambient-caps={words}"]
    command = [*drop, f"--bounding-set={words}", DTRACE, "-qw", *flags, "-n", program]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


PARANOID = Path("/proc/sys/kernel/perf_event_paranoid")


@pytest.fixture(scope="module", autouse=True)
def paranoid_as_upstream():
    """Debian's kernels have a further level, 3, at which CAP_PERFMON is not enough."""
    before = PARANOID.read_text()
    if int(before) > 2:
        PARANOID.write_text("2")
    yield
    PARANOID.write_text(before)


@pytest.fixture(scope="module", autouse=True)
def activity():
    """Somebody reads: on an idle machine no probe fires."""
    end = threading.Event()

    def read():
        while not end.wait(0.01):
            Path("/proc/self/stat").read_text()

    thread = threading.Thread(target=read)
    thread.start()
    yield
    end.set()
    thread.join()


@pytest.fixture
def target():
    """A process of another user."""
    command = ["setpriv", "--reuid=65534", "--clear-groups", "sleep", "60"]
    process = subprocess.Popen(command)
    proc = Path(f"/proc/{process.pid}")
    deadline = time.monotonic() + 30
    while "sleep" not in (proc / "comm").read_text() or "libc" not in (proc / "maps").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    yield process.pid
    process.kill()
    process.wait()


def test_the_table_has_every_row():
    assert list(table()) == list(PROGRAMS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_the_table_names_is_enough(name, target):
    flags = ("-p", str(target)) if name == "pid" else ()
    result = run(needed_by(name), PROGRAMS[name], *flags)
    assert result.returncode == 0, result.stderr
    if name == "kernel symbols":
        assert "`" in result.stdout


@pytest.mark.parametrize("name", PROGRAMS)
def test_and_each_is_needed(name, target):
    needed = table()[name]
    flags = ("-p", str(target)) if name == "pid" else ()
    for missing in needed:
        result = run([other for other in needed if other != missing], PROGRAMS[name], *flags)
        if missing == "SYSLOG":
            assert result.stdout.strip().startswith("0x")
        elif missing != "SYS_PTRACE":  # CAP_PERFMON may do in its place
            assert result.returncode == 1
            assert re.search(f"CAP_{missing}|not permitted|denied", result.stderr), result.stderr
