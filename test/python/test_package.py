# SPDX-License-Identifier: MIT
"""The packages as things that are installed: every CPython, the wheel, the types."""

import doctest
import importlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import BUILD_PYTHON, TOP, python_env

HELLO = """
import {package} as dt
lines = []
dt.DTraceConsumer(None, None, lines.append, None).run('BEGIN {{ trace("Hello World"); exit(0); }}')
assert lines == [b"Hello World"], lines
print("good")
"""


def interpreters():
    """Every CPython from 3.11 on that this machine has, by version."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    places = [*os.environ.get("PATH", "").split(os.pathsep), "/usr/bin", "/usr/local/bin"]
    places += map(str, pyenv.glob("versions/3.*/bin"))
    found = {}
    for place in dict.fromkeys(places):
        if "shims" in place:
            continue
        for minor in range(11, 20):
            program = Path(place) / f"python3.{minor}"
            if program.exists():
                found.setdefault(str(program.resolve()), f"3.{minor}")
    return sorted(found)


@pytest.mark.parametrize("package", ["dtrace", "dtrace_ctypes"])
@pytest.mark.parametrize("python", interpreters())
def test_every_python_runs_the_build_tree(python, package):
    result = subprocess.run(
        [python, "-c", HELLO.format(package=package)], capture_output=True, text=True, timeout=60, env=python_env()
    )
    assert result.stdout == "good\n", result.stderr


def test_ctypes_needs_no_compiled_extension(tmp_path):
    """Only the package and the library: no dtrace, no extension module."""
    shutil.copytree(BUILD_PYTHON / "dtrace_ctypes", tmp_path / "dtrace_ctypes")
    library = next((BUILD_PYTHON.parent / "libdtrace").glob("libdtrace.so*"))
    env = python_env(PYTHONPATH=str(tmp_path), DTRACE_LIBRARY=str(library))
    code = HELLO.format(package="dtrace_ctypes") + "import sys; assert 'dtrace' not in sys.modules"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=env)
    assert result.stdout == "good\n", result.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built by pip as a user would; it fetches meson-python unless it is installed."""
    if not (TOP / "pyproject.toml").exists():
        pytest.skip("not in a source tree")
    if " 9p " in Path("/proc/mounts").read_text():
        pytest.skip("a guest of tools/vm: its kernel changes nothing about a wheel")
    with_pip = [
        p for p in interpreters() if subprocess.run([p, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ]
    if not with_pip:
        pytest.skip("no Python here has pip")
    folder = tmp_path_factory.mktemp("wheel")
    command = [with_pip[0], "-m", "pip", "wheel", "--no-deps", "-q", "-w", str(folder), str(TOP)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if result.returncode != 0 and ("No matching distribution" in result.stderr or "ConnectionError" in result.stderr):
        pytest.skip("meson-python cannot be fetched")
    assert result.returncode == 0, result.stderr[-3000:]
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_is_for_the_stable_abi(wheel):
    assert wheel.name.startswith("python_dtrace-")
    assert "-cp311-abi3-linux_" in wheel.name


@pytest.mark.parametrize("python", interpreters())
def test_the_wheel_installs_and_runs(wheel, python, tmp_path):
    made = subprocess.run([python, "-m", "venv", str(tmp_path / "venv")], capture_output=True, text=True)
    if made.returncode != 0:
        pytest.skip("this Python makes no virtual environment")
    program = str(tmp_path / "venv/bin/python")
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "DTRACE_LIBRARY", "LD_LIBRARY_PATH")}
    install = [program, "-m", "pip", "install", "-q", "--no-index", "--disable-pip-version-check", str(wheel)]
    result = subprocess.run(install, capture_output=True, text=True, env=env)
    assert result.returncode == 0, result.stderr
    for package in ("dtrace", "dtrace_ctypes"):
        result = subprocess.run(
            [program, "-c", HELLO.format(package=package)], capture_output=True, text=True, env=env, cwd=tmp_path
        )
        assert result.stdout == "good\n", result.stderr


@pytest.mark.parametrize("package", ["dtrace", "dtrace_ctypes"])
def test_the_package_is_typed(package):
    assert (BUILD_PYTHON / package / "py.typed").exists()
    if not shutil.which("mypy"):
        pytest.skip("no mypy")
    result = subprocess.run(
        ["mypy", "--strict", "--cache-dir=/dev/null", "-p", package], cwd=BUILD_PYTHON, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout


def test_the_stub_tells_the_truth():
    """Each method of the compiled type is in the stub, and the other way round."""
    from dtrace import _dtrace

    stub = (BUILD_PYTHON / "dtrace/_dtrace.pyi").read_text()
    declared = {line.split("def ")[1].split("(")[0] for line in stub.splitlines() if "    def " in line}
    there = {name for name in vars(_dtrace.Handle) if not name.startswith("_")}
    assert there == declared - {"__new__"}


def test_both_back_ends_fulfil_the_contract():
    import dtrace_ctypes._backend as over_ctypes
    from dtrace import _dtrace

    for name in vars(_dtrace.Handle):
        assert name.startswith("_") or hasattr(over_ctypes.Handle, name)


def test_the_examples_in_the_docstrings(dt):
    """They run, and give what they say."""
    module = importlib.import_module(f"{dt.__name__}._consumer")
    failed, tried = doctest.testmod(module, extraglobs={"time": time})
    assert tried > 10
    assert failed == 0
