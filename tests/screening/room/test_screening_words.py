"""Whatever the engine finds can be said in words."""

from clarion.screening.engine import births, joined, ledger
from clarion.screening.service import words


def test_every_item_and_finding_of_the_engine_has_its_words():
    item, finding = ledger.WHOLE_NAME
    assert set(ledger.ITEMS.values()) | {item, "other parts", "birth", "sex", "identifier"} <= set(words.ITEMS)
    found = set(ledger.FINDINGS.values()) | set(births.LEVELS)
    assert found | {finding, joined.FINDING, "differs", "more parts"} <= set(words.FINDINGS)


def test_a_firm_is_asked_for_no_passport():
    firm = {"part": "payee", "settles": "identifier", "unchecked": ["owners"]}
    person = firm | {"unchecked": []}
    asks = "Ask one thing: the tax or register number of the payee."
    assert words.sentence({"outcome": "ask", "subjects": [firm]}, "en") == asks
    bank = firm | {"part": "bank"}
    assert words.sentence({"outcome": "ask", "subjects": [person | {"settles": ""}, bank]}, "en").endswith(
        "of the bank."
    )
    assert words.sentence({"outcome": "ask", "subjects": [firm, bank]}, "en") == asks
    assert "passport" in words.sentence({"outcome": "ask", "subjects": [person]}, "en")
