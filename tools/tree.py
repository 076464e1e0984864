# SPDX-License-Identifier: MIT
"""What the checkers of the source tree share: the list of its files, C text, and counted results.

Imported by tools/lint, tools/check-floors, tools/check-binaries and tools/draw-floors; tools/check
and tools/conformance take from it which kernels are tested.
"""

import re
import subprocess
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent

# The rooms of libdtrace/, from the top floor down: a room includes only rooms further down.
ROOMS = (
    "api builtin providers dlib run lower check ir runtime attach lang consume probe types symbols "
    "process bpf contract base"
).split()

# The kernels under which the suites run again. 6.12 preempts, which the host's kernel may not.
GUESTS = {"6.1": [], "6.12": ["preempt=full"]}
GUEST_TIMEOUT_SECONDS = 40 * 60


def guest_command(kernel, *command):
    """COMMAND under one of GUESTS."""
    append = [f"--append={word}" for word in GUESTS[kernel]]
    limit = str(GUEST_TIMEOUT_SECONDS)
    return ["tools/vm", "run", "--kernel", kernel, "--timeout", limit, *append, "--", *command]


class Report:
    """Counts checks and prints those that fail, prefixed with the tool's name."""

    def __init__(self, tool):
        self.tool = tool
        self.passed = self.failed = 0

    def check(self, good, message):
        self.passed += bool(good)
        self.failed += not good
        if not good:
            self.say(message)

    def say(self, message):
        print(f"{self.tool}: {message}", flush=True)

    def finish(self):
        """Print the count; return the exit status."""
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return int(self.failed > 0)


def files(*suffixes):
    """The repository's files as paths relative to TOP, new ones included, ignored ones not."""
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=TOP, capture_output=True, text=True)
    if listed.returncode == 0:
        names = [Path(name) for name in listed.stdout.splitlines()]
    else:
        names = [path.relative_to(TOP) for path in TOP.rglob("*")]
    return sorted(
        name
        for name in names
        if (TOP / name).is_file()
        and name.parts[0] != "build"
        and (not suffixes or name.suffix in suffixes)
    )


def interpreter(path):
    """The last word of the `#!` line, or the empty string."""
    with open(TOP / path, "rb") as file:
        line = file.readline(200)
    words = line[2:].decode(errors="replace").split() if line.startswith(b"#!") else [""]
    return words[-1].rsplit("/", 1)[-1]


def python_files():
    """Python sources, with the scripts that have no suffix."""
    return [
        path
        for path in files("", ".py", ".pyi")
        if path.suffix or interpreter(path).startswith("python")
    ]


def without_comments(text):
    """C code with its comments blanked and its lines kept."""

    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))

    return re.sub(r"/\*.*?\*/|//[^\n]*", blank, text, flags=re.DOTALL)


def functions(code):
    """Yield (name, lines) of each C function: lone braces in the first column delimit its body."""
    lines = code.split("\n")
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        elif line.startswith("}") and start is not None:
            head = " ".join(lines[max(0, start - 4) : start])
            found = re.findall(r"(\w+)\s*\(", head)
            if line == "}" and found:
                yield found[-1] if len(found) == 1 else found[0], number - start + 1
            start = None
