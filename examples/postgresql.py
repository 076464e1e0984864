#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Look at PostgreSQL under load: its own probes, the system calls of its processes, its CPU time.

    postgresql.py [SECONDS]

Makes a database in a temporary directory, from Debian's package, and lets pgbench work with it.
PostgreSQL has a process for each client, which begins when the client connects: the provider
`postgresql`, without a process id, is the probes of all of them.
"""

import getpass
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from dtrace import DTraceContinuousConsumer

SCRIPT = """
postgresql:postgres::query-start { self->began = timestamp; }

postgresql:postgres::query-done
/self->began/
{
    @took[strtok(copyinstr(arg0), " ")] = quantize((timestamp - self->began) / 1000);
    self->began = 0;
}

postgresql:postgres::transaction-commit { @transactions["committed"] = count(); }

postgresql:postgres::buffer-read-done { @buffers[arg7 ? "found" : "read"] = count(); }

syscall:::entry /execname == "postgres"/ { @calls[probefunc] = count(); }

profile-199 /execname == "postgres"/ { @cpu[arg0 ? "in the kernel" : "in PostgreSQL"] = count(); }

END
{
    trunc(@calls, 8);
    printa("%@8u transactions %s\\n", @transactions);
    printa("%@8u buffers %s\\n", @buffers);
    printa("%@8u calls of %s\\n", @calls);
    printa("%@8u samples %s\\n", @cpu);
    printf("\\nmicroseconds by kind of statement\\n");
    printa(@took);
}
"""


def programs() -> Path:
    """Where the newest PostgreSQL is: Debian has it outside of $PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: p.parts[4])
    if not found:
        raise SystemExit("there is no PostgreSQL here: apt-get install postgresql")
    return found[-1].parent


@contextmanager
def database(directory: Path):
    """A server that listens in DIRECTORY. It refuses to be root's."""
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    account = pwd.getpwnam(user)
    os.chown(directory, account.pw_uid, account.pw_gid)

    def call(name, *words):
        command = [programs() / name, *words]
        as_user = {"user": user, "group": account.pw_gid} if os.geteuid() == 0 else {}
        with open(directory / "output", "w") as output:
            subprocess.run(
                command, check=True, cwd=directory, stdout=output, stderr=output, **as_user
            )
        return (directory / "output").read_text()

    data, where = directory / "data", f"-k {directory} -c listen_addresses= -c fsync=off"
    call("initdb", "--no-sync", "--auth=trust", "-D", data)
    call("pg_ctl", "-D", data, "-w", "-l", directory / "log", "-o", where, "start")
    try:
        call("pgbench", "-h", directory, "-i", "-q", "postgres")
        yield lambda seconds: call("pgbench", "-h", directory, "-T", f"{seconds:.0f}", "postgres")
    finally:
        call("pg_ctl", "-D", data, "-m", "immediate", "stop")


def main(seconds: float) -> None:
    directory = Path(tempfile.mkdtemp())
    try:
        with database(directory) as bench:
            tracer = DTraceContinuousConsumer(
                SCRIPT,
                chew_func=None,
                chewrec_func=None,
                out_func=sys.stdout.write,
                walk_func=None,
                text=True,
            )
            with tracer:
                tracer.go()
                says = bench(seconds)
                tracer.stop()
                tracer.snapshot()
            processed = re.search(r"transactions actually processed: (\d+)", says)
            print(f"pgbench says: {processed[1]} transactions")
    finally:
        shutil.rmtree(directory)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
