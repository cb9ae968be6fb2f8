"""Pieces of pages that are the same for everybody who may see them: drawn once, then kept in memory for an hour.

A table of 160 countries takes 50 to 100 ms to write, and the pages with the largest are read most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from clarion.desk.language import reader_language


def kept(template: str, key: tuple[object, ...], context: Callable[[], Mapping[str, Any]]) -> SafeString:
    """A template's text in the reader's language; ``context`` is asked for only where it is not kept yet.

    ``key`` names everything that the text depends on besides the language. The caller has asked whether the reader may
    see it; nothing of the reader may stand in it, no form with its token either.
    """
    pieces = caches["pieces"]
    name = sha256(repr((template, reader_language(), key)).encode()).hexdigest()
    text = pieces.get(name)
    if text is None:
        text = str(render_to_string(template, dict(context())))
        pieces.set(name, text)
    return mark_safe(text)  # noqa: S308 - a template wrote it
