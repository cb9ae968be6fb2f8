"""How kernels are compiled: once, and kept where the disk takes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba as nb


def kernel(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Compile a function with numba; ``options`` are those of ``numba.njit``.

    What was compiled is kept beside the code or in the user's cache. A service whose installation and home are
    read-only has neither: each of its processes compiles anew.
    """

    def compiled(function: Callable[..., Any]) -> Any:
        try:
            return nb.njit(cache=True, nogil=True, **options)(function)
        except RuntimeError:  # "no locator available"
            return nb.njit(nogil=True, **options)(function)

    return compiled
