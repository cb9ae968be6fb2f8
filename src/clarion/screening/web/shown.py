"""An answer as its page shows it: sentences and ledger lines in the reader's language, hits under whom they concern."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clarion.desk.language import reader_language
from clarion.locale import say
from clarion.pictures.words import number
from clarion.screening.service import coverage, list_words, words
from clarion.screening.service.entry import entries
from clarion.screening.service.rescreen import Change
from clarion.sources.catalogue import declared

GOOD = "clear"


def shown(result: Mapping[str, Any]) -> dict[str, Any]:
    """What ``_answer.html`` takes, of what ``Checked.to_dict`` wrote."""
    lang = reader_language()
    named = list(zip(result["subjects"], words.subjects(result, lang), words.told(result), strict=True))
    asks, prior = words.asking(result), {"prior": result["policy"]["thresholds"]["prior"]}
    return {
        "outcome": result["outcome"], "label": words.label(result["outcome"], lang),
        "sentence": words.sentence(result, lang), "good": result["outcome"] == GOOD,
        "parts": [_part(part | prior, name, lang) for part, name, told in named if told],
        "also": _also(result, lang),
        "warnings": [
            {name: hit[name] for name in ("name", "list", "entry")} for hit in result["warnings"]
        ],
        "lists": [list_words.told(one, lang) for one in result["lists"]],
        "absent": coverage.sentence((one["source"] for one in result["lists"]), lang),
        "undated": list_words.undated(result["lists"], lang),
        "stale": [one for one in result["lists"] if one["stale"]],
        "asks": asks["part"] if asks else "", "policy": result["policy"],
    }  # fmt: skip


def _also(result: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The other readings of the name that are clear, in words."""
    read = zip(result["subjects"], words.readings(result, lang), words.told(result), strict=True)
    clear = [(part, reading) for part, reading, told in read if not told and part["outcome"] == GOOD]
    return {
        "readings": "; ".join(reading for _, reading in clear if reading),
        "owners": any("owners" in part["unchecked"] for part, _ in clear),
    }


def _part(part: Mapping[str, Any], name: str, lang: str) -> dict[str, Any]:
    aside = {"label": words.label(GOOD, lang), "good": True}  # hits that people cleared before
    return {
        "name": name, "bank": part["part"] != "payee", "label": words.label(part["outcome"], lang),
        "unread": "" if part.get("whole", True) or part["hits"] else say(words.UNREAD, lang),
        "good": part["outcome"] == GOOD, "hits": [_hit(hit, lang, part) for hit in part["hits"]],
        "before": part["before"], "owners": "owners" in part["unchecked"], "alike": part["cleared"],
        "nearest": _hit(part["nearest"], lang, part) if part["nearest"] else None,
        "seen": [_hit(hit, lang, part) for hit in part["seen"]],
        "aside": [_hit(one["hit"], lang, part) | aside for one in part["before"]],
    }  # fmt: skip


def _hit(hit: Mapping[str, Any], lang: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """``part`` is the subject, with the ``prior`` of the policy that it was screened under."""
    return {
        "prior": words.one_in(2.0 ** part["prior"], lang),
        "name": hit["name"], "list": hit["list"], "entry": hit["entry"], "label": words.label(hit["outcome"], lang),
        "measures": words.measures(hit, lang), "programmes": hit["programmes"],
        "probability": words.one_in(hit["probability"], lang), "says": words.likelier(hit["score"], lang),
        "rows": [words.item(one, lang) for one in hit["ledger"]], "total": number(hit["score"], lang, 3),
        "why": words.why(hit, lang),
        "wanted": [words.datum(name, part, lang) for name in hit["settles"]],
    }  # fmt: skip


def with_entries(answer: dict[str, Any], result: Mapping[str, Any]) -> dict[str, Any]:
    """A shown answer with what the lists say of each hit, and where their publishers show it."""
    lang, said = reader_language(), entries(result)
    for hit in (hit for part in answer["parts"] for hit in (*part["hits"], *part["aside"])):
        source = declared(hit["list"])
        if one := said.get((hit["list"], hit["entry"])):
            hit |= {"said": one.told(lang), "publisher": source.publisher if source else "",
                    "url": source.url if source else ""}  # fmt: skip
    return answer


def change(one: Change) -> dict[str, Any]:
    """What changed of a decision, as a line of a table: the answer before and now, and the first hit now."""
    lang, now = reader_language(), shown(one.now)
    hits = [hit for part in now["parts"] for hit in part["hits"]]
    return {
        "pk": one.kept.decision.pk, "name": one.kept.asked.name, "was": words.label(one.kept.decision.outcome, lang),
        "now": now["label"], "good": now["good"], "hit": hits[0] if hits else None, "at": one.kept.steps[-1]["at"],
    }  # fmt: skip
