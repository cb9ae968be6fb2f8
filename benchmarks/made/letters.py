"""Cyrillic words in Armenian and Georgian letters, letter for letter: good enough for a name that nobody bears."""

from __future__ import annotations

_GEORGIAN = {
    "дж": "ჯ", "дз": "ძ", "а": "ა", "б": "ბ", "в": "ვ", "г": "გ", "д": "დ", "е": "ე", "ж": "ჟ", "з": "ზ", "и": "ი",
    "й": "ი", "к": "კ", "л": "ლ", "м": "მ", "н": "ნ", "о": "ო", "п": "პ", "р": "რ", "с": "ს", "т": "ტ", "у": "უ",
    "ф": "ფ", "х": "ხ", "ц": "ც", "ч": "ჩ", "ш": "შ", "э": "ე", "ь": "", "я": "ია", "ю": "იუ",
}  # fmt: skip
_ARMENIAN = {
    "дж": "ջ", "дз": "ձ", "а": "ա", "б": "բ", "в": "վ", "г": "գ", "д": "դ", "е": "ե", "ж": "ժ", "з": "զ", "и": "ի",
    "й": "յ", "к": "կ", "л": "լ", "м": "մ", "н": "ն", "о": "ո", "п": "պ", "р": "ր", "с": "ս", "т": "տ", "у": "ու",
    "ф": "ֆ", "х": "խ", "ц": "ց", "ч": "չ", "ш": "շ", "ы": "ը", "э": "է", "ь": "", "я": "յա", "ю": "յու",
}  # fmt: skip
_TABLES = {"georgian": _GEORGIAN, "armenian": _ARMENIAN}


def spelled_in(word: str, script: str) -> str:
    """``word`` in ``georgian`` or ``armenian`` letters; Armenian names keep their capital."""
    table, small = _TABLES[script], word.lower()
    made, at = [], 0
    while at < len(small):
        size = 2 if small[at : at + 2] in table else 1
        made.append(table.get(small[at : at + size], small[at : at + size]))
        at += size
    text = "".join(made)
    return text[:1].upper() + text[1:] if script == "armenian" else text
