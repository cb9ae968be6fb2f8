"""Kernels where nothing can be kept: the code is installed read-only, and the account has no home that it may write."""

import os
import subprocess
import sys

import pytest
from numba.core import caching

from clarion.compute.kernel import kernel


def double(x):
    return 2 * x


@pytest.mark.parametrize("kept", [True, False])
def test_they_are_compiled_all_the_same(kept, monkeypatch, tmp_path):
    monkeypatch.setattr("numba.core.config.CACHE_DIR", str(tmp_path))
    if not kept:
        monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])
    assert kernel()(double)(21) == 42
    assert any(tmp_path.rglob("*.nbi")) == kept


EVERY_MODULE = """
from importlib import import_module
from pkgutil import iter_modules
from numba.core import caching
caching.CacheImpl._locator_classes = []
from clarion.spillover.engine import cascade
for module in iter_modules(cascade.__path__, cascade.__name__ + "."):
    import_module(module.name)
"""


def test_every_module_of_the_cascade_can_be_imported_there():
    ran = subprocess.run([sys.executable, "-c", EVERY_MODULE], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


CALLED = "from clarion.compute.kernel import kernel\nADD = {add}\n\n@kernel()\ndef called(x):\n    return x + {more}\n"
CALLS = """
from called import ADD, called
from clarion.compute.kernel import kernel

@kernel()
def calls(x):
    return called(x) + ADD

print(calls(0), sum(calls.stats.cache_hits.values()))
"""


def test_what_was_compiled_is_used_again_only_while_the_kernels_and_constants_of_other_files_are_the_same(tmp_path):
    """Neither the date nor the size of a file tells: a package may set one date for all of its files."""

    def told(add, more):
        for name, text in (("called", CALLED.format(add=add, more=more)), ("calls", CALLS)):
            (tmp_path / f"{name}.py").write_text(text)
            os.utime(tmp_path / f"{name}.py", (1e9, 1e9))
        command = [sys.executable, "-B", "-c", "import calls"]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
        return ran.stdout.split()

    assert told(1, 1) == ["2", "0"]
    assert told(1, 1) == ["2", "1"]
    assert told(1, 5) == ["6", "0"]
    assert told(3, 5) == ["8", "0"]
    assert told(3, 5) == ["8", "1"]
