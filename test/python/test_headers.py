# SPDX-License-Identifier: MIT
"""The public headers compile in C and C++; the documentation's example compiles and runs."""

import re
import shutil
import subprocess

import pytest
from conftest import BUILD_PYTHON, TOP

LIBRARY = BUILD_PYTHON.parent / "libdtrace"

COMPILERS = [
    ("cc", "c", "-std=c99"),
    ("cc", "c", "-std=c11"),
    ("cc", "c", "-std=gnu17"),
    ("c++", "c++", "-std=c++11"),
    ("c++", "c++", "-std=c++20"),
]


@pytest.mark.parametrize("header", ["dtrace.h", "sys/dtrace.h", "dtrace_linux.h"])
@pytest.mark.parametrize(("compiler", "language", "standard"), COMPILERS)
def test_headers_compile(compiler, language, standard, header):
    if not shutil.which(compiler):
        pytest.skip(f"no {compiler}")
    command = [
        compiler,
        "-x",
        language,
        standard,
        "-Wall",
        "-Wextra",
        "-Wpedantic",
        "-Werror",
        "-fsyntax-only",
    ]
    code = f"#include <{header}>\n"
    result = subprocess.run(
        [*command, f"-I{TOP / 'include'}", "-"],
        input=code,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr


def test_the_example_in_the_documentation(tmp_path):
    if not shutil.which("cc"):
        pytest.skip("no cc")
    text = (TOP / "doc/libdtrace.md").read_text()
    (code,) = re.findall(r"```c\n(.*?)```", text, re.DOTALL)
    source, program = tmp_path / "example.c", tmp_path / "example"
    source.write_text(code)
    command = [
        "cc",
        "-Wall",
        "-Wextra",
        "-Werror",
        f"-I{TOP / 'include'}",
        str(source),
        "-o",
        str(program),
    ]
    command += [f"-L{LIBRARY}", f"-Wl,-rpath,{LIBRARY}", "-ldtrace"]
    subprocess.run(command, check=True, timeout=60)
    result = subprocess.run([str(program)], capture_output=True, text=True, timeout=20)
    assert (result.returncode, result.stdout) == (0, "hello\n"), result.stderr
