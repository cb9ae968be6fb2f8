"""How common a name is: the weight of a coincidence.

Figures are estimates from general knowledge, good to a factor of two or three; ``data/given_slavic.csv`` and
``data/surnames.csv`` say on what they rest. They are there to tell Иванов from Сойко, not to count people.
"""

from __future__ import annotations

from functools import lru_cache

from clarion.errors import UnknownName
from clarion.names.given import given_names, givens
from clarion.names.patronymic import patronymic
from clarion.names.skeleton import skeletons
from clarion.names.surname import masculine
from clarion.names.tables import rows

KNOWN_GIVEN = 1e-4  # a name of the tables without a figure: one in 10,000 of its sex
# The same of the other peoples, among whom it is commonest: their tables have some hundred names each.
KNOWN_OF_OTHERS = 2e-3
FLOORS = {"given": 2e-5, "patronymic": 2e-5, "surname": 1e-5}


@lru_cache(maxsize=65536)
def frequency(part: str, role: str) -> float:
    """The estimated share of people who bear ``part`` as ``given`` name (of those of their sex), ``patronymic`` or
    ``surname`` (feminine and masculine together; where several peoples bear it, of the people where it is commonest).

    Every spelling of a name has the same share. Unknown names have a floor: two in 100,000 for given names and
    patronymics, one in 100,000 for surnames (Russia has some hundred thousand surnames, most borne by less than 1,000).

    Raises
    ------
    UnknownName: another role.
    """
    if role not in FLOORS:
        raise UnknownName(f"There is no role {role!r}.", next_step=f"Use one of: {', '.join(FLOORS)}.", role=role)
    if role == "surname":
        shares = _surnames()
        return max((shares.get(key, 0.0) for key in masculine(part)), default=0.0) or FLOORS[role]
    if role == "patronymic":
        known = patronymic(part)
        fathers = known.fathers if known else frozenset(name.id for name in givens(part) if name.sex == "m")
        return max((_given()[father] for father in fathers), default=FLOORS[role])
    return max((_given()[name.id] for name in givens(part)), default=FLOORS[role])


@lru_cache(maxsize=1)
def _given() -> dict[str, float]:
    return {
        name.id: max(name.per_thousand / 1000, KNOWN_GIVEN if name.people == "slavic" else KNOWN_OF_OTHERS)
        for name in given_names()
    }


@lru_cache(maxsize=1)
def _surnames() -> dict[str, float]:
    found: dict[str, float] = {}
    for row in rows("surnames.csv"):
        for key in skeletons(row["surname"])[:1]:
            found[key] = max(found.get(key, 0.0), float(row["per_thousand"]) / 1000)
    return found


@lru_cache(maxsize=65536)
def known_surname(token: str) -> bool:
    """Whether ``token`` spells a surname of the table, in its masculine or feminine form."""
    return any(key in _surnames() for key in masculine(token))
