"""Names that stand in addresses and folders: of programmes, and of those who got a private release."""

from __future__ import annotations

import re

from clarion.errors import InputError
from clarion.release.store.models import PUBLIC
from clarion.vocab import Phrase

_PROGRAMME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_HANDLE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_TAKEN = ("new", "trial")  # parts of the desk's addresses
DEFAULT = "main"


def programme_name(name: str) -> str:
    """Check the name of a programme.

    Raises
    ------
    InputError: it is none.
    """
    if not _PROGRAMME.fullmatch(name) or name in _TAKEN:
        raise InputError(
            Phrase("{name!r} cannot be the name of a programme.", name=name[:40]), where="programme",
            next_step="Use up to 40 small letters, digits and hyphens, beginning with a letter or digit.",
        )  # fmt: skip
    return name


def audience_name(name: str) -> str:
    """Check to whom a release goes: ``public``, or an opaque handle.

    Raises
    ------
    InputError: it is neither.
    """
    if not _HANDLE.fullmatch(name):
        raise InputError(
            Phrase("{name!r} cannot be an audience.", name=name[:40]), where="audience",
            next_step=Phrase("Use {public}, or a handle of small letters, digits and hyphens that names nobody.",
                             public=PUBLIC),
        )  # fmt: skip
    return name
