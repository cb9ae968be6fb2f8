"""Texts in the languages that letters are written in: those of the pages, and German, which no page speaks.

Banks of Germany, Austria and Switzerland are among those that refuse. A German catalogue for the whole house would
stand empty but for these, so they stand here, and a test holds that nothing of a letter is left in English.
"""

from __future__ import annotations

from clarion.locale import gettext as of_page
from clarion.locale import ngettext as of_page_counted

GERMAN = "de"
LANGUAGES = {"en": "English", GERMAN: "Deutsch", "ru": "Русский", "uk": "Українська"}
"""Each by its own name."""
_GERMAN = {
    "Please review your refusal": "Bitte um Überprüfung Ihrer Ablehnung",
    "To: %(refuser)s": "An: %(refuser)s",
    "On %(day)s you refused this: %(service)s.": "Am %(day)s haben Sie Folgendes abgelehnt: %(service)s.",
    "Amount: %(amount)s.": "Betrag: %(amount)s.",
    "It concerns %(person)s.": "Betroffene Person: %(person)s.",
    "The reason that you gave: “%(words)s”.": "Von Ihnen genannter Grund: „%(words)s“.",
    "You gave no reason in writing.": "Eine schriftliche Begründung haben Sie nicht gegeben.",
    "Nationality or residence is not a designation":
        "Staatsangehörigkeit oder Wohnsitz begründen keine Listung",
    "A sanctions list names persons and organisations. Nobody stands on one because of a passport or an address. Some "
    "rules, such as limits on deposits, do look at nationality or residence, and have exceptions of their own.":
        "Eine Sanktionsliste benennt Personen und Organisationen. Niemand ist allein wegen eines Passes oder einer "
        "Anschrift gelistet. Einzelne Vorschriften, etwa die Obergrenzen für Einlagen, knüpfen zwar an "
        "Staatsangehörigkeit oder Wohnsitz an, sehen jedoch eigene Ausnahmen vor.",
    "Exemptions and licences that may apply": "Ausnahmen und Genehmigungen, die in Betracht kommen",
    "Please consider whether each of these covers the case. The texts are quoted in English.":
        "Bitte prüfen Sie für jede der folgenden Bestimmungen, ob sie den Fall erfasst. Die Texte sind auf Englisch "
        "wiedergegeben.",
    "Number": "Fundstelle",
    "What": "Gegenstand",
    "For whom": "Begünstigte",
    "Conditions": "Voraussetzungen",
    "Regime": "Sanktionsregime",
    "Holds": "Geltung",
    "Source": "Quelle",
    "From %(start)s.": "Ab %(start)s.",
    "Until %(end)s.": "Bis %(end)s.",
    "We ask you to": "Wir bitten Sie,",
    "tell us the reason in writing, and the rule that you apply;":
        "uns den Grund und die Vorschrift, die Sie anwenden, schriftlich mitzuteilen;",
    "name the list and the entry, if you hold that somebody is listed;":
        "die Liste und den Eintrag zu nennen, falls jemand nach Ihrer Auffassung gelistet ist;",
    "have a person look at it again, with this letter;":
        "den Vorgang anhand dieses Schreibens von einer Person erneut prüfen zu lassen;",
    "answer within %(n)s day.": "innerhalb von %(n)s Tag zu antworten.",
    "answer within %(n)s days.": "innerhalb von %(n)s Tagen zu antworten.",
    "%(day)s, reference %(id)s": "%(day)s, Zeichen %(id)s",
    "How far the texts cited were checked": "Wie weit die angeführten Texte geprüft sind",
    "This letter is no legal advice. Each text is to be read at its source.":
        "Dieses Schreiben ist keine Rechtsberatung. Jeder Text ist an seiner Quelle zu lesen.",
    "To check": "Zu prüfen",
    "not reviewed by a lawyer": "nicht anwaltlich geprüft",
    "not looked at for over 30 days": "seit mehr als 30 Tagen nicht nachgesehen",
    "to be verified at its source": "an der Quelle zu bestätigen",
    "the authority must permit it first": "vorherige Genehmigung der Behörde erforderlich",
    "a day that was not found": "einem nicht ermittelten Tag",
    "From %(start)s; replaced by %(other)s.": "Ab %(start)s; ersetzt durch %(other)s.",
    "From %(start)s; ended on %(end)s.": "Ab %(start)s; endete am %(end)s.",
    "From %(start)s until %(end)s.": "Vom %(start)s bis zum %(end)s.",
    "From %(start)s; no end was found, which does not mean that there is none.":
        "Ab %(start)s; ein Ende wurde nicht gefunden, was nicht heißt, dass es keines gibt.",
    "Source looked at on %(day)s.": "Quelle eingesehen am %(day)s.",
    "Reviewed by %(by)s on %(day)s.": "Geprüft von %(by)s am %(day)s.",
    "Transfer of money": "Überweisung",
    "Account": "Kontoführung",
    "Card": "Zahlungskarte",
    "Software or hosting": "Software oder Hosting",
    "Delivery": "Zustellung",
    "Telephone or internet": "Telefon- oder Internetanschluss",
    "Insurance": "Versicherung",
    "Place to study": "Studien- oder Schulplatz",
    "Other": "Sonstiges",
}  # fmt: skip


def gettext(text: str, language: str) -> str:
    """``text`` in ``language``; the English itself where it is not translated."""
    return _GERMAN.get(text, text) if language == GERMAN else of_page(text, language)


def ngettext(one: str, many: str, count: int, language: str) -> str:
    """The form of a text that fits a count."""
    if language == GERMAN:
        return gettext(one if count == 1 else many, language)
    return of_page_counted(one, many, count, language)
