"""A letter to whoever refused: it cites what may apply, and asks for the reason and a review. No more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.errors import InputError, UnknownName
from clarion.pictures.document import Document, Grid, Listing, Paragraph, Section
from clarion.pictures.words import number
from clarion.screening.service import exemption_words, exemptions
from clarion.screening.service.letter_words import GERMAN, LANGUAGES, gettext, ngettext
from clarion.screening.service.refusals import register
from clarion.screening.service.refusals.said import LONGEST, words
from clarion.screening.service.refusals.shown import amount, day, label
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from uuid import UUID

    from clarion.pictures.document import Block
    from clarion.screening.engine.exemptions import Entry
    from clarion.screening.service.refusals.register import Noted

MOST_CITED, MOST_DAYS = 12, 90


@dataclass(frozen=True, slots=True)
class Ask:
    """What the officer chooses: ids of ``exemptions``, who signs, whom it is about (named only if written here), days
    for an answer, and whether the note on how far the texts were checked stands in the letter too."""

    exemptions: tuple[str, ...] = ()
    language: str = "en"
    signed: str = ""
    person: str = ""
    days: int = 14
    note: bool = False


def letter(actor: Actor, pk: UUID, ask: Ask, today: date | None = None) -> Document:
    """The letter about a refusal. Nothing of it is kept.

    Raises
    ------
    UnknownName: no such refusal, exemption or language. InputError: an exemption that cannot be cited, or a text that
    is too long.
    """
    from django.db import transaction

    from clarion.access.store.log import record

    require(actor, "screening.refusals")
    noted = register.get(actor, pk)
    if ask.language not in LANGUAGES:
        raise UnknownName("Letters are not written in this language.", where="language",
                          next_step=Phrase("Choose one of: {names}.", names=tuple(LANGUAGES)))  # fmt: skip
    if len(ask.exemptions) > MOST_CITED or not 1 <= ask.days <= MOST_DAYS:
        raise InputError("This is more than a letter can hold.", where="letter",
                         next_step=Phrase("Cite {most} exemptions at most, and give 1 to {days} days.",
                                          most=MOST_CITED, days=MOST_DAYS))  # fmt: skip
    signed, person = (
        words("signed", {"signed": ask.signed}, LONGEST),
        words("person", {"person": ask.person}, LONGEST),
    )
    entries = exemptions.cited(ask.exemptions)
    with transaction.atomic():
        record(actor, "wrote a letter about a refusal", str(pk), cited=len(entries))
    return _document(noted, ask, entries, signed, person, today or datetime.now(UTC).date())


def note(names: tuple[str, ...], language: str) -> list[str]:
    """For the officer: how far the texts that a letter cites were checked. Raises as ``exemptions.cited``."""
    today = exemptions.table().today
    said = [gettext("This letter is no legal advice. Each text is to be read at its source.", language)]
    for entry in exemptions.cited(names):
        told = _told(entry, today, language)
        marks = "; ".join(exemption_words.marks(told, language))
        said.append(f"{entry.id}: {marks or exemption_words.reviewed(told, language)}")
        if entry.cautions:
            said.append(f"{entry.id}: {gettext('To check', language)}: {entry.cautions}")
        if not entry.valid_until:
            said.append(f"{entry.id}: {exemption_words.span(told, language)}")
    return said


def plain(document: Document) -> str:
    """A letter as text."""
    lines = [document.title, ""]
    for section in document.sections:
        lines += [section.heading, ""] if section.heading else []
        for block in section.blocks:
            lines += _lines(block)
    return "\n".join([*lines, document.footer]).rstrip() + "\n"


def _document(noted: Noted, ask: Ask, entries: list[Entry], signed: str, person: str, today: date) -> Document:
    lang, told = ask.language, noted.said
    service = label("service", told.service, lang)
    opening = gettext("On %(day)s you refused this: %(service)s.", lang) % {
        "day": day(told.refused_on, lang), "service": service if lang == GERMAN else service.lower()
    }  # fmt: skip
    facts = [opening]
    if told.money:
        facts.append(gettext("Amount: %(amount)s.", lang) % {"amount": amount(told.money, lang)})
    if person:
        facts.append(gettext("It concerns %(person)s.", lang) % {"person": person})
    stated = told.stated
    facts.append(
        gettext("The reason that you gave: “%(words)s”.", lang) % {"words": stated}
        if stated else gettext("You gave no reason in writing.", lang)
    )  # fmt: skip
    sections = [
        Section("", [
            Paragraph(gettext("To: %(refuser)s", lang) % {"refuser": told.refuser}), Paragraph(" ".join(facts)),
        ]),
        Section(gettext("Nationality or residence is not a designation", lang), [Paragraph(gettext(
            "A sanctions list names persons and organisations. Nobody stands on one because of a passport or an "
            "address. Some rules, such as limits on deposits, do look at nationality or residence, and have "
            "exceptions of their own.", lang))]),
    ]  # fmt: skip
    if entries:
        sections.append(Section(gettext("Exemptions and licences that may apply", lang), _cited(entries, lang)))
    asked = [
        gettext("tell us the reason in writing, and the rule that you apply;", lang),
        gettext("name the list and the entry, if you hold that somebody is listed;", lang),
        gettext("have a person look at it again, with this letter;", lang),
        ngettext("answer within %(n)s day.", "answer within %(n)s days.", ask.days, lang)
        % {"n": number(ask.days, lang)},
    ]
    closing: list[Block] = [Listing(tuple(asked)), *([Paragraph(signed)] if signed else [])]
    sections.append(Section(gettext("We ask you to", lang), closing))
    if ask.note:
        texts = tuple(note(ask.exemptions, lang))
        sections.append(Section(gettext("How far the texts cited were checked", lang), [Listing(texts)]))
    footer = gettext("%(day)s, reference %(id)s", lang) % {"day": day(today, lang), "id": str(noted.row.pk)[:8]}
    return Document(gettext("Please review your refusal", lang), lang, "", sections, footer)


def _cited(entries: list[Entry], lang: str) -> list[Block]:
    today = exemptions.table().today
    blocks: list[Block] = [Paragraph(gettext(
        "Please consider whether each of these covers the case. The texts are quoted in English.", lang))]  # fmt: skip
    for one in entries:
        rows = [
            (gettext("What", lang), one.permits), (gettext("For whom", lang), one.who),
            (gettext("Conditions", lang), one.conditions), (gettext("Regime", lang), one.regime),
            (gettext("Holds", lang), _span(one, today, lang)),
            (gettext("Source", lang), ", ".join(filter(None, (one.source, one.url)))),
        ]  # fmt: skip
        heading = f"{one.title} ({one.authority})"
        blocks.append(Grid((gettext("Number", lang), heading), tuple((k, v) for k, v in rows if v)))
    return blocks


def _span(one: Entry, today: date, lang: str) -> str:
    """The days that are known. That no end was found is for the officer (``note``)."""
    if one.valid_until and one.valid_from:
        return exemption_words.span(_told(one, today, lang), lang)
    if one.valid_until:
        return gettext("Until %(end)s.", lang) % {"end": day(one.valid_until, lang)}
    return gettext("From %(start)s.", lang) % {"start": day(one.valid_from, lang)} if one.valid_from else ""


def _told(entry: Entry, today: date, language: str) -> dict[str, Any]:
    """An entry with its days as a letter writes them."""
    days = {
        name: day(when, language) for name in ("valid_from", "valid_until", "checked_on", "reviewed_on")
        if (when := getattr(entry, name)) is not None
    }  # fmt: skip
    return exemptions.entry_dict(entry, today) | days


def _lines(block: Block) -> list[str]:
    match block:
        case Paragraph(text, _):
            return [text, ""]
        case Listing(lines):
            return [*(f"- {line}" for line in lines), ""]
        case Grid(header, rows):
            return [f"{header[0]}: {header[1]}", *(f"  {key}: {value}" for key, value in rows), ""]
    return []
