"""One payee: found, cleared, asked about; and nobody cleared by a list that is old or not there."""

import pytest

from clarion.access import Actor
from clarion.errors import InputError, NotAllowed, UnknownName
from clarion.screening.service.asked import FIELDS, LONGEST, asked
from clarion.screening.service.check import check
from clarion.screening.service.words import likelier, sentence

ME = Actor.console()
LISTED = {"name": "Златогоров Аркадий Иннокентьевич", "birth": "17.05.1961"}


def screened(**said):
    return check(ME, asked(said)).to_dict()


def test_nobody_is_clear_without_a_list():
    found = screened(name="Сидоров Олег")
    assert found["outcome"] == "not-screened"
    assert found["subjects"] == []
    assert "no sanctions list" in sentence(found, "en")


def test_the_listed_one_is_found_and_the_ledger_adds_up(listed):
    listed()
    found = screened(**LISTED)
    assert found["outcome"] == "review"
    hit = found["subjects"][0]["hits"][0]
    assert (hit["list"], hit["entry"], hit["measures"]) == ("test-eu", "T.1", ["asset freeze"])
    assert round(sum(item["weight"] for item in hit["ledger"]), 9) == round(hit["score"], 9)


def test_a_namesake_of_another_age_is_clear(listed):
    listed()
    found = screened(name="Иванов Иван Сергеевич", birth="1990-01-05")
    assert found["outcome"] == "clear"


def test_a_bare_common_name_asks_one_thing(listed):
    listed()
    found = screened(name="Иванов Иван")
    assert (found["outcome"], found["settles"]) == ("ask", "patronymic")
    assert sentence(found, "en") == "Ask one thing: the patronymic of the payee."


def test_an_old_list_clears_nobody_and_still_finds(listed):
    listed(days=8)
    clear, hit = screened(name="Сидоров Олег"), screened(**LISTED)
    assert clear["outcome"] == "stale"
    assert sentence(clear, "en") == "Not cleared: the list test-eu is 8 days old."
    assert hit["outcome"] == "review"


def test_one_old_list_among_fresh_ones_is_enough(listed):
    listed()
    listed("test-uk", days=30, people={}, firms={"U.1": (("Some Firm",), "asset freeze")})
    assert screened(name="Сидоров Олег")["outcome"] == "stale"


def test_banks_on_the_way_are_screened(listed):
    listed()
    found = screened(
        name="Сидоров Олег", bank="Банк «Северный Прилив Златопромкредит»", intermediaries="Тихий Берег; Дальний Маяк"
    )
    assert [part["part"] for part in found["subjects"]] == ["payee", "bank", "intermediary", "intermediary"]
    assert [part["outcome"] for part in found["subjects"]] == ["clear", "review", "clear", "clear"]
    assert found["outcome"] == "review"


def test_an_organisation_is_clear_by_name_only(listed):
    listed()
    found = screened(name="ООО Ромашка", kind="organisation")
    assert found["outcome"] == "clear"
    assert sentence(found, "en") == "The name is clear; who owns it was not checked."


def test_nationality_is_never_a_hit(listed):
    listed()
    plain = screened(name="Сидоров Олег", birth="1990-01-05")
    for country in ("RUS", "Russia", "Россия", "BY"):
        assert screened(name="Сидоров Олег", birth="1990-01-05", nationality=country) == plain


def test_a_status_warns_and_changes_nothing(listed):
    listed()
    listed("status-undesirable", people={"S.1": (("Sidorov Oleg Olegovich",), "1990-01-05", "undesirable")}, firms={})
    found = screened(name="Сидоров Олег Олегович", birth="1990-01-05")
    assert found["outcome"] == "clear"
    assert [hit["list"] for hit in found["warnings"]] == ["status-undesirable"]
    assert [one["source"] for one in found["lists"]] == ["test-eu"]


def test_without_sanctions_lists_a_status_clears_nobody(listed):
    listed("status-undesirable", people={"S.1": (("Sidorov Oleg",), "", "undesirable")}, firms={})
    assert screened(name="Иванов Иван")["outcome"] == "not-screened"


def test_a_list_is_swapped_when_it_changes(listed):
    listed()
    assert screened(name="Новиков Никанор Никанорович")["outcome"] == "clear"
    listed(people={"T.7": (("Никанор Никанорович НОВИКОВ",), "", "asset freeze")})
    assert screened(name="Новиков Никанор Никанорович")["outcome"] == "review"


@pytest.mark.parametrize(
    "wrong",
    [{}, {"name": "   "}, {"name": "123"}, {"name": "x" * (LONGEST + 1)}, {"name": "a", "birth": "31.02.1990"},
     {"name": "a", "birth": "1700"}, {"name": "a", "sex": "cat"}, {"name": "a", "nationality": "Atlantis"},
     {"name": "a", "kind": "dog"}, {"name": "a", "intermediaries": "a;b;c;d;e;f"}],
    ids=repr,
)  # fmt: skip
def test_what_cannot_be_a_payee_is_said(wrong):
    with pytest.raises(InputError) as error:
        asked(wrong)
    assert error.value.next_step
    assert "x" * 50 not in str(error.value)


def test_the_parts_make_the_name():
    assert asked({"given": "Олег", "surname": "Сидоров"}).name == "Сидоров Олег"


def test_a_payee_is_known_again_however_it_is_written():
    first = asked({"name": "Иванов  Иван", "birth": "17.05.1961", "inn": "500100732259"})
    again = asked({"name": "ИВАН Иванов", "birth": "1961-05-17", "inn": "5001-0073-2259"})
    other = asked({"name": "Иванов Иван", "birth": "1961-05-18", "inn": "500100732259"})
    assert first.mark() == again.mark() != other.mark()
    assert len(first.mark()) == 43


def test_every_field_has_a_place():
    assert set(asked({"name": "a"}).to_dict()) == set(FIELDS)


def test_a_policy_that_does_not_exist():
    with pytest.raises(UnknownName):
        check(ME, asked({"name": "a"}), "war")


def test_only_for_officers(listed):
    with pytest.raises(NotAllowed):
        check(Actor("9", "eve", "viewer"), asked({"name": "a"}))


def test_a_weight_in_words():
    assert likelier(7.644, "en") == "makes it 200 times likelier"
    assert likelier(-1.0, "en") == "makes it 2.0 times less likely"
    assert likelier(0.0, "en") == "says nothing"
    assert "200" in likelier(7.644, "ru")


@pytest.mark.parametrize(
    "name",
    ["ИП Златогоров Аркадий Иннокентьевич", "ИП «Златогоров А.И.»", "Златогоров Аркадий Иннокентьевич ИП",
     "Индивидуальный предприниматель Златогоров Аркадий", "ФОП Златогоров Аркадій",
     "фізична особа-підприємець Златогоров Аркадій"],
)  # fmt: skip
def test_a_sole_trader_is_a_person_whatever_the_form_says(listed, name):
    listed()
    found = screened(name=name, kind="organisation")
    assert found["outcome"] in ("ask", "review")
    assert found["subjects"][0]["hits"][0]["entry"] == "T.1"


@pytest.mark.parametrize("name", ["ООО Ипподром", "Типография ФОПС", "Банк ИПБ"])
def test_a_firm_stays_a_firm(name):
    assert asked({"name": name, "kind": "organisation"}).kind == "organisation"


@pytest.mark.parametrize("name", ["ПАО «Северный Прилив»", "OOO Priliv", "Priliv ltd.", "Прилив GmbH", "Priliv PJSC"])
def test_a_firm_is_one_whatever_the_form_says(name):
    assert asked({"name": name, "kind": "person"}).kind == "organisation"


@pytest.mark.parametrize("name", ["Иванов АО", "Pao Li", "Тимур Инкорпов", "Corpuz Limitedova", "Ано Турия"])
def test_what_may_be_a_persons_name_stays_one(name):
    assert asked({"name": name, "kind": "person"}).kind == "person"


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("Златогоров А.И.", ["person"]), ("А. И. Златогоров", ["person"]), ("Step S.A.", ["person", "organisation"])],
)
def test_a_surname_with_two_initials_is_no_firm_but_one_with_letters_of_a_legal_form_may_be(name, kinds):
    payee = asked({"name": name})
    assert [payee.kind, *(other.kind for _, other in payee.others())] == kinds


@pytest.mark.parametrize("name", ["Н.К. Прилив", "Прилив А.О.", "А. О. Прилив", "А.О. Златогоров"])
def test_letters_of_a_legal_form_beside_a_word_that_is_no_surname_are_not_taken_for_initials(name):
    assert "organisation" in [other.kind for _, other in asked({"name": name}).others()]
