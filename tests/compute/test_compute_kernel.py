"""Kernels where nothing can be kept: the code is installed read-only, and the account has no home that it may write."""

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
