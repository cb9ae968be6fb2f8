"""Kernels where nothing can be kept: the code is installed read-only, and the account has no home that it may write."""

import pytest
from numba.core import caching

from clarion.spillover.engine.cascade.kernel import kernel


def double(x):
    return 2 * x


@pytest.mark.parametrize("kept", [True, False])
def test_they_are_compiled_all_the_same(kept, monkeypatch, tmp_path):
    monkeypatch.setattr("numba.core.config.CACHE_DIR", str(tmp_path))
    if not kept:
        monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])
    assert kernel()(double)(21) == 42
    assert any(tmp_path.rglob("*.nbi")) == kept
