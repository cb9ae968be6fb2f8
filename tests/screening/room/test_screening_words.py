"""Whatever the engine finds can be said in words."""

from clarion.screening.engine import births, ledger
from clarion.screening.service import words


def test_every_item_and_finding_of_the_engine_has_its_words():
    assert set(ledger.ITEMS.values()) | {"other parts", "birth", "sex", "identifier"} <= set(words.ITEMS)
    assert set(ledger.FINDINGS.values()) | set(births.LEVELS) | {"differs", "more parts"} <= set(words.FINDINGS)
