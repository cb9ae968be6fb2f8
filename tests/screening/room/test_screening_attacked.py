"""Ways to have somebody who is listed called clear through the register of namesakes, and to be shown or kept
longer than may be."""

import pytest
from test_screening_review import PEOPLE, keep

from clarion.errors import UnknownName
from clarion.screening.models import Cleared, Decision
from clarion.screening.service import cleared, decisions, rescreen, reviews
from clarion.screening.service.asked import asked

NAME = "Златогоров Аркадий Иннокентьевич"
BARE = {"birth": "", "inn": ""}
OTHERS = {f"O.{n}": ((f"Фаддей Щебетнёв{n}",), "", "asset freeze") for n in range(50)}


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


def test_whom_people_find_to_be_the_listed_one_is_cleared_no_longer(listed, officers):
    listed(people=PEOPLE)
    made = clears(officers, keep(officers[0]))
    assert keep(officers[0]).outcome == "clear"
    reviews.appeal(officers[2], made.pk, "The bank knows more")
    assert keep(officers[0]).outcome == "review", "in doubt nobody stays cleared"
    reviews.decide(officers[2], made.pk, "same", "The same father and number")
    reviews.confirm(officers[3], made.pk)
    assert not cleared.index(officers[0])
    assert keep(officers[0]).outcome == "review"


def test_what_was_found_in_a_later_check_ends_an_earlier_line_too(listed, officers, monkeypatch):
    listed(people=PEOPLE)
    clears(officers, keep(officers[0]))
    with monkeypatch.context() as patched:  # sent by somebody whose check began before the first was decided
        patched.setattr(cleared, "known", lambda *_: ())
        second = keep(officers[0])
    reviews.decide(officers[2], second.pk, "same", "It is he")
    reviews.confirm(officers[3], second.pk)
    assert keep(officers[0]).outcome == "review"


def test_nobody_is_cleared_of_what_the_list_says_only_since(listed, officers):
    """People looked at one version of the list; the other says that he uses this very number."""
    listed(people=PEOPLE)
    made = keep(officers[0])
    reviews.decide(officers[0], made.pk, "other", "Another father")
    listed(people={"T.1": ((*PEOPLE["T.1"][0], "Аркадий ЩЕБЕТНЁВ"), "1961-05-17", "asset freeze")})
    assert reviews.confirm(officers[1], made.pk).state == Decision.State.OTHER
    assert not Cleared.objects.exists()
    assert keep(officers[0]).outcome == "review"


def test_another_version_that_says_the_same_of_the_entry_changes_nothing(listed, officers):
    listed(people=PEOPLE)
    made = keep(officers[0])
    listed(people=PEOPLE | {"T.7": (("Nobody OF THAT NAME",), "", "asset freeze")})
    clears(officers, made)
    assert keep(officers[0]).outcome == "clear"


def test_what_nobody_can_look_up_again_clears_nobody(listed, officers, monkeypatch):
    from clarion.screening.service import screens

    listed(people=PEOPLE)
    made = keep(officers[0])
    listed(people=PEOPLE | {"T.7": (("Nobody OF THAT NAME",), "", "asset freeze")})

    def gone(*_):
        raise UnknownName("gone")

    monkeypatch.setattr(screens, "said_of", gone)
    clears(officers, made)
    assert not Cleared.objects.exists()


def test_whoever_asks_for_other_lists_keeps_nobody_waiting(listed, officers, monkeypatch):
    """An old decision worked out again, or a single list asked for, pushed the lists in force out of the memory."""
    import threading

    from clarion.screening.service import lists, match, policies, reproduce, screens
    from clarion.screening.service.check import check

    listed(people=PEOPLE)
    old = keep(officers[0])
    listed(people=PEOPLE | OTHERS), listed("test-uk", people=OTHERS), listed("status-x", people=OTHERS)
    payee = asked({"name": "Сидоров Олег"})
    check(officers[0], payee)
    force = {screens._key(of) for of in (lists.loaded().sanctions, lists.loaded().statuses)}
    held = dict(screens._held)
    query = match.Query(properties={"name": ["Сидоров Олег"]})
    for source in ("test-uk", "test-eu"):
        match.match(officers[0], {"a": query}, match.Asked(source, 5, 0.7, 0.0, "best"))
    assert reproduce.reproduce(officers[0], old.pk) == reproduce.SAME
    assert len(screens._held) <= 3
    assert all(screens._held[key] is held[key] for key in force)
    answered = threading.Event()
    with screens._lock:  # somebody's old version is being read
        use = policies.use(policies.DEFAULT)
        thread = threading.Thread(target=lambda: (screens.sanctions(lists.loaded(), use), answered.set()))
        thread.start()
        assert answered.wait(10)
    thread.join()


def test_what_is_past_its_day_is_shown_no_more_and_goes_without_a_new_worker(listed, officers, client):
    from datetime import date, timedelta

    from clarion.access.store.models import User
    from clarion.screening.models import Batch
    from clarion.screening.service.batch import batches, job, shelf

    listed(people=PEOPLE)
    first = officers[0]
    sent = [batches.start(first, f"ФИО\n{NAME}\n".encode()) for _ in range(2)]
    for one in sent:
        batches.choose(first, one.pk, {"name": "0"})
        job.work_batch.func(str(one.pk))
    kept = keep(first)
    yesterday = date.today() - timedelta(2)
    Batch.objects.filter(pk=sent[0].pk).update(keep_until=yesterday)
    client.force_login(User.objects.get(username="first"))
    assert client.get(f"/screening/batches/{sent[0].pk}/answers.csv").status_code == 404
    assert str(sent[0].pk) not in client.get("/screening/batches/").content.decode()
    assert shelf.folder(str(sent[0].pk)).is_dir()
    job.work_batch.func(str(sent[1].pk))
    assert not shelf.folder(str(sent[0].pk)).exists()
    assert client.get(f"/screening/batches/{sent[1].pk}/answers.csv").status_code == 200
    Decision.objects.filter(pk=kept.pk).update(keep_until=yesterday)
    rescreen.rescreen(first)
    assert not Decision.objects.filter(pk=kept.pk).exists()


def test_nobody_who_waits_is_hidden_behind_those_who_came_later(listed, officers, monkeypatch):
    listed(people=PEOPLE)
    waiting = [keep(officers[0]).pk for _ in range(4)]
    monkeypatch.setattr(decisions.index, "__defaults__", ((), 3))
    assert [one.decision.pk for one in reviews.queue(officers[1])] == waiting[:3]


def test_a_browser_remembers_nothing_that_was_typed(listed, officers, client):
    import re

    from clarion.access.store.models import User

    listed(people=PEOPLE)
    made = clears(officers, keep(officers[0]))
    client.force_login(User.objects.get(username="first"))
    for where in ("/screening/", f"/screening/decisions/{made.pk}/", "/screening/refusals/"):
        page = client.get(where).content.decode()
        fields = re.findall(r"<input(?![^>]*type=\"(?:hidden|checkbox|file)\")[^>]*>", page)
        assert fields
        assert not [field for field in fields if 'autocomplete="off"' not in field]


def test_whoever_writes_into_the_database_clears_nobody(listed, officers):
    """Without the key: a line that ended or ran out does not come back, nor does one that is another's."""
    from datetime import timedelta

    from django.utils import timezone

    from clarion.errors import StorageError

    def outcome(**more):
        try:
            return keep(officers[0], **more).outcome
        except StorageError:
            return "refused"

    today = timezone.now().date()
    listed(people=PEOPLE)
    clears(officers, keep(officers[0]))
    line = Cleared.objects.get()
    Cleared.objects.update(pair=asked({"name": NAME, "inn": "7707083893"}).mark("pair", "test-eu", "T.1"))
    assert outcome(birth="", inn="7707083893") != "clear"
    line.save()
    assert outcome() == "clear"
    with pytest.MonkeyPatch.context() as patched:
        later = timezone.now() + timedelta(400)
        patched.setattr(cleared, "datetime", type("Later", (), {"now": staticmethod(lambda _: later)}))
        Cleared.objects.update(until=today + timedelta(9999))
        assert outcome() == "review"
    cleared.end(officers[0], line.pk)
    Cleared.objects.update(ended_at=None)
    assert outcome() != "clear"


@pytest.mark.parametrize("how", ["changed", "lost", "emptied", "readable by others", "no letters"])
def test_another_key_or_none_clears_nobody(listed, officers, how):
    """What was found with the key of yesterday counts no longer, and no key that others know is used."""
    from clarion.config import config
    from clarion.errors import StorageError
    from clarion.screening.service import keys

    listed(people=PEOPLE)
    clears(officers, keep(officers[0]))
    assert keep(officers[0]).outcome == "clear"
    file = config().screening_key_file
    held = file.read_bytes()
    try:
        keys._key.cache_clear()
        file.unlink() if how == "lost" else file.chmod(0o644) if how == "readable by others" else file.write_bytes(
            {"changed": b"k" * 64, "emptied": b"", "no letters": b"\xff" * 64}[how]
        )  # fmt: skip
        if how in ("changed", "lost"):
            assert keep(officers[0]).outcome == "review"
            assert file.stat().st_mode & 0o077 == 0
        else:
            with pytest.raises(StorageError):
                keep(officers[0])
    finally:
        file.write_bytes(held)
        file.chmod(0o600)
        keys._key.cache_clear()
