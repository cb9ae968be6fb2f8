"""The tables of sanctions lists: who is listed, under which names, and what the list says of them."""

from __future__ import annotations

from clarion.tables.contract import Column, Table

STATUS = "status-"
"""Sources so named tell of a status that endangers the payee, such as "undesirable": a warning, never a hit."""
KINDS = ("person", "organisation", "vessel", "aircraft", "unknown")
NAME_KINDS = ("primary", "alias", "former", "maiden", "spelling")
QUALITIES = ("strong", "weak", "unstated")
FACTS = (
    "birth_date", "birth_place", "death", "nationality", "citizenship", "jurisdiction", "title", "position", "address",
    "contact", "document", "tax_number", "registration_number", "account", "programme", "measure", "regulation",
    "reason", "remark", "linked_to", "ownership", "vessel", "aircraft", "secondary_sanctions", "founded", "legal_form",
    "sector", "reference", "appearance", "family", "modification", "unread",
)  # fmt: skip
PRECISIONS = ("day", "month", "year", "range")

_ENTRY = Column("entry", "text", "Number or mark that the list itself gives to whom it names.")
_NUMBER = Column("number", "integer", "Counts the rows of an entry, from 1.", low=1)
_ROW = Column("source_row", "integer", "Line of the source file that the row came from.", low=1, required=False)
_SEXES = ("female", "male")


def _text(name: str, help: str, choices: tuple[str, ...] = ()) -> Column:
    return Column(name, "text", help, required=False, choices=choices)


def _day(name: str, help: str) -> Column:
    return Column(name, "day", help, required=False)


def listed_tables() -> tuple[Table, ...]:
    """The three contracts. Each list's rows stand beside those of the others: none answers in another's place."""
    return (
        Table(
            "listed_parties",
            "Who a sanctions list names.",
            (
                _ENTRY,
                Column("kind", "text", "What is listed.", choices=KINDS),
                _text("sex", "Sex, where the list states it.", _SEXES),
                _day("listed_on", "Day of listing."),
                _day("amended_on", "Day of the last change that the list tells of."),
                Column("status", "text", "Whether the listing is in force.", choices=("listed", "delisted")),
                _ROW,
            ),
            ("entry",),
            spread=True,
        ),
        Table(
            "listed_names",
            "Names of those listed, one a row. Parts are filled only where the list itself tells them apart.",
            (
                _ENTRY, _NUMBER,
                Column("whole", "text", "The name in one line."),
                _text("family", "Family name."),
                _text("given", "Given name or names."),
                _text("middle", "Names between, which the list leaves open."),
                _text("father", "Name of the father, or patronymic."),
                _text("parts", "Parts under tags of the list itself, as a JSON object, where they mean none of these."),
                Column("kind", "text", "What the list calls the name.", choices=NAME_KINDS),
                Column("quality", "text", "How well the list holds the name to identify.", choices=QUALITIES),
                _text("label", "Label as printed, such as f.k.a."),
                _text("script", "Scripts of its letters, ISO 15924, such as Cyrl; Cyrl+Latn where they are mixed."),
                _text("language", "Language, as the list states it."),
                _text("sex", "Sex, where the name carries one.", _SEXES),
                _ROW,
            ),
            ("entry", "number"),
            spread=True,
        ),
        Table(
            "listed_facts",
            "What a list says of those listed, one a row.",
            (
                _ENTRY, _NUMBER,
                Column("kind", "text", "What the row tells.", choices=FACTS),
                Column("value", "text", "Value as printed, runs of blanks made one."),
                _day("start", "First day that a date may mean."),
                _day("end", "Last day that a date may mean."),
                _text("precision", "How exactly a date is known.", PRECISIONS),
                _text("circa", "Whether the list calls a date approximate.", ("yes", "no")),
                _text("country", "Country as printed."),
                _text("document", "Kind of document, number or contact, as printed."),
                _text("note", "What the list adds."),
                _ROW,
            ),
            ("entry", "number"),
            spread=True,
        ),
    )  # fmt: skip
