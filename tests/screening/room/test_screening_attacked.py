"""Ways to have somebody who is listed called clear through the register of namesakes, and to decide alone."""

import pytest
from test_screening_review import PEOPLE, keep

from clarion.screening.models import Cleared, Decision
from clarion.screening.service import cleared, reviews
from clarion.screening.service.asked import asked

NAME = "Златогоров Аркадий Иннокентьевич"
BARE = {"birth": "", "inn": ""}


@pytest.fixture
def officers(account):
    return [account("officer", name).actor for name in ("first", "second", "third", "fourth", "fifth")]


def clears(actors, made):
    """Two people find that it is somebody else."""
    if made.state == Decision.State.MADE:
        reviews.send(actors[0], made.pk)
    reviews.decide(actors[0], made.pk, "other", "A passport with another father")
    return reviews.confirm(actors[1], made.pk)


@pytest.mark.parametrize(
    "known",
    [
        {"birth": "1961"}, {"birth": "1961-05"}, {"birth": "1961-05-17"}, {"inn": "нет"}, {"inn": "-"}, {"inn": "0"},
        {"inn": "0000000000"}, {"inn": "000000000000"}, {"snils": "000-000-000 00"}, {"inn": "500100732258"},
        {"ogrn": "none"}, {"passport": "б/н"}, {"passport": "AB12"}, {"passport": "0000000000"},
        {"passport": "1111111111"}, {"birth": "1961-05-17", "inn": "n/a"},
    ],
    ids=repr,
)  # fmt: skip
def test_by_what_the_listed_one_has_too_nobody_stays_cleared(listed, officers, known):
    """A year, a filler or the listed day itself: the next payee of that name is the listed one."""
    listed(people=PEOPLE)
    said = BARE | known
    first = keep(officers[0], **said)
    assert clears(officers, first).state == Decision.State.OTHER
    assert not Cleared.objects.exists()
    assert keep(officers[2], **said).outcome == first.outcome != "clear"


@pytest.mark.parametrize(
    "known", [{"inn": "5001-0073-2259"}, {"passport": "45 10 123456"}, {"passport": "AZE 1234567"}], ids=repr
)
def test_by_a_number_of_their_own_they_do(listed, officers, known):
    listed(people=PEOPLE)
    clears(officers, keep(officers[0], **BARE | known))
    assert keep(officers[2], **BARE | known).outcome == "clear"


def test_a_day_of_birth_is_enough_where_the_list_has_none_or_another(listed, officers):
    listed(people={"T.1": (PEOPLE["T.1"][0], "", "asset freeze")})
    clears(officers, keep(officers[0], birth="1961-05-17", inn=""))
    assert keep(officers[2], birth="1961-05-17", inn="").outcome == "clear"
    assert keep(officers[2], birth="1961-05-18", inn="").outcome == "review"


def test_an_entry_from_before_this_rule_clears_nobody(listed, officers, monkeypatch):
    listed(people=PEOPLE)
    with monkeypatch.context() as patched:
        patched.setattr(type(asked({"name": NAME})), "apart", lambda *_: True)
        clears(officers, keep(officers[0], birth="1961", inn=""))
    assert len(cleared.index(officers[0])) == 1
    assert keep(officers[2], birth="1961", inn="").outcome == "review"
