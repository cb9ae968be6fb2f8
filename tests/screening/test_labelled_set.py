"""The labelled set of names: the same bytes everywhere, halves apart, and what its page says of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        from made import labelled, others, spelled

        yield labelled, spelled, others


@pytest.fixture(scope="module")
def rows(made):
    return made[0].labelled()


def test_the_page_tells_of_these_bytes(made, rows):
    page = (ROOT / "docs/methods/labelled-set.md").read_text(encoding="utf-8")
    assert made[0].sha256(*rows) in page, "the set changed: run benchmarks/labelled_set.py and write its hash there"
    assert f"{len(rows[0]):,} persons" in page
    assert f"{len(rows[1]):,} questions" in page


def test_it_is_the_same_again_and_another_by_another_seed(made):
    labelled = made[0]
    assert labelled.sha256(*labelled.labelled(3, 40)) == labelled.sha256(*labelled.labelled(3, 40))
    assert labelled.sha256(*labelled.labelled(3, 40)) != labelled.sha256(*labelled.labelled(4, 40))


def test_no_person_is_in_both_halves(rows):
    listed, queries = rows
    half = {one.listed_id: one.split for one in listed}
    assert len(half) == len(listed)
    assert all(query.split == half[query.listed_id] for query in queries)
    assert set(Counter(half.values()).values()) == {600}


def test_every_kind_is_there_in_both_halves_and_on_the_page(made, rows):
    _, spelled, others = made
    page = (ROOT / "docs/methods/labelled-set.md").read_text(encoding="utf-8")
    kinds = {*spelled.KINDS, *others.KINDS, "romanised", "maiden_name"}
    for split in ("tuning", "test"):
        assert {query.kind for query in rows[1] if query.split == split} == kinds
    assert not [kind for kind in kinds if f"`{kind}`" not in page]


def test_an_other_person_is_not_the_listed_one(rows):
    """Somebody else has another name or birth, unless the set itself says that nobody can tell."""
    births = {one.listed_id: one.birth for one in rows[0]}
    for query in rows[1]:
        if query.kind in ("namesake_year", "namesake_birthday") and query.decidable == "yes":
            assert query.birth[:4] != births[query.listed_id][:4]
    assert {query.kind for query in rows[1] if query.decidable == "no"} == {
        "namesake_bare", "namesake_year", "namesake_birthday",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("father", "man", "woman"),
    [
        ("Илья", "Ильич", "Ильинична"), ("Василий", "Васильевич", "Васильевна"),
        ("Дмитрий", "Дмитриевич", "Дмитриевна"),
        ("Игорь", "Игоревич", "Игоревна"), ("Пётр", "Петрович", "Петровна"), ("Яков", "Яковлевич", "Яковлевна"),
        ("Георгий", "Георгиевич", "Георгиевна"), ("Фёдор", "Фёдорович", "Фёдоровна"),
    ],
)  # fmt: skip
def test_patronymics_are_those_that_people_bear(made, father, man, woman):
    from made.fathers import patronymic

    assert (patronymic(father, "ru", False), patronymic(father, "ru", True)) == (man, woman)
