"""What is said of exemptions, in the reader's language. The rows themselves stay in English, as they were read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clarion.locale import say
from clarion.pictures.words import number
from clarion.screening.service.letter_words import gettext, ngettext
from clarion.vocab import Phrase

PURPOSES = {
    "ngo_payment": Phrase("payment to a charity or group"), "medical": Phrase("medicine and health"),
    "food": Phrase("food"), "evacuation": Phrase("evacuation"), "media": Phrase("journalism"),
    "civil_society": Phrase("civil society and human rights"), "education": Phrase("education"),
    "personal_remittance": Phrase("money to family, living costs"), "legal_fees": Phrase("lawyers' fees"),
    "telecom": Phrase("telephone, internet, software"),
}  # fmt: skip
JURISDICTIONS = {
    "US": Phrase("United States"), "EU": Phrase("European Union"), "UK": Phrase("United Kingdom"),
    "UN": Phrase("United Nations"), "CH": Phrase("Switzerland"), "CA": Phrase("Canada"), "AU": Phrase("Australia"),
    "NO": Phrase("Norway"), "LI": Phrase("Liechtenstein"),
}  # fmt: skip
STATES = {
    "open": Phrase("may apply"), "unread": Phrase("known to exist, its text not read"),
    "guidance": Phrase("explains, permits nothing"), "trap": Phrase("never use it for this"),
    "later": Phrase("not begun"), "ended": Phrase("ended"),
}  # fmt: skip
NATURE = Phrase(
    "Nationality of Russia or Belarus, or living there, is no listing. Whether listed people own or control an "
    "organisation is another question."
)


def purpose(name: str, language: str) -> str:
    """A purpose in words; empty for none."""
    return say(PURPOSES[name], language) if name else ""


def answer(found: Mapping[str, Any], programmes: int, language: str) -> list[str]:
    """What the table has for a listing (``exemptions.to_dict``), in sentences, the first one the answer."""
    if not found["jurisdiction"]:
        return [gettext("Whose list this is is not known here, so no exemption was looked for.", language)]
    said = []
    if found["travel_only"]:
        said.append(gettext("The listing carries a travel ban alone, which forbids no payment.", language))
    count = len(found["open"])
    if count:
        text = ngettext(
            "%(n)s exemption or licence may apply. Read its text before you rely on it.",
            "%(n)s exemptions or licences may apply. Read their texts before you rely on one.", count, language,
        )  # fmt: skip
        said.append(text % {"n": number(count, language)})
    elif not found["travel_only"]:
        said.append(
            gettext(
                "Nothing in the table may apply. Do not pay; ask the authority for a licence, or a lawyer.", language
            )
        )
    if not found["kinds"]:
        said.append(gettext("The list does not tell the measure: read the entry.", language))
    if programmes > 1 and count:
        said.append(gettext("There are several programmes: each needs an exemption of its own.", language))
    return said


def marks(fit: Mapping[str, Any], language: str) -> list[str]:
    """What has to be said of an entry wherever it is shown: how far it was checked. What its row says besides is to be
    checked stands in its ``cautions``, in English."""
    said = []
    if not fit["reviewed"]:
        said.append(gettext("not reviewed by a lawyer", language))
    if not fit["fresh"]:
        said.append(gettext("not looked at for over 30 days", language))
    if fit["to_verify"]:
        said.append(gettext("to be verified at its source", language))
    if fit["before"]:
        said.append(gettext("the authority must permit it first", language))
    return said


def span(fit: Mapping[str, Any], language: str) -> str:
    """From when until when it holds, and by what it was replaced; what was not found is said to be so."""
    start = fit["valid_from"] or gettext("a day that was not found", language)
    if fit["replaced_by"]:
        said = gettext("From %(start)s; replaced by %(other)s.", language)
        return said % {"start": start, "other": fit["replaced_by"]}
    if fit["valid_until"]:
        template = (
            gettext("From %(start)s; ended on %(end)s.", language)
            if fit["state"] == "ended" else gettext("From %(start)s until %(end)s.", language)
        )  # fmt: skip
        return template % {"start": start, "end": fit["valid_until"]}
    return gettext("From %(start)s; no end was found, which does not mean that there is none.", language) % {
        "start": start
    }


def reviewed(fit: Mapping[str, Any], language: str) -> str:
    """Who looked at it when."""
    said = gettext("Source looked at on %(day)s.", language) % {"day": fit["checked_on"]}
    if fit["reviewed"]:
        by = gettext("Reviewed by %(by)s on %(day)s.", language)
        said += " " + by % {"by": fit["reviewed_by"], "day": fit["reviewed_on"]}
    return said
