"""The room for programs: check a payee, match as clients of yente do, the decisions that are kept.

Annotations are evaluated as they stand here, not put off: ninja's pagination wraps each function in one of another
module, in which a name of this one would not be found.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from clarion.desk.page import actor
from clarion.screening.service import (
    cleared,
    decisions,
    exemptions,
    lists,
    match,
    policies,
    reproduce,
    rescreen,
    reviews,
    sealing,
)
from clarion.screening.service.asked import LONGEST, asked
from clarion.screening.service.check import check
from clarion.screening.service.measures import measured

router = Router()
Data = dict[str, Any]


class SealIn(Schema):
    """Whom to screen."""

    name: str = Field("", max_length=LONGEST)
    given: str = Field("", max_length=LONGEST)
    patronymic: str = Field("", max_length=LONGEST)
    surname: str = Field("", max_length=LONGEST)
    birth: str = Field("", max_length=20)
    sex: str = Field("", max_length=20)
    nationality: str = Field("", max_length=80)
    inn: str = Field("", max_length=40)
    ogrn: str = Field("", max_length=40)
    snils: str = Field("", max_length=40)
    passport: str = Field("", max_length=40)
    kind: str = Field("person", max_length=40)
    bank: str = Field("", max_length=LONGEST)
    intermediaries: list[str] = Field([], max_length=5)
    use: str = Field(policies.DEFAULT, max_length=40)


class PayeeIn(SealIn):
    """Whom to screen. ``keep`` keeps the answer as a decision; without it nothing is kept. ``exemptions`` puts those
    that may fit beside each hit, for one ``purpose`` where it is given."""

    keep: bool = False
    exemptions: bool = False
    purpose: str = Field("", max_length=40)


class MatchIn(Schema):
    """A request as yente takes it: named queries, each with a schema and properties."""

    queries: dict[str, match.Query] = Field(max_length=match.MOST_QUERIES)


class VerdictIn(Schema):
    """Who the payee is, and why."""

    verdict: str = Field(max_length=10)
    reason: str = Field(max_length=reviews.MOST_REASON)


@router.get("/lists", response=list[Data], summary="The lists that are loaded, and how old each is")
def list_lists(request: HttpRequest) -> list[Data]:
    found = lists.index(actor(request))
    return [one.to_dict() for one in (*found.sanctions, *found.statuses)]


@router.get("/exemptions", response=list[Data], summary="Exemptions and licences, with where each stands today")
def list_exemptions(request: HttpRequest, jurisdiction: str = "", purpose: str = "") -> list[Data]:
    return exemptions.index_dicts(actor(request), jurisdiction, purpose)


@router.post("/check", response=Data, summary="Screen one payee and the banks on the way")
def check_payee(request: HttpRequest, body: PayeeIn) -> Data:
    me, payee = actor(request), asked(body.dict())
    found = check(me, payee, body.use, known=cleared.known)
    kept = {"id": str(decisions.keep(me, found, payee).pk)} if body.keep else {}
    answer = measured(found.to_dict())
    return (exemptions.beside(answer, body.purpose) if body.exemptions else answer) | kept


@router.post("/seal", response=Data, summary="Screen one payee and seal them; the answer is in this response alone")
def seal_payee(request: HttpRequest, body: SealIn) -> Data:
    ((handle, found),) = sealing.seal(actor(request), [asked(body.dict())], body.use)
    return {"record": handle} | measured(found.to_dict())


@router.post("/match/{dataset}", response=Data, summary="Screen several, asked and answered as by yente")
def match_entities(
    request: HttpRequest, dataset: str, body: MatchIn, limit: int = 5, threshold: float = 0.7,
    cutoff: float = 0.0, algorithm: str = match.ALGORITHM,
) -> Data:  # fmt: skip
    asked_for = match.Asked(dataset, limit, threshold, cutoff, algorithm)
    return match.match(actor(request), body.queries, asked_for)


@router.get("/decisions/{pk}", response=Data, summary="A decision that is kept, with what was done with it")
def get_decision(request: HttpRequest, pk: UUID, exempt: bool = False, purpose: str = "") -> Data:
    found = measured(decisions.get(actor(request), pk).to_dict())
    return exemptions.beside(found, purpose) if exempt else found


@router.post(
    "/decisions/{pk}/decide", response=Data, summary="Say who the payee is; a second person may have to confirm"
)
def decide(request: HttpRequest, pk: UUID, body: VerdictIn) -> Data:
    me = actor(request)
    reviews.decide(me, pk, body.verdict, body.reason)
    return measured(decisions.get(me, pk).to_dict())


@router.post("/decisions/{pk}/reproduce", response=Data, summary="Make a decision again, and compare to the last bit")
def make_again(request: HttpRequest, pk: UUID) -> Data:
    return {"id": str(pk), "verdict": reproduce.reproduce(actor(request), pk)}


@router.post(
    "/rescreen", response=Data, summary="Screen anew what other versions of the lists decided; only what changed"
)
def screen_anew(request: HttpRequest) -> Data:
    return rescreen.rescreen(actor(request)).to_dict()
