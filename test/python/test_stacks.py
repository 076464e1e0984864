# SPDX-License-Identifier: MIT
"""Stacks in keys are interned: none is lost, and no two are taken for one.

A program takes 512 ways through two functions to the same system call, way N in every round N % 7 +
1 times.  The frames tell which way it was.
"""

import shutil
import subprocess
from collections import Counter

import pytest

BITS = 9
ROUNDS = 40
PROGRAM = """
#include <sys/syscall.h>
#include <unistd.h>

static void walk(unsigned way, int bits);

#define STEP(name)                                              \\
    __attribute__((noinline)) void name(unsigned way, int bits) \\
    {                                                           \\
        walk(way, bits);                                        \\
        __asm__ volatile("");                                   \\
    }
STEP(zero)
STEP(one)

/* Libc's syscall() has no frame, which hides its caller: this one. */
__attribute__((noinline)) static void call(void)
{
    syscall(SYS_getppid);
    __asm__ volatile("");
}

static inline __attribute__((always_inline)) void walk(unsigned way, int bits)
{
    if (!bits)
        for (unsigned i = 0; i <= way % 7; i++)
            call();
    else if (way >> (bits - 1) & 1)
        one(way, bits - 1);
    else
        zero(way, bits - 1);
}

int main(void)
{
    for (int round = 0; round < ROUNDS; round++)
        for (unsigned way = 0; way < 1 << BITS; way++)
            walk(way, BITS);
    alarm(20);
    getsid(0); /* the script ends here, while the symbols can be read */
    pause();
}
"""
EXIT = "syscall::getsid:entry /pid == $target/ { exit(0); }"
SCRIPT = f"""
syscall::getppid:entry /pid == $target/ {{ @stacks[ustack(), execname] = count(); }}
syscall::getppid:entry /pid == $target/ {{ @all = count(); }}
{EXIT}
"""
MODEL = {way: ROUNDS * (way % 7 + 1) for way in range(1 << BITS)}


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    if not shutil.which("cc"):
        pytest.skip("no C compiler")
    folder = tmp_path_factory.mktemp("ways")
    (folder / "ways.c").write_text(PROGRAM)
    subprocess.run(
        [
            *("cc", "-O1", "-fno-omit-frame-pointer", "-fno-optimize-sibling-calls"),
            *(f"-DBITS={BITS}", f"-DROUNDS={ROUNDS}", "-o", folder / "ways", folder / "ways.c"),
        ],
        check=True,
    )
    return str(folder / "ways")


def way_of(stack):
    """The way that a stack, innermost frame first, has taken; None if it is not whole."""
    names = [frame.rpartition("`")[2].partition("+")[0] for frame in stack]
    steps = [name == "one" for name in names if name in ("zero", "one")]
    return sum(bit << place for place, bit in enumerate(steps)) if len(steps) == BITS else None


def counts(said):
    """Counts by way, and the number of calls."""
    found, total = Counter(), 0
    for _, _, keys, value in said.entries:
        if keys:
            found[way_of(keys[0])] += value
            assert keys[1] == b"ways"
        else:
            total = value
    return found, total


# 4 MiB hold all; 128 KiB all, but many in the same place; with 1 ms there are many snapshots.
@pytest.mark.parametrize("options", [{}, {"aggsize": "128k"}, {"aggrate": "1ms"}])
def test_every_stack_is_counted_by_itself(trace, program, options):
    found, total = counts(trace(SCRIPT, 60, command=[program], **options))
    assert total == sum(MODEL.values())
    assert found == MODEL


def test_what_finds_no_room_is_a_drop(trace, program):
    said = trace(SCRIPT, 60, command=[program], aggsize="4k", aggrate="10s")
    found, total = counts(said)
    dropped = sum(said.drops.values())
    assert dropped > 0
    assert sum(found.values()) + dropped == total == sum(MODEL.values())
    assert all(count <= MODEL[way] for way, count in found.items())


def test_stacks_that_are_out_of_use_make_room(trace, program):
    """There are more stacks in all than room for them, but not at one time."""
    said = trace(SCRIPT, 60, command=[program], aggsize="64k", aggrate="1ms")
    found, total = counts(said)
    assert sum(found.values()) + sum(said.drops.values()) == total
    assert all(count <= MODEL[way] for way, count in found.items())


def test_kernel_stacks(trace, program):
    script = "syscall::getppid:entry /pid == $target/ { @[stack(), ustack(9)] = count(); }"
    said = trace(script + EXIT, 60, command=[program])
    assert sum(value for _, _, _, value in said.entries) == sum(MODEL.values())
    assert len({keys[0] for _, _, keys, _ in said.entries}) == 1
