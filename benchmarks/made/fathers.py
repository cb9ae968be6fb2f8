"""Patronymics of the fathers' names: Russian, Ukrainian, Belarusian, Kazakh and Azerbaijani."""

from __future__ import annotations

_STEMS = {"Пётр": "Петр", "Павел": "Павл", "Лев": "Льв", "Михаил": "Михайл"}
_SHORT = {
    "Никита": ("Никитич", "Никитична"), "Илья": ("Ильич", "Ильинична"), "Кузьма": ("Кузьмич", "Кузьминична"),
    "Фома": ("Фомич", "Фоминична"), "Лука": ("Лукич", "Лукинична"), "Яков": ("Яковлевич", "Яковлевна"),
}  # fmt: skip
_SIBILANTS = "жчшщц"


def patronymic(father: str, style: str, woman: bool) -> str:
    """The patronymic by ``style`` (``ru``, ``uk``, ``be``, ``kk``, ``az``); empty where the rules do not reach."""
    return {"ru": _russian, "uk": _ukrainian, "be": _belarusian, "kk": _kazakh, "az": _azerbaijani}[style](
        father, woman
    )


def _russian(father: str, woman: bool) -> str:
    if father in _SHORT:
        return _SHORT[father][woman]
    stem, end = _STEMS.get(father, father), "овна" if woman else "ович"
    soft = "евна" if woman else "евич"
    if stem.endswith("ий"):
        before = stem[:-2]
        two = len(before) > 1 and all(letter.lower() not in "аеёиоуыэюя" for letter in before[-2:])
        return before + ("и" if two or before[-1] in "гкх" else "ь") + soft
    if stem[-1] in "йь":
        return stem[:-1] + soft
    if stem[-1] in "аеёиоуыэюя":
        return ""
    return stem + (soft if stem[-1] in _SIBILANTS else end)


def _ukrainian(father: str, woman: bool) -> str:
    if father[-1] == "й":
        return father[:-1] + "ївна" if woman else father + "ович"
    if father[-1] in "аеєиіїоуюя":
        return ""
    return father.removesuffix("ь") + ("івна" if woman else "ович")


def _belarusian(father: str, woman: bool) -> str:
    if father[-1] in "аеёіоуыэюя":
        return ""
    if father[-1] in "йь":
        return father[:-1] + ("еўна" if woman else "евіч")
    return father + ("аўна" if woman else "авіч")


def _kazakh(father: str, woman: bool) -> str:
    return father + ("қызы" if woman else "ұлы")


def _azerbaijani(father: str, woman: bool) -> str:
    return father + (" кызы" if woman else " оглы")
