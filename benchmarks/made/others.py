"""People who are not the listed person although something of the name is: namesakes, relatives, strangers."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from made.fathers import patronymic
from made.peoples import GROUPS, drawn, pool
from made.person import YEARS, Person, birth, feminine, person

Other = tuple[Person, bool, str]
"""Who it is, whether the question has the patronymic, and how much of the birth it has: "", ``year`` or ``day``."""


def namesake_bare(listed: Person, draw: random.Random) -> Other:
    """Given name and surname alone: nobody can tell."""
    return _other_father(listed, draw), False, ""


def namesake_year(listed: Person, draw: random.Random) -> Other:
    return _other_father(listed, draw), False, "year"


def namesake_patronymic(listed: Person, draw: random.Random) -> Other | None:
    return (_other_father(listed, draw), True, "") if listed.father else None


def namesake_birthday(listed: Person, draw: random.Random) -> Other:
    """Of the same full name, born on another day."""
    return replace(listed, birth=_another(listed, draw)), True, "day"


def parent(listed: Person, draw: random.Random) -> Other | None:
    """The father of a Russian man or woman: his name is in the patronymic; 20 to 40 years older."""
    group = GROUPS[listed.group]
    given = (
        next(
            (name for name in pool(group).fathers[0] if patronymic(name, group.fathers, listed.woman) == listed.father),
            "",
        )
        if listed.father
        else ""
    )
    if not given:
        return None
    grand = patronymic(drawn(pool(group).fathers, draw), group.fathers, False)
    surname = _masculine(listed)
    return Person(listed.group, False, given, grand, surname, _aged(listed, -draw.randint(20, 40))), True, _told(draw)


def child(listed: Person, draw: random.Random) -> Other | None:
    """A son or daughter of a listed man."""
    group = GROUPS[listed.group]
    if listed.woman or not group.fathers:
        return None
    made = person(group, draw)
    father = patronymic(listed.given, group.fathers, made.woman)
    if not father:
        return None
    surname = feminine(listed.surname) if made.woman else listed.surname
    return (replace(made, father=father, surname=surname, birth=_aged(listed, draw.randint(20, 40))), True,
            _told(draw))  # fmt: skip


def sibling(listed: Person, draw: random.Random) -> Other:
    """Of the same father, so of the same patronymic and surname, and another given name."""
    given = _another_given(listed, draw)
    return replace(listed, given=given, birth=_aged(listed, draw.choice((-6, -3, -2, 2, 3, 6)))), True, _told(draw)


def spouse(listed: Person, draw: random.Random) -> Other:
    made = person(GROUPS[listed.group], draw, not listed.woman)
    surname = feminine(listed.surname) if made.woman else _masculine(listed)
    return replace(made, surname=surname, birth=_aged(listed, draw.randint(-5, 5))), True, _told(draw)


def same_surname(listed: Person, draw: random.Random) -> Other:
    made = person(GROUPS[listed.group], draw, listed.woman)
    return replace(made, given=_another_given(listed, draw), surname=listed.surname), draw.random() < 0.5, _told(draw)


def same_given_and_patronymic(listed: Person, draw: random.Random) -> Other:
    """Another surname: the commonest kind of near stranger among Russians."""
    names = pool(GROUPS[listed.group]).surnames
    found = [name for name in (drawn(names, draw) for _ in range(20)) if name[:3] != listed.surname[:3]]
    surname = feminine(found[0]) if listed.woman else found[0]
    return replace(listed, surname=surname, birth=birth(draw)), True, _told(draw)


KINDS: dict[str, Callable[[Person, random.Random], Other | None]] = {
    made.__name__: made for made in (
        namesake_bare, namesake_year, namesake_patronymic, namesake_birthday, parent, child, sibling, spouse,
        same_surname, same_given_and_patronymic,
    )
}  # fmt: skip
UNDECIDABLE = "namesake_bare"


def _told(draw: random.Random) -> str:
    return draw.choice(("", "year", "day"))


def _other_father(listed: Person, draw: random.Random) -> Person:
    """Somebody of the same given name and surname with another patronymic, born two or more years apart."""
    group = GROUPS[listed.group]
    fathers = [listed.father]
    while group.fathers and fathers[-1] == listed.father:
        fathers.append(patronymic(drawn(pool(group).fathers, draw), group.fathers, listed.woman))
    return replace(listed, father=fathers[-1], birth=_another(listed, draw))


def _another(listed: Person, draw: random.Random) -> tuple[int, int, int]:
    found = birth(draw)
    while abs(found[0] - listed.birth[0]) < 2:
        found = birth(draw)
    return found


def _another_given(listed: Person, draw: random.Random) -> str:
    names = pool(GROUPS[listed.group])
    given = listed.given
    while given[:3] == listed.given[:3]:
        given = drawn(names.women if listed.woman else names.men, draw)
    return given


def _aged(listed: Person, years: int) -> tuple[int, int, int]:
    """Another date so many years later, in the same range of years."""
    year = min(max(listed.birth[0] + years, YEARS[0] - 40), YEARS[1])
    return year, listed.birth[1] % 12 + 1, listed.birth[2] % 28 + 1


def _masculine(listed: Person) -> str:
    """The man's form of a listed person's surname, from the pool that it was drawn of."""
    if not listed.woman:
        return listed.surname
    names = pool(GROUPS[listed.group]).surnames[0]
    return next(name for name in names if feminine(name) == listed.surname)
