"""Rows of a file become answers: for each row an outcome with its ledger, or the reason why it is broken."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from clarion import __version__
from clarion.access import Actor
from clarion.errors import InputError
from clarion.screening.service.asked import PAYEE, Asked
from clarion.screening.service.batch.columns import Columns, identified, kind_told, payee_of
from clarion.screening.service.check import Known, check_all, hit_as_firms
from clarion.screening.service.measures import kinds_of
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.screening.engine.answer import Hit
    from clarion.screening.service.batch.row import Row
    from clarion.screening.service.checked import Checked, Subject
    from clarion.screening.service.lists import Lists
    from clarion.screening.service.policies import Use

PART = 20_000
"""Rows that are screened together, and after which work can go on when it was stopped."""
HEADER = ("id", "line", "outcome", "list", "entry", "probability", "settles", "ledger", "payee_hmac", "ownership",
          "notes")  # fmt: skip
BROKEN_HEADER = ("id", "line", "reason")
BROKEN = "broken"
UNUSED, AS_FIRM, OF_BANK = "check digits wrong, not used", "not clear as an organisation", "hit of a bank"
"""What can stand in the column ``notes``: the first behind the kind of a number, the second of a row that is clear, the
third where list and entry are a bank's and not the payee's."""


@dataclass(slots=True)
class Answers:
    """Of one part: lines of answers and of broken rows, the reasons of these for a page to translate, what there was of
    each, and what people must look at."""

    lines: list[tuple[str, ...]] = field(default_factory=list)
    broken: list[tuple[str, ...]] = field(default_factory=list)
    reasons: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    open: list[tuple[Checked, Asked, str]] = field(default_factory=list)


def grounds(lists: Lists, use: Use) -> str:
    """One name for all that answers rest on beside the payee: the lists, what each is good for today, the policy as the
    file has it, this version. Parts of a file that were made at two times stand together only on the same grounds."""
    good = [(one.source, one.stale, one.partial) for one in (*lists.sanctions, *lists.statuses)]
    said = json.dumps([__version__, lists.version, good, lists.broken, use.to_dict()], sort_keys=True)
    return sha256(said.encode()).hexdigest()


def answered(
    actor: Actor, rows: Sequence[Row], columns: Columns, use: Use, lists: Lists, known: Known
) -> Answers:  # fmt: skip
    """Screen a part of a file.

    A row's id is its own where a column has one, else its line. The ledger is that of the likeliest hit, as JSON; of
    what was typed it repeats the parts of the name that were compared.
    """
    found = Answers()
    payees: list[tuple[Row, Asked]] = []
    for row in rows:
        try:
            payees.append((row, payee_of(row, columns)))
        except InputError as error:
            # The place, not the value: a reason is read by more people than the file.
            found.broken.append((identified(row, columns), str(row.line), _reason(error)))
            found.reasons.append({"line": row.line, "where": error.where, "what": _phrase(error.what),
                                  "next_step": _phrase(error.next_step)})  # fmt: skip
            found.counts[BROKEN] += 1
    screened = check_all(actor, [payee for _, payee in payees], use, known=known, lists=lists)
    firms = _firms(actor, payees, screened, columns)
    for (row, payee), checked in zip(payees, screened, strict=True):
        own, hit = identified(row, columns), _likeliest(checked)
        notes = _notes(payee, hit, row.line in firms)
        found.lines.append((*_line(own, row.line, payee, checked, hit), notes))
        found.counts[checked.outcome] += 1
        if checked.outcome in ("ask", "review"):
            found.open.append((checked, payee, own))
    return found


def _firms(
    actor: Actor, payees: Sequence[tuple[Row, Asked]], screened: Sequence[Checked], columns: Columns
) -> set[int]:  # fmt: skip
    """The lines of those who would not be clear as organisations; of whom nothing tells whether they are one."""
    open_ = [(row.line, payee, checked) for (row, payee), checked in zip(payees, screened, strict=True)
             if not payee.personal and not kind_told(row, columns)]  # fmt: skip
    hit = hit_as_firms(actor, [(payee, checked) for _, payee, checked in open_])
    return {line for (line, *_), one in zip(open_, hit, strict=True) if one}


def _notes(payee: Asked, likeliest: tuple[Hit, Subject] | None, firm: bool) -> str:
    notes = [f"{kind}: {UNUSED}" for kind in payee.unsound]
    if likeliest and likeliest[1].part != PAYEE:
        notes.append(OF_BANK)
    return "; ".join([*notes, AS_FIRM] if firm else notes)


def _likeliest(checked: Checked) -> tuple[Hit, Subject] | None:
    hits = [(hit, one) for one in checked.subjects for hit in one.hits]
    return max(hits, key=lambda pair: pair[0].probability, default=None)  # of equals the first: a freeze


def _line(
    own: str, line: int, payee: Asked, checked: Checked, likeliest: tuple[Hit, Subject] | None
) -> tuple[str, ...]:  # fmt: skip
    behind = payee.mark(), checked.ownership
    if not likeliest:
        settles = "" if all(one.whole for one in checked.subjects) else "name"
        return (own, str(line), checked.outcome, "", "", "", settles, "", *behind)
    hit, subject = likeliest
    told = hit.to_dict()
    ledger = json.dumps({"of": subject.part, "name": told["name"], "measures": told["measures"],
                         "measure_kinds": kinds_of(told), "all_measure_kinds": _kinds(checked),
                         "items": told["ledger"]}, ensure_ascii=False)  # fmt: skip
    return (own, str(line), checked.outcome, told["list"], told["entry"], f"{told['probability']:.6g}",
            subject.settles, ledger, *behind)  # fmt: skip


def _kinds(checked: Checked) -> list[str]:
    """What all hits of a row are under: the one that is named may carry the lesser measure."""
    parties = (hit.party for one in checked.subjects for hit in one.hits)
    return list(dict.fromkeys(
        kind for one in parties for kind in kinds_of({"list": one.list, "measures": one.measures})
    ))  # fmt: skip


def _reason(error: InputError) -> str:
    said = f"{error.where}: {error.what}" if error.where else error.what
    return f"{said} {error.next_step}" if error.next_step else said


def _phrase(text: str) -> dict[str, Any]:
    return (text if isinstance(text, Phrase) else Phrase(text)).to_dict()


def totals(parts: Sequence[dict[str, Any]]) -> dict[str, int]:
    """The counts of all parts together."""
    whole: Counter[str] = Counter()
    for part in parts:
        whole.update(part)
    return dict(sorted(whole.items()))
