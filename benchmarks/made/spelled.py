"""Other ways to write one person's name, by kind; each gives "" where the person's name does not have it."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

from clarion.names import SYSTEMS, given_names, romanise, script
from clarion.names.tables import rows
from made.peoples import GROUPS, RUSSIAN
from made.person import Person
from made.press import irregular

_LANGUAGE = {"uk": "uk", "be": "be", "kk": "kk"}
_TYPED = {
    "cyrillic": "абвгдежзиклмнопрстуфхцчшыэюя", "latin": "abcdefghijklmnoprstuvwyz",
}  # fmt: skip
# What a scanner takes for what.
_SCANNED = (
    ("rn", "m"), ("m", "rn"), ("l", "1"), ("o", "0"), ("cl", "d"), ("i", "l"), ("h", "b"), ("v", "y"), ("e", "c"),
)  # fmt: skip
_SCANNED_CYRILLIC = (
    ("и", "н"), ("н", "и"), ("ш", "щ"), ("е", "с"), ("о", "0"), ("б", "6"), ("л", "п"), ("ц", "ч"), ("з", "э"),
)  # fmt: skip


def systems(person: Person) -> list[str]:
    """The romanisations in which a name of this group may stand."""
    own = _LANGUAGE.get(GROUPS[person.group].fathers, "ru")
    if own == "kk" and _russian(person):
        own = "ru"
    return [system.id for system in SYSTEMS.values() if system.language == own]


def whole(person: Person) -> str:
    return " ".join(filter(None, (person.given, person.father, person.surname)))


def same_script(person: Person, draw: random.Random) -> str:
    return draw.choice((whole(person), f"{person.surname} {person.given} {person.father}".strip()))


def short(person: Person, draw: random.Random) -> str:
    return draw.choice((f"{person.given} {person.surname}", f"{person.surname} {person.given}"))


def mixed_systems(person: Person, draw: random.Random) -> str:
    """Each part of the name by another romanisation, as when a form is filled in from two papers."""
    return " ".join(romanise(word, draw.choice(systems(person))) for word in whole(person).split())


def initials_spaced(person: Person, draw: random.Random) -> str:
    return " ".join((person.surname, *(f"{part[0]}." for part in (person.given, person.father) if part)))


def initials_unspaced(person: Person, draw: random.Random) -> str:
    return f"{person.surname} {''.join(f'{part[0]}.' for part in (person.given, person.father) if part)}"


def homoglyphs(person: Person, draw: random.Random) -> str:
    """Some Cyrillic letters replaced by Latin ones of the same shape."""
    alike = _alike()
    text = whole(person)
    places = [at for at, letter in enumerate(text) if letter in alike]
    chosen = set(draw.sample(places, max(1, len(places) // 3))) if places else set()
    return "".join(alike[letter] if at in chosen else letter for at, letter in enumerate(text)) if chosen else ""


def yo_as_e(person: Person, draw: random.Random) -> str:
    text = whole(person)
    return text.replace("ё", "е").replace("Ё", "Е") if "ё" in text.lower() else ""


def masculine_surname(person: Person, draw: random.Random) -> str:
    """A woman under the surname's masculine form, as in papers of countries that know one form."""
    base = person.surname.removesuffix("а") if person.surname.endswith(("ова", "ева", "ёва", "ина")) else ""
    return romanise(f"{person.given} {base}", draw.choice(systems(person))) if person.woman and base else ""


def diminutive(person: Person, draw: random.Random) -> str:
    forms = [form for form in _forms()[1].get((person.given, person.woman), ()) if script(form) == "cyrillic"]
    return f"{draw.choice(forms)} {person.surname}" if forms else ""


def sister_language(person: Person, draw: random.Random) -> str:
    """The given name as a sister language has it: Олександр for Александр."""
    forms = [form for form in _forms()[0].get((person.given, person.woman), ())
             if script(form) == "cyrillic" and form != person.given]  # fmt: skip
    return " ".join(filter(None, (draw.choice(forms), person.father, person.surname))) if forms else ""


def capitals(person: Person, draw: random.Random) -> str:
    return romanise(f"{person.surname} {person.given} {person.father}".strip(), draw.choice(systems(person))).upper()


def typo(person: Person, draw: random.Random) -> str:
    """One key pressed wrongly in given name or surname: a letter more, less, another, or two swapped."""
    words = [person.given, *filter(None, [person.father]), person.surname]
    chosen = draw.choice((0, len(words) - 1))
    if draw.random() < 0.5:
        words = [romanise(word, systems(person)[0]) for word in words]
    words[chosen] = _slipped(words[chosen], draw)
    return " ".join(words)


def ocr(person: Person, draw: random.Random) -> str:
    """One or two letters that a scanner took for others."""
    text = right = whole(person) if draw.random() < 0.5 else romanise(whole(person), systems(person)[0])
    table = _SCANNED_CYRILLIC if script(text) == "cyrillic" else _SCANNED
    for _ in range(draw.choice((1, 1, 2))):
        places = [(at, seen, read) for seen, read in table for at in range(1, len(text)) if text.startswith(seen, at)]
        if not places:
            return ""
        at, seen, read = draw.choice(places)
        text = text[:at] + read + text[at + len(seen) :]
    return text if text != right else ""


def irregular_press(person: Person, draw: random.Random) -> str:
    """A spelling that follows no table, of given name, surname or both; the rest by a romanisation."""
    base = person.surname.removesuffix("а") if person.woman else person.surname
    known = irregular().get((person.given, "given"), ()), irregular().get((base, "surname"), ())
    if not any(known):
        return ""
    system = draw.choice(systems(person))
    given = draw.choice(known[0]) if known[0] else romanise(person.given, system)
    if not known[1]:
        return f"{given} {romanise(person.surname, system)}"
    surname = draw.choice(known[1])
    return f"{given} {surname + 'a' if person.woman and surname[-1] in 'vw' else surname}"


KINDS: dict[str, Callable[[Person, random.Random], str]] = {
    made.__name__: made for made in (
        same_script, short, mixed_systems, initials_spaced, initials_unspaced, homoglyphs, yo_as_e, masculine_surname,
        diminutive, sister_language, capitals, typo, ocr, irregular_press,
    )
}  # fmt: skip
OWN_TABLES = ("romanised", "sister_language", "diminutive", "mixed_systems", "homoglyphs", "capitals")
"""Kinds that our own tables make, and so favour a matcher that reads by the same tables."""


def _russian(person: Person) -> bool:
    return all(RUSSIAN.fullmatch(word) for word in whole(person).split())


def _slipped(word: str, draw: random.Random) -> str:
    letters = _TYPED["cyrillic" if script(word) == "cyrillic" else "latin"]
    at, what = draw.randrange(1, len(word)), draw.choice(("more", "less", "other", "swapped"))
    if what == "more":
        return word[:at] + draw.choice(letters) + word[at:]
    if what == "less" and len(word) > 3:
        return word[:at] + word[at + 1 :]
    if what == "swapped" and at + 1 < len(word) and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + draw.choice([letter for letter in letters if letter != word[at]]) + word[at + 1 :]


@cache
def _alike() -> dict[str, str]:
    """Latin letters by the Cyrillic ones of the same shape, those without accents alone."""
    return {row["cyrillic"]: row["latin"] for row in rows("homoglyphs.csv")
            if row["cyrillic"] and row["latin"].isascii() and row["latin"]}  # fmt: skip


@cache
def _forms() -> tuple[dict[tuple[str, bool], tuple[str, ...]], dict[tuple[str, bool], tuple[str, ...]]]:
    """Forms of other languages, and short forms, by name and whether it is a woman's."""
    full: dict[tuple[str, bool], tuple[str, ...]] = {}
    brief: dict[tuple[str, bool], tuple[str, ...]] = {}
    for name in given_names():
        for form in name.forms:
            full.setdefault((form, name.sex == "f"), name.forms)
            brief.setdefault((form, name.sex == "f"), name.short)
    return full, brief
