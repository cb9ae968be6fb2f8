"""What a screening found, in the reader's language: the answer in one sentence, and each item of evidence in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clarion.locale import gettext, ngettext, say
from clarion.pictures.words import number
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.screening.service.asked import Asked

Result = Mapping[str, Any]
"""What ``Checked.to_dict`` writes."""

DATA = {
    "patronymic": Phrase("patronymic"), "birth": Phrase("date of birth"),
    "identifier": Phrase("tax, insurance or passport number"),
}  # fmt: skip
FIRMS_NUMBER = Phrase("tax or register number")
ITEMS = DATA | {
    "name": Phrase("name"), "given name": Phrase("given name"), "surname": Phrase("surname"),
    "initial": Phrase("initial"), "number": Phrase("number in the name"), "common word": Phrase("common word"),
    "legal form": Phrase("legal form"), "other parts": Phrase("other parts of the name"),
    "whole name": Phrase("whole name"), "sex": Phrase("sex"),
    "nationality": Phrase("nationality"), "place": Phrase("place of birth"), "identifier": Phrase("number"),
}  # fmt: skip
FINDINGS = {
    "same": Phrase("the same"), "sounds the same": Phrase("sounds the same"),
    "form of another language": Phrase("form of another language"), "short form or half": Phrase("short form or half"),
    "one letter apart": Phrase("one letter apart"), "two letters apart": Phrase("two letters apart"),
    "initial fits": Phrase("the initial fits"), "differs": Phrase("differs"), "more parts": Phrase("more parts"),
    "run together or apart": Phrase("run together or apart"), "nothing left over": Phrase("nothing left over"),
    "other": Phrase("another one"), "check digits wrong": Phrase("check digits wrong, not used"),
    "same day": Phrase("the same day"), "day and month swapped": Phrase("day and month swapped"),
    "same month": Phrase("the same month"), "same year, other day": Phrase("the same year, another day"),
    "same year": Phrase("the same year"), "same day of another year": Phrase("the same day of another year"),
    "a year apart": Phrase("a year apart"), "about the same": Phrase("about the same"),
    "other year": Phrase("another year"), "other year, about": Phrase("another year, but the list says about"),
}  # fmt: skip
MEASURES = {"asset_freeze": Phrase("Asset freeze"), "sectoral": Phrase("Sectoral restrictions")}
"""Of lists that print no measure, because all on them are under the same."""
NUMBERS = {
    "inn": Phrase("Tax number (INN)"), "ogrn": Phrase("Register number (OGRN)"),
    "snils": Phrase("Insurance number (SNILS)"), "imo": Phrase("Ship's number (IMO)"),
}  # fmt: skip
PARTS = {"payee": Phrase("Payee"), "bank": Phrase("Bank"), "intermediary": Phrase("Bank in between")}
READINGS = {
    "person": Phrase("as a person"), "organisation": Phrase("as an organisation"),
    "whole": Phrase("the whole field as one name"), "name": Phrase("name {number} in the field"),
    "head": Phrase("as an organisation, without what follows the comma"),
    "craft": Phrase("as a ship or an aircraft"),
}  # fmt: skip
FIRM = Phrase(
    "This holds for a person. An organisation of this name would not be clear: if it is one, check it as an "
    "organisation."
)
UNREAD = Phrase(
    "This name cannot be read whole: write one name, in Latin or Cyrillic letters, without figures and signs."
)
STEPS = {
    "decided": Phrase("decided"), "confirmed": Phrase("confirmed"), "sent-back": Phrase("sent it back"),
    "appealed": Phrase("noted that the payee objects"), "changed": Phrase("screened it anew"),
}  # fmt: skip
REPRODUCED = {
    "same": Phrase("The same question, lists and policy give the same answer, to the last bit."),
    "engine": Phrase(
        "Another version of the engine made this answer; this one gives another, so the two cannot be compared."
    ),
    "gone": Phrase("A version of a list that it was made by is no longer here: load the publisher's file of that day."),
    "changed": Phrase("What is kept is not what was decided: tell your operator."),
    "other": Phrase("The same question now gives another answer: tell your operator."),
}  # fmt: skip
WHY = {
    "against": Phrase("a datum speaks against it"), "little": Phrase("too little agrees"),
    "alone": Phrase("this listed name is too weak to hit alone"),
    "alike": Phrase("the name is only spelled alike"),
    "craft": Phrase(
        "a ship or an aircraft has this name, and nothing says that the payee is one (write т/х, M/V or its number)"
    ),
}  # fmt: skip
VERDICTS = {"same": Phrase("the listed one"), "other": Phrase("somebody else")}
LABELS = {
    "clear": Phrase("Clear"), "ask": Phrase("Ask one thing"), "review": Phrase("Review"),
    "stale": Phrase("Not cleared: list too old"), "not-screened": Phrase("Not screened"),
}  # fmt: skip


def readings(result: Result, language: str) -> list[str]:
    """As what each subject was screened, where the payee's name can be read in several ways; else empty."""
    found, names = [], 0
    for part in result["subjects"]:
        reading = part.get("reading", "")  # which decisions of earlier versions lack
        names += reading == "name"
        found.append(say(Phrase(READINGS[reading].template, number=names), language) if reading else "")
    return found


def subjects(result: Result, language: str) -> list[str]:
    """Who each subject is: the payee, in one reading or another, or a bank."""
    parts = (say(PARTS[part["part"]], language) for part in result["subjects"])
    return [", ".join(filter(None, pair)) for pair in zip(parts, readings(result, language), strict=True)]


def told(result: Result) -> list[bool]:
    """Whose evidence is shown: the payee's, the banks', and that of who else the name may be where that one is not
    clear. A ship or an aircraft is shown once, whatever else its name was read as."""
    found, crafts = [], 0
    for at, part in enumerate(result["subjects"]):
        craft = part.get("reading") == "craft"
        other = part["part"] == "payee" and (part["outcome"] == "clear" or (craft and bool(crafts)))
        found.append(not at or not other or bool(part["before"]))
        crafts += craft
    return found


def datum(name: str, part: Mapping[str, Any], language: str) -> str:
    """What is to be asked of a subject: an organisation has no passport."""
    firm = name == "identifier" and "owners" in part["unchecked"]
    return say(FIRMS_NUMBER if firm else DATA[name], language)


def label(outcome: str, language: str) -> str:
    """An outcome in two or three words."""
    return say(LABELS[outcome], language)


def verdict(state: str, language: str) -> str:
    """What people decided, as a sentence; empty where they have not."""
    if state == "other":
        return gettext("Reviewed: somebody else, not the listed one.", language)
    return gettext("Reviewed: the listed one. Hold the payment.", language) if state == "same" else ""


def reproduced(verdict: str, language: str) -> str:
    """Whether a decision was made again, as a sentence."""
    return say(REPRODUCED[verdict], language)


def step(done: Mapping[str, Any], language: str) -> str:
    """What somebody did with a decision."""
    verdict = VERDICTS.get(done["verdict"]) or LABELS.get(done["verdict"])
    parts = (STEPS[done["kind"]], verdict)
    return ": ".join(say(part, language) for part in parts if part)


def asking(result: Result) -> Result | None:
    """Of whom the datum is that would settle it: of the payee, or of a bank where the payee has nothing to answer."""
    return next((part for part in result["subjects"] if part["settles"]), None)


def sentence(result: Result, language: str) -> str:
    """The answer in one sentence."""
    outcome = result["outcome"]
    if outcome == "not-screened":
        if result["missing"]:
            said = gettext("Not screened: these lists are missing, or loaded only in part: %(names)s.", language)
            return said % {"names": ", ".join(result["missing"])}
        if result["lists"]:
            return gettext(
                "Not screened: the name cannot be read whole. Write one name, in Latin or Cyrillic letters, without "
                "figures and signs.", language,
            )  # fmt: skip
        return gettext("Not screened: no sanctions list is loaded.", language)
    if outcome == "stale":
        old = max((one for one in result["lists"] if one["stale"]), key=lambda one: one["age"])
        if old["age"] < 0:
            said = gettext(
                "Not cleared: the list %(name)s is dated after today. Check the clock and the file.", language
            )
            return said % {"name": old["source"]}
        said = ngettext(
            "Not cleared: the list %(name)s is %(n)s day old.", "Not cleared: the list %(name)s is %(n)s days old.",
            old["age"], language,
        )  # fmt: skip
        return said % {"name": old["source"], "n": number(old["age"], language)}
    if outcome == "ask":
        asks = asking(result)
        if not asks:
            return gettext("Ask for more.", language)
        said = gettext("Ask one thing: the %(datum)s of the payee.", language)
        if asks["part"] != "payee":
            said = gettext("Ask one thing: the %(datum)s of the bank.", language)
        return said % {"datum": datum(asks["settles"], asks, language)}
    if outcome == "review":
        if all(part["part"] != "payee" for part in result["subjects"] if part["outcome"] == outcome):
            return gettext("Review: a bank that the money goes through may be listed.", language)
        return gettext("Review: this may be somebody who is listed.", language)
    return _clear(result, language)


def _clear(result: Result, language: str) -> str:
    payee, said = result["subjects"][0], _clear_payee(result["subjects"][0], language)
    if "owners" in payee["unchecked"] or not result.get("ownership"):  # which decisions of earlier versions lack
        return said
    return said + " " + gettext("The name looks like an organisation's; who owns it was not checked.", language)


def _clear_payee(payee: Result, language: str) -> str:
    if payee["before"]:
        first = payee["before"][0]
        said = gettext("Clear: %(by)s cleared this namesake on %(at)s, until %(until)s.", language)
        return said % {"by": first["by"], "at": first["at"], "until": first["until"]}
    if "owners" in payee["unchecked"]:
        return gettext("The name is clear; who owns it was not checked.", language)
    alike = payee["cleared"]
    if not alike:
        return gettext("Clear: nobody listed has a name like this.", language)
    said = ngettext(
        "Clear: %(n)s listed name is alike, and is somebody else's.",
        "Clear: %(n)s listed names are alike, and are other people's.", alike, language,
    )  # fmt: skip
    return said % {"n": number(alike, language)}


def measures(hit: Result, language: str) -> list[str]:
    """What a listing carries: what all on its list are under, where the list prints none, and what it prints."""
    from clarion.screening.engine.exemptions.match import kinds_of

    freeze = MEASURES["asset_freeze"]
    printed = [say(freeze, language) if one == freeze else one for one in hit["measures"]]
    return [say(MEASURES[kind], language) for kind in kinds_of(hit["list"], ())] + printed


def unused(asked: Asked, language: str) -> str:
    """Which numbers of a payee are not used, as a sentence; empty where all are."""
    if not asked.unsound:
        return ""
    said = gettext("Not used, because its check digits are wrong: %(names)s.", language)
    return said % {"names": ", ".join(say(NUMBERS[kind], language) for kind in asked.unsound)}


def why(hit: Result, language: str) -> str:
    """Why a listed party is somebody else; empty where it hits."""
    return say(WHY[hit["why"]], language) if hit["why"] else ""


def likelier(weight: float, language: str) -> str:
    """What a weight in bits does to the odds, in words."""
    if abs(weight) < 0.05:
        return gettext("says nothing", language)
    times = _round(2.0 ** min(abs(weight), 60.0))
    shown = number(times, language, 1 if times < 10 else 0)
    if weight > 0:
        return gettext("makes it %(times)s times likelier", language) % {"times": shown}
    return gettext("makes it %(times)s times less likely", language) % {"times": shown}


def item(evidence: Mapping[str, Any], language: str) -> dict[str, str]:
    """One line of the ledger: what was compared, how it compares, what that does to the odds, and the bits."""
    finding = say(FINDINGS.get(evidence["finding"], Phrase(evidence["finding"])), language)
    if read := evidence.get("read"):  # which decisions of earlier versions lack
        finding += "; " + gettext("also read as %(name)s", language) % {"name": read}
    return {
        "what": say(ITEMS.get(evidence["item"], Phrase(evidence["item"])), language), "finding": finding,
        "given": evidence["given"], "listed": evidence["listed"],
        "says": likelier(evidence["weight"], language),
        "bits": ("+" if evidence["weight"] > 0 else "") + number(evidence["weight"], language, 3),
    }  # fmt: skip


def one_in(probability: float, language: str) -> str:
    """A probability as people read it: a share where it is large, one in so many where it is small."""
    if probability >= 0.01:
        from clarion.pictures.words import percent

        return percent(min(probability, 0.9999), language, 2 if probability > 0.99 else 0)
    said = gettext("one in %(n)s", language)
    return said % {"n": number(_round(1 / max(probability, 1e-12)), language)}


def _round(value: float) -> float:
    """Two significant figures: no weight is known better."""
    return float(f"{value:.2g}")
