"""Names of organisations: legal form, numbers and generic words told apart from the words that make the name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clarion.names.letters import LONGEST, repair, small
from clarion.names.organisation_words import concept, legal_form_at, number
from clarion.names.skeleton import skeletons

_ASIDE = re.compile(r"\(([^()]*)\)?")
_DOTTED = re.compile(
    r"(?<![^\W_])(?:[^\W\d_]{1,2}\.\s?){2,}(?:[^\W\d_]{1,2}(?![^\W_]))?|(?<![^\W_])[^\W\d_]/[^\W\d_](?![^\W_])"
)
_NAMESAKE = re.compile(r"(?i)(?<!\w)(?:им\.|имени|імені|imeni|named after)\s*(?:[^\W\d_]{1,2}\.[ -]?){0,3}")
"""That it is named after somebody, with that one's initials: И.И. would be read with им. as one abbreviation."""
_DOTTED_BY_SPACE = re.compile(r"[.\s/]")
# The apostrophe ʼ is a letter to Python too: were it one here, a word of nothing else could be read in 2**n ways.
_TOKEN = re.compile(r"\d+[^\W\d_]*|[^\W\d_ʼ]+(?:['’ʼ][^\W\d_ʼ]+)*\d*")
_NUMBER_SIGN = re.compile(r"№|(?i:(?<![^\W_])(?:no|nr|num)\.?\s?(?=\d))")
_QUOTED = re.compile(r"[\"«“„'‘]([^\"»”“'’]{2,})[\"»”“'’]")
_LETTERS_AND_DIGITS = re.compile(r"([^\W\d_]+)(\d+)|(\d+)([^\W\d_]+)")
_ABBREVIATION = re.compile(r"(?!\d+$)\w{2,12}")


@dataclass(frozen=True, slots=True)
class OrganisationPart:
    """One word. ``kind``: core, generic (``concepts`` say which; НИИ has two), number, legal or stop. ``quoted``: it
    stands within quotes."""

    kind: str
    text: str
    folded: str
    keys: tuple[str, ...]
    concepts: tuple[str, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """A name taken apart. ``legal_form``: the class of the first form that is more than "company" (llc, jsc, pjsc,
    cjsc, nonprofit, foundation, state, sole, partnership, cooperative, branch), else ``company`` or empty. ``numbers``:
    as digits. ``abbreviations``: folded, from brackets."""

    text: str
    folded: str
    parts: tuple[OrganisationPart, ...]
    legal_form: str
    numbers: frozenset[str]
    abbreviations: tuple[str, ...]

    @property
    def core(self) -> tuple[OrganisationPart, ...]:
        """The words that make the name; the generic ones when there are no others."""
        core = tuple(part for part in self.parts if part.kind == "core")
        return core or tuple(part for part in self.parts if part.kind == "generic")

    @property
    def concepts(self) -> frozenset[str]:
        return frozenset(one for part in self.parts if part.kind == "generic" for one in part.concepts)

    def numbers_differ(self, other: OrganisationName) -> bool:
        """Whether both names have numbers and not the same: then they are different organisations."""
        return bool(self.numbers and other.numbers) and self.numbers != other.numbers


def parse_organisation(text: str) -> OrganisationName:
    """A name of an organisation taken apart, in any alphabet; only the first 1,000 characters are looked at.

    Legal forms are told at the beginning, at the end and within, short or written out; numbers as digits, Roman
    numerals and ordinal words. Names that differ in a number are different organisations (``numbers_differ``).
    """
    repaired = repair(_NAMESAKE.sub(" ", _NUMBER_SIGN.sub(" ", text[:LONGEST])))
    abbreviations: list[str] = []
    for aside in _ASIDE.findall(repaired):
        bare = small(aside).strip("\"«»“”„' .")
        if _other_name(aside):
            repaired = repaired.replace(f"({aside})", " ").replace(f"({aside}", " ")
        elif repaired != repaired.upper() and aside == aside.upper() and _ABBREVIATION.fullmatch(bare):
            abbreviations.append(bare)
            repaired = repaired.replace(f"({aside})", " ")
    quoted = {word for inner in _QUOTED.findall(repaired) for word in _TOKEN.findall(small(inner))}
    joined = _DOTTED.sub(lambda match: f" {_DOTTED_BY_SPACE.sub('', match[0])} ", repaired)
    spelled = _TOKEN.findall(joined.replace("&", " and "))
    tokens = tuple(small(word) for word in spelled)
    parts: list[OrganisationPart] = []
    kinds: list[str] = []
    place = 0
    while place < len(tokens):
        form = legal_form_at(tokens, place)
        # A short form such as AS or ИП is one only at an edge; within, or alone, the letters are a name.
        if form is not None and _stands(form.words, tokens, place, quoted):
            end = place + len(form.words)
            kinds.append(form.kind)
            parts.append(OrganisationPart("legal", " ".join(spelled[place:end]), " ".join(tokens[place:end]), ()))
            place = end
            continue
        parts.append(_part(spelled[place], tokens[place], tokens[place] in quoted))
        place += 1
    numbers = frozenset(filter(None, (_number_in(part) for part in parts)))
    legal = next((kind for kind in kinds if kind != "company"), kinds[0] if kinds else "")
    return OrganisationName(text, small(repaired), tuple(parts), legal, numbers, tuple(abbreviations))


def other_names(text: str) -> tuple[str, ...]:
    """Other names that stand in brackets behind a name: ``Связь Инжиниринг (АО «Связь»)`` has one; (Belarus) none."""
    return tuple(aside.strip() for aside in _ASIDE.findall(repair(text[:LONGEST])) if _other_name(aside))


def _other_name(aside: str) -> bool:
    """Whether it has a legal form in it beside other words: then it is a name of its own, not where the branch is."""
    tokens = tuple(small(word) for word in _TOKEN.findall(aside))
    return len(tokens) > 1 and any(
        form is not None and len(form.words) < len(tokens)
        for form in (legal_form_at(tokens, 0), legal_form_at(tokens, len(tokens) - 1))
    )


def _stands(words: tuple[str, ...], tokens: tuple[str, ...], place: int, quoted: set[str]) -> bool:
    if len(words) == len(tokens):
        return False
    if len(words) > 1 or len(words[0]) > 3:
        return True
    return words[0] not in quoted and (place < 2 or place + len(words) >= len(tokens) - 1)


def _part(text: str, folded: str, quoted: bool) -> OrganisationPart:
    if number(folded, text.isupper()):
        return OrganisationPart("number", text, folded, (), quoted=quoted)
    found = concept(folded)
    if found == "":
        return OrganisationPart("stop", text, folded, (), quoted=quoted)
    kind = "core" if found is None else "generic"
    return OrganisationPart(kind, text, folded, skeletons(folded), tuple(found.split("+")) if found else (), quoted)


def _number_in(part: OrganisationPart) -> str:
    if part.kind == "number":
        return number(part.folded, True)
    mixed = _LETTERS_AND_DIGITS.fullmatch(part.folded) if part.kind in ("core", "generic") else None
    return str(int(mixed[2] or mixed[3])) if mixed else ""
