# SPDX-License-Identifier: MIT
"""Failures are exceptions with number, tag and place; drops and faults are warnings."""

import os
import pickle
import subprocess
import sys
import textwrap
import warnings

import pytest
from conftest import python_env


def silent(dt, **kwargs):
    return dt.DTraceConsumer(None, None, None, None, **kwargs)


def test_the_tree(dt):
    for name in ("Compile", "Privilege", "Kernel", "Probe", "Closed"):
        error = getattr(dt, f"DTrace{name}Error")
        assert issubclass(error, dt.DTraceError)
    assert issubclass(dt.DTraceError, Exception)
    assert issubclass(dt.DTraceDropWarning, RuntimeWarning)
    assert issubclass(dt.DTraceErrorWarning, RuntimeWarning)


@pytest.mark.parametrize(
    ("script", "tag", "line", "source"),
    [
        ("BEGIN { trace(nosuch); }", "D_IDENT_UNDEF", 1, "BEGIN { trace(nosuch); }"),
        ("BEGIN\n{\n\ttrace(1 +);\n}", "D_SYNTAX", 3, "\ttrace(1 +);"),
        ("BEGIN { trace(nosuch()); }", "D_FUNC_UNDEF", 1, "BEGIN { trace(nosuch()); }"),
        ('BEGIN { printf("%d"); }', "D_PRINTF_ARG_PROTO", 1, 'BEGIN { printf("%d"); }'),
    ],
)
def test_compile_errors_say_where(dt, script, tag, line, source):
    with pytest.raises(dt.DTraceCompileError) as caught:
        silent(dt).compile(script)
    error = caught.value
    assert (error.tag, error.line, error.source) == (tag, line, source)
    assert error.column > 0
    assert error.errno == 1005
    assert error.message in str(error)
    assert "^" in str(error)


def test_unknown_probe(dt):
    with pytest.raises(dt.DTraceProbeError) as caught:
        silent(dt).compile("syscall::raed:entry { }")
    assert caught.value.tag == "D_PDESC_ZERO"
    assert "read" in str(caught.value)
    silent(dt, zdefs=True).compile("syscall::raed:entry { }")


@pytest.mark.parametrize(
    "script", ["", "\0", "\x01\x02", "/* no end", '"', "🙂", "BEGIN {" * 500, "#pragma D option x"]
)
def test_any_text_is_an_error_not_a_crash(dt, script):
    with pytest.raises((dt.DTraceError, ValueError)):
        silent(dt).run(script, 0.1)


def test_errors_can_be_pickled(dt):
    with pytest.raises(dt.DTraceCompileError) as caught:
        silent(dt).compile("BEGIN { trace(nosuch); }")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.line, copy.tag) == (
        str(caught.value),
        caught.value.line,
        caught.value.tag,
    )


def test_use_after_close(dt):
    consumer = silent(dt)
    consumer.close()
    consumer.close()
    with pytest.raises(dt.DTraceClosedError):
        consumer.run("BEGIN { exit(0); }")
    with pytest.raises(dt.DTraceClosedError):
        consumer.compile("BEGIN { exit(0); }")
    with pytest.raises(dt.DTraceClosedError):
        consumer.setopt("quiet")


def test_context_manager_closes(dt):
    with silent(dt) as consumer:
        consumer.run("BEGIN { exit(0); }")
    with pytest.raises(dt.DTraceClosedError):
        consumer.run("BEGIN { exit(0); }")


def as_nobody(dt, program):
    """Run a Python program without privileges."""
    code = f"import {dt.__name__} as dt, os; os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
    return subprocess.run(
        [sys.executable, "-c", code + textwrap.dedent(program)],
        capture_output=True, text=True, timeout=20, env=python_env(),
    )  # fmt: skip


needs_root = pytest.mark.skipif(os.getuid() != 0, reason="drops privileges")


@needs_root
def test_without_privilege_it_names_the_capability(dt):
    result = as_nobody(
        dt,
        """
        try:
            dt.DTraceConsumer(None, None, None, None).run("BEGIN { exit(0); }")
        except dt.DTracePrivilegeError as error:
            print(error.missing, "|", error)
    """,
    )
    missing, _, text = result.stdout.partition(" | ")
    assert missing.startswith("CAP_"), result
    assert missing in text


@needs_root
def test_compiling_needs_no_privilege(dt):
    result = as_nobody(
        dt,
        """
        consumer = dt.DTraceConsumer(None, None, None, None)
        consumer.compile('syscall::read:entry { @[execname] = count(); }')
        try:
            consumer.compile("BEGIN { trace(nosuch); }")
        except dt.DTraceCompileError as error:
            print(error.tag)
    """,
    )
    assert result.stdout == "D_IDENT_UNDEF\n", result.stderr


def test_runtime_errors_are_warnings(dt):
    with pytest.warns(dt.DTraceErrorWarning) as caught:
        silent(dt).run("BEGIN { trace(*(int *)8); exit(1); } BEGIN { exit(0); }")
    (warning,) = caught
    assert "invalid address" in str(warning.message)
    assert (warning.message.fault, warning.message.address) == (1, 8)
    assert warning.filename == __file__


def test_a_warning_turned_into_an_error_stops_the_run(dt):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(dt.DTraceErrorWarning):
            silent(dt).run("BEGIN { trace(*(int *)8); }", None)


def test_the_error_clause_runs_too(trace):
    with pytest.warns(Warning):
        said = trace('BEGIN { trace(*(int *)8); } BEGIN { exit(0); } ERROR { trace("caught"); }')
    assert said.lines == [b"caught"]


def test_drops_are_warnings_and_counted(dt):
    """A ring that is too small: the consumed and the dropped records are all that were produced."""
    produced, consumed = 20000, []
    consumer = dt.DTraceConsumer(
        consumed.append, None, None, None, bufsize="4k", strsize=256, switchrate="1sec"
    )
    script = """
    syscall::getppid:entry /pid == $1/ { trace(probefunc); trace(timestamp); }
    """

    def call():
        for _ in range(produced):
            os.getppid()

    import threading

    threading.Timer(0.4, call).start()
    with pytest.warns(dt.DTraceDropWarning) as caught:
        consumer.run(script, 2, args=[os.getpid()])
    dropped = sum(
        warning.message.drops for warning in caught if warning.message.kind == "PRINCIPAL"
    )
    assert dropped > 0
    assert len(consumed) + dropped == produced
    assert consumer.drops["PRINCIPAL"] == dropped


def test_hints(dt):
    with silent(dt) as consumer:
        with pytest.raises(dt.DTraceError) as unknown:
            consumer.setopt("bufsiz", "1m")
        assert unknown.value.hint == 'did you mean "bufsize"?'
        assert str(unknown.value) == 'Invalid option name\nhint: did you mean "bufsize"?'
        with pytest.raises(dt.DTraceError) as value:
            consumer.setopt("bufpolicy", "rign")
        assert value.value.hint == "it is one of ring, fill, switch"
        with pytest.raises(dt.DTraceCompileError) as program:
            consumer.compile("BEGIN { trace(exename); }")
        assert program.value.hint == 'did you mean "execname"?'


def test_all_errors_of_a_program(dt):
    with silent(dt) as consumer, pytest.raises(dt.DTraceCompileError) as caught:
        consumer.compile("BEGIN { trace(first); }\nBEGIN { trace(1, 2); }\nEND { trace(third); }")
    error = caught.value
    assert [type(other) for other in error.others] == [dt.DTraceCompileError] * 2
    assert [other.tag for other in (error, *error.others)] == [
        "D_IDENT_UNDEF",
        "D_PROTO_LEN",
        "D_IDENT_UNDEF",
    ]
    assert [other.line for other in (error, *error.others)] == [1, 2, 3]
    assert error.others[1].source == "END { trace(third); }"
    assert "third" in str(error)
    assert pickle.loads(pickle.dumps(error)).others[0].line == 2
    with silent(dt) as consumer, pytest.raises(dt.DTraceCompileError) as caught:
        consumer.compile("BEGIN { trace(first); }")
    assert caught.value.others == ()
