"""The words of the two British lists: names in six parts, masked dates, several values in one cell."""

from __future__ import annotations

import re

from clarion.sources.formats.sanctions.gather import Gathered

PARTIES = {"individual": "person", "entity": "organisation", "ship": "vessel", "aircraft": "aircraft"}
_NUMBERED = re.compile(r"\(\d{1,2}\)")


def party_kind(gathered: Gathered, printed: str) -> str:
    """What is listed; a kind that is not known is counted."""
    if printed.lower() not in PARTIES:
        gathered.raw.count(f"entries of a kind that is not known: {printed[:40]}", 1)
    return PARTIES.get(printed.lower(), "unknown")


def entry_of(gathered: Gathered, marks: dict[str, str], number: str, kind: str, row: int) -> str:
    """The entry of a row: rows of one number tell of one party, and a row without a number of one of its own."""
    if not number or number not in marks:
        marks[number] = gathered.party(number, kind, row)
    return marks[number]


def native_name(
    gathered: Gathered, entry: str, whole: str, row: int, *, script: str, language: str, sex: str
) -> None:  # fmt: skip
    """Keep a name in another script, if there is one."""
    if whole:
        gathered.name(entry, whole, row, kind="spelling", label=script, language=language, sex=sex)


def numbered(cell: str) -> list[str]:
    """The values of a cell that numbers them (1), (2); the cell alone where it does not."""
    return [part for part in (part.strip(" .,;") for part in _NUMBERED.split(cell)) if part] if cell.strip() else []


def name(
    gathered: Gathered, entry: str, parts: list[str], row: int, *, kind: str, strength: str, person: bool,
    sex: str = "",
) -> None:  # fmt: skip
    """Keep a name of Name 1 to Name 6 (``parts`` in that order).

    Name 6 is the family name, or the whole of a company's; Name 1 the given one. What stands between may be further
    given names or a patronymic, and is left open.
    """
    first, *between, last = parts
    low, strong = kind.lower(), strength.lower()
    told = "primary" if low == "primary name" else "spelling" if "variation" in low else \
        "former" if low.startswith(("fka", "f.k.a", "former")) else "alias"  # fmt: skip
    quality = "weak" if "low" in strong else "strong" if "good" in strong or told in ("primary", "spelling") \
        else "unstated"  # fmt: skip
    whole = " ".join(part.strip() for part in parts if part.strip())
    tagged = person and bool(first.strip() or any(part.strip() for part in between))
    gathered.name(
        entry, whole, row, kind=told, quality=quality, label=kind, sex=sex,
        given=first if tagged else "", middle=" ".join(between) if tagged else "", family=last if tagged else "",
    )  # fmt: skip


def measures(gathered: Gathered, entry: str, cell: str, row: int) -> None:
    """Keep the sanctions imposed, which a stroke parts."""
    for measure in cell.split("|"):
        gathered.fact(entry, "measure", measure, row)
