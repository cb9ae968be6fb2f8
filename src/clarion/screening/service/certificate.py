"""A certificate for the bank: who was screened, when, against which lists, with what result. Nothing else by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from clarion.access import Actor, require
from clarion.errors import BusyError, InputError
from clarion.locale import gettext, say
from clarion.pictures.document import Block, Document, Grid, Paragraph, Section
from clarion.screening.service import coverage, decisions, exemption_words, exemptions, list_words
from clarion.screening.service.checked import CLEAR
from clarion.screening.service.words import READINGS, readings, sentence
from clarion.vocab import Phrase, seen

if TYPE_CHECKING:
    from uuid import UUID

    from clarion.screening.engine.exemptions import Entry
    from clarion.screening.service.decisions import Kept

MOST_WORDS = 400


def certificate(
    actor: Actor, pk: UUID, language: str, purpose: str = "", exemption: str = "", numbers: str = ""
) -> Document:
    """The certificate of a decision; ``purpose`` and ``exemption`` stand in it only where the officer gives them, and
    so do exemptions of the table, by their ``numbers`` with commas between.

    Raises
    ------
    UnknownName: there is no such decision or exemption. BusyError: nobody was cleared by it.
    InputError: a text is too long, or an exemption cannot be cited.
    """
    from django.db import transaction

    from clarion.access.store.log import record

    require(actor, "screening.check")
    kept = decisions.get(actor, pk)
    decided = kept.decision.state == kept.decision.State.OTHER
    if not possible(kept):
        raise BusyError(
            "Nobody was cleared by this decision.", where="certificate",
            next_step="A certificate is there once the payee is clear, or people decided that it is somebody else.",
        )  # fmt: skip
    said = [(gettext("Purpose", language), purpose), (gettext("Exemption or licence", language), exemption)]
    added = [(label, _short(text)) for label, text in said if text.strip()]
    named = exemptions.cited(numbers[:MOST_WORDS].split(","))
    added += [
        (gettext("May apply: %(number)s", language) % {"number": one.id},
         _cited(one, language)) for one in named
    ]  # fmt: skip
    with transaction.atomic():
        record(actor, "certified a screening", str(pk), told_more=bool(added))
    return _document(kept, language, added, decided)


def possible(kept: Kept) -> bool:
    """Whether a decision cleared somebody: its answer did, and nobody doubts it; or people did, of what lists said that
    can clear. A list that is too old, or there in part, clears nobody by way of people either."""
    lists = kept.latest["lists"]
    if kept.decision.state == kept.decision.State.OTHER:
        return bool(lists) and not kept.latest["missing"] and not any(one["stale"] for one in lists)
    return bool(kept.decision.state == kept.decision.State.MADE and kept.latest["outcome"] == CLEAR)


def _document(kept: Kept, language: str, added: list[tuple[str, str]], decided: bool) -> Document:
    result, asked = kept.latest, kept.asked
    title = (
        gettext("Screened and reviewed: this is not the listed person", language)
        if decided else sentence(result, language)
    )  # fmt: skip
    day = kept.decision.made_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    known = [
        (gettext("Name", language), asked.name),
        (gettext("Screened", language),
         "; ".join(filter(None, readings(result, language))) or say(READINGS[asked.kind], language)),
        (gettext("Birth", language), asked.birth),
        (gettext("Tax number (INN)", language), asked.inn), (gettext("Bank", language), asked.bank),
        (gettext("Banks in between", language), ", ".join(asked.intermediaries)),
        (gettext("Screened on", language), day), *added,
    ]  # fmt: skip
    about: list[Block] = [
        Grid(
            (gettext("What", language), gettext("Value", language)),
            tuple((label, text) for label, text in known if text),
        )
    ]
    told = (list_words.told(one, language) for one in result["lists"])
    lists = tuple((one["source"], one["release"], one["seen"], one["sha256"][:16]) for one in told)
    against: list[Block] = [
        Grid(
            (gettext("List", language), gettext("Release", language), gettext("Last seen", language), "SHA-256"), lists
        )
    ]
    missed = coverage.sentence((one["source"] for one in result["lists"]), language)
    absent: list[Block] = [Paragraph(missed)] if missed else []
    note = gettext(
        "This certificate tells what was compared with which lists. It is no statement about anybody's conduct, and "
        "it does not look at who owns an organisation.", language,
    )  # fmt: skip
    proof = gettext("Decision %(id)s, answer %(hash)s, policy %(use)s, Clarion %(version)s.", language) % {
        "id": kept.decision.pk, "hash": decisions.digest(result)[:16], "use": result["policy"]["name"],
        "version": result["clarion"],
    }  # fmt: skip
    return Document(
        title, language, gettext("Certificate of screening", language),
        [
            Section(gettext("Who was screened", language), about),
            Section(gettext("Against which lists", language), [*against, *absent]),
            Section(gettext("How to check it", language), [Paragraph(proof), Paragraph(note, quiet=True)]),
        ],
        gettext("Made on %(day)s", language) % {"day": datetime.now(UTC).date().isoformat()},
    )  # fmt: skip


def _cited(entry: Entry, language: str) -> str:
    """An exemption with its conditions, source, and how far it was checked."""
    said = exemptions.entry_dict(entry, exemptions.table().today)
    checked = "; ".join(exemption_words.marks(said, language))
    parts = (f"{entry.title} ({entry.authority}).", entry.permits + ".", entry.conditions, entry.source,
             exemption_words.span(said, language), f"({checked})" if checked else "")  # fmt: skip
    return " ".join(filter(None, parts))


def _short(text: str) -> str:
    told = " ".join(seen(text).split())
    if len(told) > MOST_WORDS:
        raise InputError("This text is too long for a certificate.", where="certificate",
                         next_step=Phrase("Use {most:,.0f} letters or fewer.", most=MOST_WORDS))  # fmt: skip
    return told
