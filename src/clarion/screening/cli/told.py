"""An answer as lines of text: the sentence, and the evidence for and against each listed party that it could be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from clarion.locale import gettext, ngettext
from clarion.pictures.words import number
from clarion.screening.service import coverage, list_words, words
from clarion.screening.service.renewal import renew

if TYPE_CHECKING:
    from collections.abc import Mapping


def lines(data: Mapping[str, Any], language: str) -> str:
    """All of it; ``data`` is what the command prints for machines."""
    absent = coverage.sentence((one["source"] for one in data["lists"]), language)
    undated = list_words.undated(data["lists"], language)
    found = list(filter(None, (data["sentence"], data["firm"], data["unused"], absent, undated)))
    for part, name, told in zip(
        data["subjects"], words.subjects(data, language), words.told(data), strict=True
    ):  # fmt: skip
        found += _subject(part, name, told, language)
    found += _warnings(data["warnings"], language)
    if data["outcome"] == "stale":
        found += ["", *dict.fromkeys(renew(old["source"], language) for old in data["lists"] if old["stale"])]
    if not data["lists"]:
        found += ["", gettext("Load one with: clarion screening lists fetch ofac-sdn", language)]
    return "\n".join(found)


def _subject(part: Mapping[str, Any], name: str, told: bool, language: str) -> Iterator[str]:
    if told:
        for hit in part["hits"]:
            yield from ("", f"{name}: {words.label(hit['outcome'], language)}", *_hit(hit, language))
        for one in part["before"]:
            said = gettext(
                "Cleared before: %(by)s found on %(at)s that this is not %(list)s %(entry)s; it holds until %(until)s.",
                language,
            )  # fmt: skip
            yield from ("", said % one, *_hit(one["hit"], language))
    if part["seen"]:
        said = ngettext(
            "Also seen: %(n)s listed name that is too weak to hit alone",
            "Also seen: %(n)s listed names that are too weak to hit alone", len(part["seen"]), language,
        )  # fmt: skip
        yield from ("", f"{name}: " + said % {"n": number(len(part["seen"]), language)})
        for hit in part["seen"]:
            yield from _briefly(hit, language)
    elif part["nearest"]:
        said = gettext("%(name)s: who comes nearest, and why that is somebody else", language)
        yield from ("", said % {"name": name}, *_hit(part["nearest"], language))


def _warnings(warnings: list[dict[str, Any]], language: str) -> list[str]:
    if not warnings:
        return []
    said = gettext(
        "This is no sanction and no reason to refuse. The payee may be endangered by a payment from abroad: ask them "
        "before you pay.", language,
    )  # fmt: skip
    return ["", gettext("For the payee's own safety", language), f"  {said}",
            *(f"  {_named(hit)}" for hit in warnings)]  # fmt: skip


def _hit(hit: Mapping[str, Any], language: str) -> Iterator[str]:
    yield from _briefly(hit, language)
    if measures := words.measures(hit, language):
        yield f"  {', '.join(measures)}"
    for evidence in hit["ledger"]:
        row = words.item(evidence, language)
        pair = " – ".join(filter(None, (row["given"], row["listed"])))
        yield f"  {row['bits']:>8}  {row['what']}: {pair}: {row['finding']}, {row['says']}"
    yield f"  {number(hit['score'], language, 3):>8}  {gettext('in all, bits', language)}"


def _briefly(hit: Mapping[str, Any], language: str) -> Iterator[str]:
    yield f"  {_named(hit)}, {words.one_in(hit['probability'], language)}"
    if why := words.why(hit, language):
        yield f"  {gettext('Clear, because %(why)s.', language) % {'why': why}}"


def _named(hit: Mapping[str, Any]) -> str:
    return f"{hit['name']} ({hit['list']} {hit['entry']})"
