"""Matching as clients of OpenSanctions' yente ask for it (``POST /match/{dataset}``, its version 5), so that they work.

What differs: ``score`` is our posterior probability that both are the same, not a likeness, and ``match`` says that
somebody has to look (our outcomes ``ask`` and ``review``), not that a threshold was passed, so neither ``threshold``
nor ``cutoff`` takes a result away; ``features`` are the items of the ledger in bits; ``clarion`` has the outcome of
each query. Where nobody could be cleared, because a list is missing or too old, the request is refused: clients of
yente take an empty list for "clear". The dataset is one list's id, or ``default`` for all. ``algorithm`` can only be
ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any, TypeVar

from pydantic import BaseModel, Field

from clarion.access import Actor, require
from clarion.errors import BusyError, InputError, UnknownName
from clarion.screening.service import cleared
from clarion.screening.service.asked import Asked as Payee
from clarion.screening.service.asked import asked
from clarion.screening.service.check import check_all, hit_as_firms
from clarion.screening.service.checked import ASK, CLEAR, REVIEW, Checked, Subject
from clarion.screening.service.coverage import absent_lists
from clarion.screening.service.kinds import CRAFTS, ORGANISATION, PERSON
from clarion.screening.service.lists import Lists, loaded
from clarion.screening.service.measures import kinds_of
from clarion.vocab import Phrase

ALGORITHM = "clarion"
ALL = ("default", "sanctions", "all")
MOST_QUERIES = 100
MOST_PAYEES = 1000  # of a request: its queries, each with all of its names and numbers
MOST_RESULTS = 100
_KINDS = {
    "person": (PERSON,), "organization": (ORGANISATION,), "organisation": (ORGANISATION,),
    "company": (ORGANISATION,), "publicbody": (ORGANISATION,),
    "thing": (PERSON, ORGANISATION), "legalentity": (PERSON, ORGANISATION),
    "vessel": (ORGANISATION,), "airplane": (ORGANISATION,),
}  # fmt: skip
"""What a schema can be: a legal entity is a person or a firm, and so each is asked for."""
_SCHEMAS = {"person": "Person", "organisation": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
_NAMES = ("name", "alias", "weakAlias", "previousName")
_NUMBERS = {
    "inn": ("innCode", "taxNumber"),
    "ogrn": ("ogrnCode", "registrationNumber"),
    "passport": ("passportNumber",),
}
_T = TypeVar("_T")


class Query(BaseModel):
    """One entity to match. Each of its names and numbers is screened, with each of its births."""

    id: str | None = Field(None, max_length=200)
    schema_: str = Field("Person", alias="schema", max_length=40)
    properties: dict[str, list[str] | str] = Field(max_length=40)


@dataclass(frozen=True, slots=True)
class Asked:
    """What else a request says. ``threshold`` and ``cutoff`` are of scores of another kind, and are passed over."""

    dataset: str
    limit: int
    threshold: float
    cutoff: float
    algorithm: str


def match(actor: Actor, queries: Mapping[str, Query], said: Asked) -> dict[str, Any]:
    """The answer to a request. Nothing is kept.

    Raises
    ------
    UnknownName: no such list or algorithm. InputError: a query that cannot be a payee, or too much at once.
    BusyError: a query could not be cleared, because a list is missing or too old.
    """
    require(actor, "screening.check")
    if said.algorithm not in (ALGORITHM, "best"):
        raise UnknownName("There is no such algorithm here.", where="algorithm",
                          next_step=Phrase("Leave it out, or ask for {name}.", name=ALGORITHM))  # fmt: skip
    lists = _chosen(said.dataset)
    payees = {}
    for number, (key, query) in enumerate(queries.items(), 1):
        try:
            payees[key] = _payees(query)
        except InputError as error:
            error.where = f"query {number}: {error.where}"  # its number: a client may have put a name into the key
            raise
    flat = _bounded([payee for several in payees.values() for payee in several])
    found = iter(check_all(actor, flat, known=cleared.known, lists=lists))
    asked_of = {key: [next(found) for _ in several] for key, several in payees.items()}
    for several in asked_of.values():
        gravest = max(several, key=_gravity)
        if gravest.outcome not in (CLEAR, ASK, REVIEW):
            raise _refused(gravest)
    firms = _firms(actor, payees, asked_of)
    responses = {
        key: _response(queries[key], several, said, key in firms) for key, several in asked_of.items()
    }  # fmt: skip
    return {
        "responses": responses, "limit": _limit(said),
        "matcher": {ALGORITHM: {"description": "Bits of evidence; score is a posterior probability."}},
    }  # fmt: skip


def _chosen(dataset: str) -> Lists:
    held = loaded()
    if dataset in ALL:
        return held
    chosen = tuple(one for one in held.sanctions if one.source == dataset)
    if not chosen:
        raise UnknownName(
            "No such list is loaded.", where="dataset",
            next_step=Phrase("Choose one of: {names}.", names=(ALL[0], *(one.source for one in held.sanctions))),
        )  # fmt: skip
    return Lists(chosen)


def _payees(query: Query) -> list[Payee]:
    """Whom a query asks for: one payee for each name, and for each further number, of each kind and with each birth.
    In what else several values contradict each other is passed over, as nobody knows which of them is the payee's."""
    kinds = _KINDS.get(query.schema_.casefold())
    if kinds is None:
        raise InputError("Only people, organisations, ships and aircraft are screened.", where="schema",
                         next_step="Use Person, Organization, Vessel or Airplane.")  # fmt: skip
    values = {name: _several(value) for name, value in query.properties.items()}

    def told(*names: str) -> list[str]:
        return list(dict.fromkeys(text for name in names for text in values.get(name, ()) if text.strip()))

    known = {
        "patronymic": _agreed(told("fatherName") or told("middleName")), "sex": _agreed(told("gender")),
        "nationality": next(iter(told("nationality", "citizenship", "country")), ""),
    }  # fmt: skip
    numbers = {field: told(*names) for field, names in _NUMBERS.items()}
    first = {field: several[0] for field, several in numbers.items() if several}
    names, pairs = (
        _named(query.schema_.casefold(), told(*_NAMES), told),
        product(told("lastName") or [""], told("firstName") or [""]),
    )
    parts = list(islice(pairs, MOST_PAYEES + 1))
    if names and len(parts) == 1:  # a name in one line beside its parts: the parts belong to the first
        named = [{"name": names[0], "surname": parts[0][0], "given": parts[0][1]}]
    else:
        named = [{"name": name, "patronymic": ""} for name in names[:1]]
        named += [{"surname": surname, "given": given} for surname, given in parts if surname or given or not names]
    named += [{"name": name, "patronymic": ""} for name in names[1:]]
    several = [known | first | one for one in named]
    several += [several[0] | {field: text} for field, texts in numbers.items() for text in texts[1:]]
    births = list(dict.fromkeys(text[:10] for text in told("birthDate"))) or [""]
    whole = _bounded(list(islice(product(kinds, births, several), MOST_PAYEES + 1)))
    return [asked(said | {"kind": kind, "birth": birth}) for kind, birth, said in whole]


def _named(schema: str, names: list[str], told: Callable[..., list[str]]) -> list[str]:
    """The names asked for; of a ship or an aircraft with that word, and each number in a name of its own."""
    if schema not in CRAFTS:
        return names
    numbers = [f"IMO {number}" for number in told("imoNumber")] + told("registrationNumber")
    if not names and not numbers:
        return []
    pairs = islice(product(names or [""], numbers or [""]), MOST_PAYEES + 1)
    return [" ".join((CRAFTS[schema], *one)) for one in pairs]


def _agreed(texts: Sequence[str]) -> str:
    """The one text, or the longest where the others begin it, as a year begins a day; none where they contradict."""
    longest = max(texts, key=len, default="")
    return longest if all(longest.startswith(text) for text in texts) else ""


def _bounded(several: list[_T]) -> list[_T]:
    if len(several) > MOST_PAYEES:
        raise InputError("These are too many names and numbers to be screened at once.", where="queries",
                         next_step="Send fewer in one request.")  # fmt: skip
    return several


def _gravity(one: Checked) -> tuple[bool, bool, bool]:
    return one.outcome == REVIEW, one.outcome == ASK, one.outcome != CLEAR


def _refused(gravest: Checked) -> InputError | BusyError:
    if not all(one.whole for one in gravest.subjects):
        return InputError("A name cannot be read whole.", where="properties",
                          next_step="Write it in Latin or Cyrillic letters, without figures and signs.")  # fmt: skip
    return BusyError(
        "Nobody can be called clear: a list is missing, there in part, or too old.", where="lists",
        next_step="See which with: clarion screening lists status, and fetch it.",
    )  # fmt: skip


def _several(value: list[str] | str) -> list[str]:
    return [value] if isinstance(value, str) else value


def _firms(
    actor: Actor, payees: Mapping[str, Sequence[Payee]], found: Mapping[str, Sequence[Checked]]
) -> set[str]:  # fmt: skip
    """The queries that are clear, and would not be if they asked for organisations."""
    clear = [(key, pair) for key, several in found.items() if all(one.outcome == CLEAR for one in several)
             for pair in zip(payees[key], several, strict=True)]  # fmt: skip
    hit = hit_as_firms(actor, [pair for _, pair in clear])
    return {key for (key, _), one in zip(clear, hit, strict=True) if one}


def _response(query: Query, found: list[Checked], said: Asked, as_firm: bool) -> dict[str, Any]:
    gravest = max(found, key=_gravity)
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for checked in found:
        for result in (one for subject in checked.subjects for one in _results(subject)):
            key = (result["datasets"][0], result["entry"])
            if key not in best or _rank(result) < _rank(best[key]):
                best[key] = result
    results = sorted(best.values(), key=_rank)[: _limit(said)]
    return {
        "status": 200, "results": results, "total": {"value": len(best), "relation": "eq"},
        "query": {"id": query.id, "schema": query.schema_, "properties": query.properties},
        "clarion": {"outcome": gravest.outcome, "settles": gravest.to_dict()["settles"],
                    "unchecked": ["owners"] if gravest.ownership else [],
                    "not_clear_as_organisation": as_firm,
                    "not_loaded": absent_lists(one.source for one in gravest.lists.sanctions)},
    }  # fmt: skip


def _rank(result: Mapping[str, Any]) -> tuple[float, bool]:
    return -result["score"], result["outcome"] != REVIEW


def _results(subject: Subject) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{hit.party.list}:{hit.party.entry}", "entry": hit.party.entry, "caption": hit.name.whole,
            "schema": _SCHEMAS.get(hit.party.kind, "Thing"),
            "properties": {"name": [one.whole for one in hit.party.names], "topics": ["sanction"],
                           "birthDate": [str(one) for one in hit.party.births],
                           "programId": list(hit.party.programmes)},
            "datasets": [hit.party.list], "referents": [], "target": True, "score": round(hit.probability, 6),
            "match": True, "outcome": hit.outcome, "measure_kinds": kinds_of(hit.to_dict()),
            "features": {f"{item.item}: {item.finding}": item.weight / 1000 for item in hit.items},
        }
        for hit in subject.hits
    ]  # fmt: skip


def _limit(said: Asked) -> int:
    return max(1, min(said.limit, MOST_RESULTS))
