"""Every text that leaves with a release, and what in it may name somebody.

The hints help the person who reads the texts; they do not replace that person. A name that no list holds, a nickname,
"the only paediatrician of the town": only a reader sees those.
"""

from __future__ import annotations

import re

from clarion.release.spec import Spec
from clarion.vocab import Phrase

LONG_LABEL = 40
_HINTS: dict[Phrase, str] = {
    Phrase("an e-mail address"): r"[\w.+-]+@[\w-]+\.[\w.-]+",
    Phrase("an account"): r"(?<![\w.])@[A-Za-z]\w{3,}",
    Phrase("a link"): r"(?:https?://|www\.|t\.me/)\S+",
    Phrase("a telephone number"): r"(?<!\d)\+?\d[\d ()-]{8,}\d(?!\d)",
    Phrase("a number of a document or an account"):
        r"(?<!\d)(?:[A-Z]{2}\d{2}(?: ?[\dA-Z]{4}){3,}|\d{6,}|\d{4} \d{6})(?!\d)",
    Phrase("a date"): r"(?<!\d)\d{1,2}[./]\d{1,2}[./](?:19|20)?\d{2}(?!\d)",
    Phrase("a patronymic"):
        r"\b[А-ЯЁІЇЄҐ][а-яёіїєґ]{2,}(?:вич|вна|ична)\b|\b[A-Z][a-z]{2,}(?:[oe]vi?ych|[oe]vich|[oei]vna)\b",
    Phrase("two initials and a name"): r"\b[A-ZА-ЯІЇЄҐ]\. ?[A-ZА-ЯІЇЄҐ]\. ?[A-ZА-ЯІЇЄҐ]\w+",
}  # fmt: skip
_NAMES = frozenset(
    """
    alexander alexandra alexei alexey alina alla anastasia andrei andrey andrii anna anton antonina
    artem bogdan boris daniil daria denis dmitri dmitry dmytro ekaterina elena evgeny fyodor galina
    georgy grigory igor ilya inna irina ivan kateryna kirill konstantin ksenia larisa leonid lyudmila
    maksim maria maxim mikhail mykola nadezhda natalia natalya nikita nikolai nina oksana oleg oleh
    oleksandr oleksiy olena olga olha pavel petr polina ruslan semyon sergei sergey serhii stanislav
    svetlana taras tatiana tatyana timur vadim valentina valery vasily vera viktor viktoria vitaly
    vladimir vladislav volodymyr vyacheslav yana yaroslav yevhen yulia yuri yury zoya александр
    александра алексей алина анастасия андрей андрій анна антон артем борис вадим валентина василий
    виктор виктория владимир владислав володимир галина григорий даниил дарья денис дмитрий дмитро
    евгений екатерина елена иван игорь илья инна ирина катерина кирилл константин ксения леонид людмила
    максим мария марія микола михаил наталья наталія никита николай нина оксана олег олександр олексій
    олена ольга павел петр полина руслан светлана сергей сергій станислав тарас татьяна тетяна тимур
    юлия юлія юрий юрій яна ярослав іван ігор ірина
    """.split()  # noqa: SIM905
)
"""Given names that are common in Russia and Ukraine, as far as they are no ordinary words."""


def texts(spec: Spec) -> dict[str, str]:
    """Every text of a release by its place in ``release.json``."""
    found = {"title": spec.title, "description": spec.description}
    found |= {f"known[{i}].what": fact.what for i, fact in enumerate(spec.known)}
    for dimension, values in spec.dimensions.items():
        found[f"dimensions.{dimension}"] = dimension
        found |= {f"dimensions.{dimension}[{i}]": value for i, value in enumerate(values)}
        above = spec.hierarchy.get(dimension, {})
        found |= {f"hierarchy.{dimension}[{i}]": row for i, row in enumerate(dict.fromkeys(above.values()))}
    found |= {f"tables[{i}]": table for i, table in enumerate(spec.tables)}
    found |= {f"place[{i}].as": place.shown for i, place in enumerate(spec.place)}
    if spec.amounts:
        found |= {f"amounts.tables[{i}]": table for i, table in enumerate(spec.amounts.tables)}
        found["amounts.column"] = spec.amounts.column
    return {key: text for key, text in found.items() if text}


def hints(text: str) -> list[Phrase]:
    """What in a text looks as if it named somebody."""
    found = [what for what, form in _HINTS.items() if re.search(form, text)]
    if any(word.casefold() in _NAMES for word in re.findall(r"[^\W\d_]+", text)):
        found.append(Phrase("a given name"))
    return found


def need_a_reader(spec: Spec) -> bool:
    """Whether a person must have read the texts: where the specification asks for it, there is free text, or a label
    is long or looks as if it named somebody."""
    every = texts(spec)
    labels = (text for key, text in every.items() if not key.endswith(".what"))
    return (
        spec.review
        or bool(spec.title or spec.description)
        or any(len(text) > LONG_LABEL for text in labels)
        or any(hints(text) for text in every.values())
    )
