"""How kernels are compiled: once, and kept where the disk takes it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import numba as nb
import numpy as np
from numba.core.dispatcher import Dispatcher

_stamps: dict[Any, str] = {}
"""By kernel, what it was compiled from."""
_CONSTANTS = (bool, int, float, str, tuple, np.generic)


def kernel(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Compile a function with numba; ``options`` are those of ``numba.njit``.

    What was compiled is kept beside the code or in the user's cache, and used again while the function, the kernels
    that it calls and the constants that it reads are the same. A service whose installation and home are read-only has
    neither: each of its processes compiles anew.
    """

    def compiled(function: Callable[..., Any]) -> Any:
        try:
            found = nb.njit(cache=True, nogil=True, **options)(function)
        except RuntimeError:  # "no locator available"
            return nb.njit(nogil=True, **options)(function)
        if not isinstance(found, Dispatcher):  # NUMBA_DISABLE_JIT, for whoever looks for a fault
            return found
        _stamps[found] = _stamp(function)
        # numba looks at the date and size of the function's own file alone. What another file of it gave, a former
        # kernel or constant, would answer on after an upgrade.
        kept: Any = vars(found)["_cache"]._cache_file
        kept._source_stamp = (kept._source_stamp, _stamps[found])
        return found

    return compiled


def _stamp(function: Any) -> str:
    """SHA-256 of all that is compiled into a kernel: its code, the kernels that it calls, the constants it reads."""
    code, told = function.__code__, sha256(function.__code__.co_code)
    told.update(repr([one for one in code.co_consts if isinstance(one, _CONSTANTS)]).encode())
    for name in code.co_names:
        value = function.__globals__.get(name)
        if isinstance(value, np.ndarray):
            told.update(value.tobytes())
        elif isinstance(value, Dispatcher):
            told.update(_stamps.get(value, "").encode())
        elif isinstance(value, _CONSTANTS):
            told.update(repr(value).encode())
    return told.hexdigest()
