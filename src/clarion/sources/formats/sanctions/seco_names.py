"""Names of the Swiss list: parts, each with its spellings, put together into whole names of one script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from clarion.sources.formats.sanctions.text import main_script
from clarion.sources.formats.sanctions.xml import Node

MOST = 256  # names that the spellings of one name's parts may make
MOST_PARTS = 40  # of one name; with more, its main spelling alone is kept
# What the list calls the parts, to the columns of the house.
COLUMNS = {"family-name": "family", "given-name": "given", "father-name": "father", "further-given-name": "middle",
           "maiden-name": "maiden"}  # fmt: skip
WHOLE = ("whole-name", "")


@dataclass
class Part:
    """A part's kind, and its spellings with the language that each is said to be in; the first is the main one."""

    kind: str
    spellings: list[tuple[str, str]] = field(default_factory=list)


def parts_of(name: Node) -> list[Part]:
    """The parts of a name in their order."""
    found = []
    for node in sorted(name.nodes("name-part"), key=_order):
        part = Part(node.attribute("name-part-type"))
        node.attribute("order")
        values = [(value.own(), "") for value in node.nodes("value")]
        for variant in node.nodes("spelling-variant"):
            language = variant.attribute("lang")
            for given in ("script", "spelling-variant-type"):
                variant.attribute(given)
            values.append((variant.own(), language))
            node.children += [variant] if list(variant.left()) else []
        part.spellings = [spelling for spelling in dict.fromkeys(values) if spelling[0]]
        name.children += [node] if list(node.left()) else []
        if part.spellings:
            found.append(part)
    return found


def _order(node: Node) -> int:
    text = node.attributes.get("order", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def combined(parts: list[Part]) -> Iterator[tuple[Mapping[str, str], str, bool]]:
    """Whole names: the text of each kind of part, the language, and whether it is the main spelling.

    Spellings are combined within a script: a Cyrillic family name goes with Cyrillic given names. A part without a
    spelling in that script keeps its main one. Beyond ``MOST`` each spelling is tried once, the others at their main.
    """
    seen: set[tuple[str, ...]] = set()
    if len(parts) > MOST_PARTS:
        parts = [Part(part.kind, part.spellings[:1]) for part in parts]
    scripts = list(dict.fromkeys(main_script(text) for part in parts for text, _ in part.spellings))
    for script in scripts:
        choices = [
            [one for one in part.spellings if main_script(one[0]) == script] or part.spellings[:1] for part in parts
        ]
        size = 1
        for choice in choices:
            size *= len(choice)
        if size <= MOST:
            chosen = list(product(*choices))
        else:
            mains = [choice[0] for choice in choices]
            chosen = [(*mains[:at], one, *mains[at + 1 :]) for at, choice in enumerate(choices) for one in choice]
        for one in chosen:
            key = tuple(text for text, _ in one)
            if key in seen:
                continue
            texts: dict[str, str] = {}
            for part, (text, _) in zip(parts, one, strict=True):
                texts[part.kind] = f"{texts[part.kind]} {text}" if part.kind in texts else text
            languages = sorted({language for _, language in one if language})
            yield texts, " ".join(languages), not seen
            seen.add(key)
