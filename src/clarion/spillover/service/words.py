"""The room's words in any language, without Django: briefs and the command line speak as the pages do."""

from __future__ import annotations

from clarion.errors import InputError
from clarion.locale import gettext, pgettext, say
from clarion.vocab import COMMODITIES, Estimate, Phrase
from clarion.vocab.place import LANGUAGES


def known(language: str) -> None:
    """Go on only with a language that the house speaks.

    Raises
    ------
    InputError: with those that it does.
    """
    if language not in LANGUAGES:
        raise InputError(
            Phrase("There is no language {language!r}.", language=language), where="language",
            next_step=Phrase("Use one of: {known}.", known=LANGUAGES),
        )  # fmt: skip


def commodity_name(item: str, language: str) -> str:
    """A commodity's name, capitalised: ``Wheat``."""
    return gettext(COMMODITIES[item].name, language) if item in COMMODITIES else item


def of_commodity(item: str, language: str) -> str:
    """A commodity inside a sentence, in the genitive where a language has cases: imports of ``wheat``."""
    return say(COMMODITIES[item].of, language) if item in COMMODITIES else item


def reporter(reported_by: str, language: str) -> str:
    """Whose report stands behind a flow; where years differ, each of them."""
    said = {
        "exporter": pgettext("reported by", "exporter", language),
        "importer": pgettext("reported by", "importer", language),
        "both": pgettext("reported by", "both sides", language),
        "reconciled": pgettext("reported by", "reconciled by the source", language),
        "traced": pgettext("reported by", "traced through re-exports", language),
    }
    return ", ".join(said.get(side, side) for side in reported_by.split(" and "))


def worded(found: Estimate | None, kind: str, language: str, digits: int = 0) -> str:
    """``79 % (47 to 90)``; "no data" for nothing, "not known" for an honest gap. ``kind`` is share or number."""
    from clarion.pictures.words import number, percent, rounded

    if found is None:
        return gettext("no data", language)
    if found.value is None:
        return gettext("not known", language)
    write = percent if kind == "share" else number
    if found.interval is None:
        return write(found.value, language, digits)
    value, low, high = map(rounded, (found.value, found.interval.low, found.interval.high))
    return gettext("%(value)s (%(low)s to %(high)s)", language) % {
        "value": write(value, language, digits),
        "low": write(low, language, digits),
        "high": write(high, language, digits),
    }


def explained(found: Estimate, kind: str, language: str, digits: int = 0) -> str:
    """As ``worded``, then how it was found, or why it is not known."""
    text, more = worded(found, kind, language, digits), found.method if found.known else found.reason
    return f"{text}. {say(more, language)}" if more else text
