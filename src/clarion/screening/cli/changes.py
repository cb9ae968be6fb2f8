"""What changed in a list, or in all lists of a source, in lines for people."""

from __future__ import annotations

from typing import Any

from clarion.locale import gettext, ngettext, say
from clarion.pictures.words import number
from clarion.vocab import Phrase

KINDS = {
    "party": Phrase("the entry itself"), "names_added": Phrase("names added"), "names_removed": Phrase("names removed"),
    "facts_added": Phrase("facts added"), "facts_removed": Phrase("facts removed"),
}  # fmt: skip


def of_one(found: dict[str, Any], language: str) -> str:
    """The lines of one list; that nothing changed is said too."""
    lines = _lines(found, language) or [f"  {gettext('nothing changed', language)}"]
    return "\n".join([_head(found, language), *lines])


def of_all(found: dict[str, Any], language: str) -> str:
    """Those lists that changed, then how many did not, then those of which there is nothing to compare."""
    lines: list[str] = []
    same = []
    for one in found["lists"]:
        if said := _lines(one, language):
            lines += [_head(one, language), *said]
        else:
            same.append(one["name"])
    if same:
        still = ngettext("%(n)s list: nothing changed (%(names)s)", "%(n)s lists: nothing changed (%(names)s)",
                        len(same), language)  # fmt: skip
        lines.append(still % {"n": number(len(same), language), "names": ", ".join(same)})
    if found["first"]:
        names = ", ".join(f"{name} ({number(entries, language)})" for name, entries in found["first"].items())
        told = gettext("No earlier version is kept of these lists, with so many entries: %(names)s", language)
        lines.append(told % {"names": names})
    return "\n".join(lines)


def _head(found: dict[str, Any], language: str) -> str:
    return gettext("%(name)s: %(old)s to %(new)s", language) % {key: found[key] for key in ("name", "old", "new")}


def _lines(found: dict[str, Any], language: str) -> list[str]:
    came, went = gettext("came: %(entry)s", language), gettext("went: %(entry)s", language)
    changed = gettext("changed: %(entry)s (%(what)s)", language)
    lines = [came % {"entry": entry} for entry in found["added"]]
    lines += [went % {"entry": entry} for entry in found["removed"]]
    for change in found["changed"]:
        what = ", ".join(say(word, language) for kind, word in KINDS.items() if change[kind])
        lines.append(changed % {"entry": change["entry"], "what": what})
    return [f"  {line}" for line in lines]
