"""The language of the page that is being made."""

from __future__ import annotations

from django.utils.translation import get_language


def reader_language() -> str:
    """Two letters, English where none is chosen."""
    return (get_language() or "en").partition("-")[0]
