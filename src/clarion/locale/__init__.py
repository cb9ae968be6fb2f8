"""The catalogues, and saying a text in a language without Django: briefs and the command line speak as the pages do.

``<language>/LC_MESSAGES/django.po`` are the sources and ``django.mo`` what is read; ``make messages`` gathers the
texts and compiles. Django reads the same files.
"""

from __future__ import annotations

import gettext as catalogues
import string
from functools import cache
from pathlib import Path
from typing import Any

from clarion.errors import UnknownName
from clarion.vocab.phrase import Phrase
from clarion.vocab.place import LANGUAGES, Place

FOLDER = Path(__file__).parent


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    if language not in LANGUAGES:  # it becomes a part of a path
        raise UnknownName(
            f"Clarion does not speak {language[:20]!r}.",
            where="language",
            next_step="Use one of: " + ", ".join(LANGUAGES) + ".",
        )
    return catalogues.translation("django", FOLDER, [language], fallback=True)


def gettext(text: str, language: str) -> str:
    """``text`` in ``language``; the English itself where it is not translated."""
    return _catalogue(language).gettext(text) if text else ""


def ngettext(one: str, many: str, count: int, language: str) -> str:
    """The form of a text that fits a count."""
    return _catalogue(language).ngettext(one, many, count)


def pgettext(context: str, text: str, language: str) -> str:
    """A text that reads differently in different places; ``context`` says which place."""
    return _catalogue(language).pgettext(context, text)


def say(text: str, language: str) -> str:
    """A text or a ``Phrase`` in ``language``, figures as the language writes them."""
    if not isinstance(text, Phrase):
        return gettext(text, language)
    template = pgettext(text.context, text.template, language) if text.context else gettext(text.template, language)
    if not text.values:
        return template
    said = {name: _said(value, language) for name, value in text.values.items()}
    return _Figures(language).vformat(template, (), said)


def _said(value: Any, language: str) -> Any:
    if isinstance(value, tuple):
        return ", ".join(str(_said(part, language)) for part in value)
    if isinstance(value, Place):
        return value.name(language)
    return say(value, language) if isinstance(value, Phrase) else value


class _Figures(string.Formatter):
    """``str.format`` whose figures are written by Babel: ``,.0f`` and ``.2f`` as numbers, ``.0%`` as per cent.

    ``g`` takes as many decimals as it needs. Others, such as ``02d`` and ``.0e``, stay as Python writes them.
    """

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        from clarion.pictures.words import number, percent

        if not format_spec or not isinstance(value, int | float):
            return str(super().format_field(value, format_spec))
        plain = str(super().format_field(value, format_spec))
        if format_spec.endswith("g") and "e" not in plain:
            return number(value, self._language, len(plain.partition(".")[2]))
        if not format_spec.endswith(("f", "%")):
            return plain
        write = percent if format_spec.endswith("%") else number
        digits = format_spec.rstrip("f%").rpartition(".")[2]
        return write(value, self._language, int(digits) if digits.isdigit() else 0)
