# SPDX-License-Identifier: MIT
"""Compiles long scripts of many shapes, of a length and of twice that length.

Prints for each shape whether the processor time and the memory of the compiler grow about as much
as the script: at most threefold.
"""

import os
import subprocess
import sys
from pathlib import Path

LENGTH = 10_000
ATTEMPTS = 4
# What a script costs whatever it holds; below it, growth says nothing.
BASE_SECONDS, BASE_KIB = 0.08, 24_000


def repeat(n, pattern, separator=""):
    return separator.join(pattern.replace("#", str(i)) for i in range(n))


SHAPES = {
    "typedefs": lambda n: repeat(n, "typedef int t#;"),
    "a chain of typedefs": lambda n: "typedef int t0;"
    + "".join(f"typedef t{i} t{i + 1};" for i in range(n)),
    "globals": lambda n: repeat(n, "int g#;"),
    "assigned globals": lambda n: "BEGIN { " + repeat(n, "g# = #;") + " }",
    "an enumeration": lambda n: "enum e { " + repeat(n, "E#", ",") + " };",
    "enumerators of enumerators": lambda n: "enum e { E0, "
    + ",".join(f"E{i + 1} = E{i} + 1" for i in range(n))
    + " };",
    "enumerations": lambda n: repeat(n // 4, "enum e# { A#, B# };"),
    "structures": lambda n: repeat(n // 2, "struct s# { int a; };"),
    "members": lambda n: "struct s { " + repeat(n, "int m#;") + " };",
    "uses of members": lambda n: SHAPES["members"](n)
    + "struct s *p; BEGIN { "
    + repeat(n // 4, "x = p->m#;")
    + " }",
    "inlines": lambda n: repeat(n, "inline int i# = #;"),
    "members of a translator": lambda n: "struct in { int z; };"
    + SHAPES["members"](n)
    + "translator struct s < struct in *p > { "
    + repeat(n, "m# = p->z;")
    + " };",
    "prototypes": lambda n: repeat(n, "extern int f#(int, char *);"),
    "descriptions": lambda n: repeat(n // 3, "syscall::read:entry", ",") + " { }",
    "descriptions of all calls": lambda n: repeat(n // 50, "syscall:::entry", ",") + " { }",
    "clauses": lambda n: repeat(n // 5, "BEGIN { x = #; }"),
    "strings": lambda n: "BEGIN { " + repeat(n, 'trace("s#");') + " }",
    "a long string": lambda n: 'BEGIN { trace("' + "x" * (100 * n) + '"); }',
    "comments": lambda n: "/* x */\n" * (20 * n),
    "pragmas": lambda n: "#pragma D option quiet\n" * n,
    "formats": lambda n: "BEGIN { " + repeat(n // 4, 'printf("# %d", #);') + " }",
    "elements": lambda n: "BEGIN { " + repeat(n // 2, "a[#] = #;") + " }",
    "conditions": lambda n: "int y; BEGIN { " + repeat(n // 4, "if (y == #) { x = #; }") + " }",
}


def compile_script(text):
    """Processor seconds and KiB."""
    path = Path(os.environ["TMP"]) / "long.d"
    path.write_text(text + "\nEND { }\n")
    with subprocess.Popen([os.environ["DTRACE"], "-qes", path]) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"status {child.returncode}: {text[:60]}...")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def is_linear(shape):
    """Another try where it is not: a machine may be busy."""
    for _ in range(ATTEMPTS):
        seconds, kib = compile_script(shape(LENGTH))
        twice_seconds, twice_kib = compile_script(shape(2 * LENGTH))
        if twice_seconds <= 3 * max(seconds, BASE_SECONDS) and twice_kib <= 3 * max(kib, BASE_KIB):
            return True
    return False


def main():
    for name, shape in SHAPES.items():
        print(f"{name}: {'linear' if is_linear(shape) else 'slow'}", flush=True)


sys.exit(main())
