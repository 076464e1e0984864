# SPDX-License-Identifier: MIT
"""What is installed: by make, and as a wheel for every CPython; the packages' types."""

import doctest
import importlib
import json
import os
import re
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
        [python, "-c", HELLO.format(package=package)],
        capture_output=True,
        text=True,
        timeout=60,
        env=python_env(),
    )
    assert result.stdout == "good\n", result.stderr


def test_ctypes_needs_no_compiled_extension(tmp_path):
    """Only the package and the library: no dtrace, no extension module."""
    shutil.copytree(BUILD_PYTHON / "dtrace_ctypes", tmp_path / "dtrace_ctypes")
    library = next((BUILD_PYTHON.parent / "libdtrace").glob("libdtrace.so*"))
    env = python_env(PYTHONPATH=str(tmp_path), DTRACE_LIBRARY=str(library))
    code = HELLO.format(package="dtrace_ctypes") + "import sys; assert 'dtrace' not in sys.modules"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=env
    )
    assert result.stdout == "good\n", result.stderr


def needs_source_tree():
    if not (TOP / "pyproject.toml").exists():
        pytest.skip("not in a source tree")
    if " 9p " in Path("/proc/mounts").read_text():
        pytest.skip("a guest of tools/vm: its kernel changes nothing about an installation")


def clean_env(**more):
    """The environment without what leads to the build tree."""
    hidden = ("PYTHONPATH", "DTRACE_LIBRARY", "LD_LIBRARY_PATH")
    return {k: v for k, v in os.environ.items() if k not in hidden} | more


def libraries_of(command):
    """Run a program; return its output and the copies of libdtrace.so that the loader took."""
    result = subprocess.run(
        command, capture_output=True, text=True, timeout=60, env=clean_env(LD_DEBUG="libs")
    )
    assert result.returncode == 0, result.stderr
    loaded = re.findall(r"calling init: (\S*libdtrace\.so\S*)", result.stderr)
    return result.stdout, [os.path.realpath(path) for path in loaded]


COMMAND_RUNS = ["-qn", 'BEGIN { trace("Hello World"); exit(0); }']


@pytest.fixture
def make_install():
    """`make install` on the built tree, with variables; afterwards the tree is as it was."""
    needs_source_tree()
    build = BUILD_PYTHON.parent
    options = json.loads((build / "meson-info/intro-buildoptions.json").read_text())
    before = next(option["value"] for option in options if option["name"] == "prefix")

    def run(*variables, env=None):
        command = ["make", "-C", str(TOP), f"BUILD={build}", "install", *variables]
        result = subprocess.run(
            command, capture_output=True, text=True, timeout=300, env=clean_env(**env or {})
        )
        assert result.returncode == 0, result.stderr

    yield run
    subprocess.run(["meson", "configure", str(build), "--prefix", before], check=True)
    subprocess.run(["ninja", "-C", str(build), "--quiet"], check=True)


def check_installed(top, prefix):
    """The tree below `top` is complete, was made for `prefix` and uses its own library."""
    (library,) = top.rglob("libdtrace.so.1")
    output, loaded = libraries_of([str(top / "bin/dtrace"), *COMMAND_RUNS])
    assert output.strip() == "Hello World"
    assert loaded == [os.path.realpath(library)]
    assert (library.parent / "pkgconfig/libdtrace.pc").read_text().startswith(f"prefix={prefix}\n")
    for header in ("dtrace.h", "dtrace_linux.h", "sys/dtrace.h"):
        assert (top / "include" / header).exists()
    for page in ("man1/dtrace.1", "man3/libdtrace.3", "man7/dtrace.7"):
        assert (top / "share/man" / page).exists()


def test_make_install_honours_every_prefix(make_install, tmp_path):
    for name in ("first", "second"):
        make_install(f"PREFIX={tmp_path / name}")
        check_installed(tmp_path / name, tmp_path / name)
    shutil.rmtree(tmp_path / "first")
    check_installed(tmp_path / "second", tmp_path / "second")


def test_make_install_honours_destdir(make_install, tmp_path):
    """With and without a prefix, on make's command line and in the environment."""
    make_install(f"DESTDIR={tmp_path / 'one'}")
    check_installed(tmp_path / "one/usr/local", "/usr/local")
    make_install(env={"DESTDIR": str(tmp_path / "two"), "PREFIX": "/opt/tracing"})
    check_installed(tmp_path / "two/opt/tracing", "/opt/tracing")
    make_install(f"DESTDIR={os.path.relpath(tmp_path / 'three', TOP)}", "PREFIX=/usr")
    check_installed(tmp_path / "three/usr", "/usr")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built by pip as a user would; it fetches meson-python unless it is installed."""
    needs_source_tree()
    with_pip = [python for python in interpreters() if has_pip(python)]
    if not with_pip:
        pytest.skip("no Python here has pip")
    folder = tmp_path_factory.mktemp("wheel")
    command = [with_pip[0], "-m", "pip", "wheel", "--no-deps", "-q", "-w", str(folder), str(TOP)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=600)
    unreachable = ("No matching distribution", "ConnectionError")
    if result.returncode != 0 and any(text in result.stderr for text in unreachable):
        pytest.skip("meson-python cannot be fetched")
    assert result.returncode == 0, result.stderr[-3000:]
    (path,) = folder.glob("*.whl")
    return path


def has_pip(python):
    return subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0


def test_the_wheel_is_for_the_stable_abi(wheel):
    assert wheel.name.startswith("python_dtrace-")
    assert "-cp311-abi3-linux_" in wheel.name


def virtual_environment(python, folder):
    made = subprocess.run([python, "-m", "venv", str(folder)], capture_output=True, text=True)
    if made.returncode != 0:
        pytest.skip("this Python makes no virtual environment")
    return folder / "bin/python"


MAPPED = """
import re
mapped = set(re.findall(r"/\\S*libdtrace\\.so\\S*", open("/proc/self/maps").read()))
print(*mapped)
"""


@pytest.mark.parametrize("python", interpreters())
def test_the_wheel_installs_and_runs(wheel, python, tmp_path):
    """Packages and command work, and with the wheel's library: no other copy hides a lack."""
    program = virtual_environment(python, tmp_path / "venv")
    install = ["-m", "pip", "install", "-q", "--no-index", "--disable-pip-version-check", wheel]
    result = subprocess.run([program, *install], capture_output=True, text=True, env=clean_env())
    assert result.returncode == 0, result.stderr
    for package in ("dtrace", "dtrace_ctypes"):
        code = HELLO.format(package=package) + MAPPED
        result = subprocess.run(
            [program, "-c", code], capture_output=True, text=True, env=clean_env(), cwd=tmp_path
        )
        good, mapped = result.stdout.splitlines()
        assert good == "good", result.stderr
        assert Path(mapped).is_relative_to(tmp_path / "venv")
    output, loaded = libraries_of([str(tmp_path / "venv/bin/dtrace"), *COMMAND_RUNS])
    assert output.strip() == "Hello World"
    assert loaded == []  # the command contains it


def older_interpreters():
    """One of each CPython 3 before 3.11 whose pip knows build back ends inside the tree."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return [str(path) for path in sorted(root.glob("versions/3.*/bin/python3.[789]"))] + [
        str(path) for path in sorted(root.glob("versions/3.10.*/bin/python3.10"))
    ]


@pytest.mark.parametrize("python", older_interpreters())
def test_an_older_python_is_told_in_one_sentence(python, tmp_path):
    needs_source_tree()
    program = virtual_environment(python, tmp_path / "venv")
    install = ["-m", "pip", "install", "-q", "--disable-pip-version-check", str(TOP)]
    result = subprocess.run([program, *install], capture_output=True, text=True, env=clean_env())
    (error,) = [line for line in result.stderr.splitlines() if "ERROR" in line]
    assert result.returncode != 0
    assert "requires a different Python" in error
    assert "'>=3.11'" in error
    assert "meson" not in result.stderr


@pytest.mark.parametrize("package", ["dtrace", "dtrace_ctypes"])
def test_the_package_is_typed(package):
    assert (BUILD_PYTHON / package / "py.typed").exists()
    if not shutil.which("mypy"):
        pytest.skip("no mypy")
    result = subprocess.run(
        ["mypy", "--strict", "--cache-dir=/dev/null", "-p", package],
        cwd=BUILD_PYTHON,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout


def test_the_stub_tells_the_truth():
    """Each method of the compiled type is in the stub, and the other way round."""
    from dtrace import _dtrace

    stub = (BUILD_PYTHON / "dtrace/_dtrace.pyi").read_text()
    declared = {
        line.split("def ")[1].split("(")[0] for line in stub.splitlines() if "    def " in line
    }
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
