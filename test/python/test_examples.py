# SPDX-License-Identifier: MIT
"""Every example runs and shows what it promises."""

import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import TOP, python_env

EXAMPLES = TOP / "examples"

# Example, arguments, and a text that its output holds.
SHOWN = {
    "hello_world.py": ([], "Hello World"),
    "syscall_count.py": (["1"], " : "),
    "syscall_by_zone.py": (["1"], " : "),
    "syscall_count_own_walk.py": (["1"], "PROGRAM"),
    "syscall_count_continuous.py": (["1.5"], "in all:"),
    "read_bytes.py": (["1"], "busy"),
    "read_distribution_quantize.py": (["1"], "@"),
    "syscall_lquantize.py": (["1"], "@"),
    "stack_example.py": (["1"], "different stacks"),
    "callbacks_in_class.py": (["1"], "firings"),
    "send.py": (["1"], '"count"'),
    "demo.py": (["1"], "Distribution"),
    "tcp_service.py": (["1"], "bytes of 127.0.0.1, send"),
    "ctypes/hello_world.py": ([], "Hello World"),
    "ctypes/syscall_count.py": (["1"], " :"),
    "ctypes/syscall_by_zone.py": (["1"], " :"),
    "ctypes/syscall_count_own_walk.py": (["1"], "busy"),
    "ctypes/syscall_count_continuous.py": (["1.5"], " :"),
    "ctypes/read_bytes.py": (["1"], "busy"),
    "ctypes/read_distribution_quantize.py": (["1"], " "),
}
ELSEWHERE = {"cli.py", "receive.py", "io_latency.py", "who_signals.py", "postgresql.py"}

BUSY = """
import os
open("/proc/self/comm", "w").write("busy")
import time
while True:
    with open("/etc/passwd", "rb", buffering=0) as file:
        file.read(100)
    time.sleep(0.002)
"""


@pytest.fixture(scope="module", autouse=True)
def busy():
    """A program that reads, so that a quiet machine has something to show."""
    process = subprocess.Popen([sys.executable, "-c", BUSY])
    yield
    process.kill()
    process.wait()


def run(name, *arguments, **kwargs):
    command = [sys.executable, str(EXAMPLES / name), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, env=python_env(), **kwargs
    )


def test_each_example_is_tested():
    there = {str(path.relative_to(EXAMPLES)) for path in EXAMPLES.rglob("*.py")}
    assert there == SHOWN.keys() | ELSEWHERE


@pytest.mark.parametrize("name", SHOWN)
def test_example(name):
    arguments, shown = SHOWN[name]
    result = run(name, *arguments)
    assert result.returncode == 0, result.stderr
    assert shown in result.stdout
    assert "Traceback" not in result.stderr


def test_sender_and_receiver():
    sender = subprocess.Popen(
        [sys.executable, str(EXAMPLES / "send.py"), "1.5"], stdout=subprocess.PIPE, env=python_env()
    )
    result = run("receive.py", stdin=sender.stdout)
    sender.wait()
    assert result.returncode == 0, result.stderr
    assert "received:" in result.stdout
    assert "busy" in result.stdout


def test_cli_runs_a_program():
    result = run("cli.py", "-n", 'BEGIN { printf("%s", $$1); exit(3); }', "argument")
    assert (result.returncode, result.stdout.split()) == (
        3,
        ["0", "argument"],
    ) or "argument" in result.stdout
    assert result.returncode == 3


def test_cli_runs_a_file(tmp_path):
    file = Path(tmp_path / "x.d")
    file.write_text('BEGIN { trace("from a file"); @["k"] = count(); exit(0); }')
    result = run("cli.py", "-s", str(file))
    assert result.returncode == 0
    assert "from a file" in result.stdout
    assert "k" in result.stdout


def test_cli_lists_probes():
    assert "read" in run("cli.py", "-l", "syscall::read:").stdout


def test_cli_runs_a_command():
    result = run(
        "cli.py",
        "-x",
        "strsize=64",
        "-c",
        "true",
        "-n",
        "syscall:::entry /pid == $target/ { @[probefunc] = count(); }",
    )
    assert result.returncode == 0, result.stderr
    assert "exit_group" in result.stdout


def test_cli_says_what_is_wrong():
    result = run("cli.py", "-n", "BEGIN { trace(nosuch); }")
    assert result.returncode == 1
    assert "nosuch" in result.stderr
    assert threading.active_count() >= 1


WRITER = """
import mmap, os, sys
disk = os.open(sys.argv[1], os.O_WRONLY | os.O_DIRECT)
while True:
    os.pwritev(disk, [mmap.mmap(-1, 4096)], 0)
"""


def test_io_latency_shows_a_disk_at_work(tmp_path):
    image = tmp_path / "image"
    with open(image, "wb") as file:
        file.truncate(1 << 20)
    attach = ["losetup", "--find", "--show", str(image)]
    device = subprocess.run(attach, capture_output=True, text=True, check=True).stdout.strip()
    writer = subprocess.Popen([sys.executable, "-c", WRITER, device])
    try:
        result = run("io_latency.py", "1")
    finally:
        writer.kill()
        writer.wait()
        subprocess.run(["losetup", "--detach", device], check=True)
    assert result.returncode == 0, result.stderr
    assert f"{Path(device).name}, write" in result.stdout
    assert "@" in result.stdout


SENDER = """
import os, signal, time
signal.signal(signal.SIGUSR1, lambda *_: None)
while True:
    os.kill(os.getpid(), signal.SIGUSR1)
    os.kill(os.getpid(), signal.SIGWINCH)
    time.sleep(0.01)
"""


def test_who_signals_names_the_sender():
    sender = subprocess.Popen([sys.executable, "-c", SENDER])
    try:
        result = run("who_signals.py", "1")
    finally:
        sender.kill()
        sender.wait()
    assert result.returncode == 0, result.stderr
    assert re.search(rf"\b{sender.pid} sent SIGUSR1 to \S+ {sender.pid}, \d+ times", result.stdout)
    assert re.search(rf"SIGWINCH to \S+ {sender.pid} \(ignored\), \d+ times", result.stdout)


@pytest.mark.full_speed
def test_postgresql_counts_as_pgbench_does():
    result = run("postgresql.py", "1")
    assert result.returncode == 0, result.stderr
    committed = int(re.search(r"(\d+) transactions committed", result.stdout)[1])
    processed = int(re.search(r"pgbench says: (\d+)", result.stdout)[1])
    assert 0 < processed <= committed  # the server's own processes commit, too
    updates = result.stdout.partition("UPDATE")[2].partition("\n\n")[0]
    counts = [int(line.split()[-1]) for line in updates.splitlines() if "|" in line]
    assert sum(counts) == 3 * processed
