"""The tools of keyholders and requester, over HTTP, with the desk itself."""

import re
import sys
from datetime import UTC, datetime

import pytest
from ceremony import Person
from keyholders import PERSON

from clarion.access.store.secrets import new_token
from clarion.outbox.store.verbs import waiting
from clarion.seal.errors import DeskError, NotEnough
from clarion.seal.store import erasure, renewal, rosters, sealing
from clarion.seal.store.models import SealedValue
from clarion.seal.tool.keyholder import main as keyholder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Colleagues:
    """Three keyholders, an officer and an auditor, each with an account, a token and a folder of keys."""

    def __init__(self, folder, url, account):
        self.folder, self.url, self.account = folder, url, account
        self.keyholders = [self.person(f"k{i}", "keyholder") for i in range(3)]
        self.officer = self.person("officer", "officer", "device")
        self.auditor = self.person("auditor", "auditor", "device")
        draft = folder / "roster.json"
        cards = [p.card for p in self.keyholders]
        assert self.keyholders[0].run(
            "rotate", "draft", "--first", "--keyholders", *cards, "--out", draft,
            "--device", self.officer.card, "nobody", "open,reseal,rescreen",
            "--device", self.auditor.card, "nobody", "audit",
        ) == 0  # fmt: skip
        self.sign(draft, *self.keyholders)
        assert self.officer.run("pin") == 0
        assert self.auditor.run("pin") == 0

    def person(self, label, role, kind="keyholder"):
        made = Person(self.folder, label, kind, datetime.now(UTC))
        user = self.account(role, label)
        made.actor = user.actor
        made.token.write_text(new_token(user, "tool") + "\n", encoding="ascii")
        return made.init(self.url)

    def sign(self, draft, *people):
        for person in people:
            assert person.run("rotate", "sign", draft, *(["--send"] if person is people[-1] else [])) == 0

    def ask(self, person, *words):
        """The id of a request that somebody makes."""
        assert person.run(*words) == 0
        return re.search(r"Request (\S{43}) was", person.out)[1]

    def approve(self, request, *who):
        for person in who:
            assert person.run("approve", request) == 0
        return request


@pytest.fixture
def people(live_server, tmp_path, account):
    return Colleagues(tmp_path / "people", live_server.url, account)


def keep(people, value=None):
    return sealing.keep(people.officer.actor, value or PERSON, room="giving", fields="payee")


def test_from_the_first_ceremony_to_the_opened_value(people):
    handle = keep(people)
    request = people.ask(people.officer, handle, "--reason", "Payment 7 came back")
    first, second, third = people.keyholders
    assert first.run("show") == 0
    assert "Payment 7 came back" in first.out
    people.approve(request, first)
    with pytest.raises(NotEnough, match="1 of 2"):
        people.officer.run("get", request)
    people.approve(request, first, second)
    assert people.officer.run("list") == 0
    assert "answered" in people.officer.out
    assert people.officer.run("get", request) == 0
    assert PERSON["name"] in people.officer.out
    request = people.approve(people.ask(people.officer, handle, "--reason", "once more"), first)
    assert third.run("stop", request) == 0
    for person, verb in ((second, "approve"), (people.officer, "get")):
        with pytest.raises(DeskError, match="has stopped this request"):
            person.run(verb, request)


def test_a_keyholder_is_replaced_and_all_is_sealed_anew(people):
    handle, others = keep(people), people.keyholders[1:]
    for number in range(12):  # together more than the desk reads at once
        keep(people, {"name": str(number), "note": "x" * 60_000})
    new = people.person("k-new", "keyholder")
    draft = people.folder / "next.json"
    others[0].run("rotate", "draft", "--remove", "k0", "--keyholders", new.card, "--out", draft)
    people.sign(draft, new, *others)
    assert rosters.in_force().document["epoch"] == 2
    before = SealedValue.objects.get(handle=handle).digest
    request = people.approve(people.ask(people.officer, "reseal", "--reason", "k0 has left"), *others)
    assert people.officer.run("reseal", request) == 0
    assert "has kept: 13 of 13" in people.officer.out
    assert SealedValue.objects.get(handle=handle).digest != before
    assert not SealedValue.objects.exclude(epoch=2)
    request = people.ask(people.officer, handle, "--reason", "does it open?")
    assert people.officer.run("get", people.approve(request, new, others[1])) == 0
    assert PERSON["name"] in people.officer.out


def test_an_auditor_draws_and_an_officer_rescreens(people):
    keep(people)
    keep(people, {"name": "b"})
    request = people.ask(people.auditor, "draw", "--room", "giving", "--count", "1", "--reason", "Audit")
    assert people.auditor.run("get", people.approve(request, *people.keyholders[:2])) == 0
    handles = list(SealedValue.objects.values_list("handle", flat=True))
    request = people.ask(people.officer, *handles, "--purpose", "rescreen", "--reason", "A new list")
    people.approve(request, *people.keyholders[1:])
    code = "import sys\nfor line in sys.stdin: print('clear')"
    assert people.officer.run("rescreen", request, "--", sys.executable, "-c", code, main=keyholder) == 0
    (proposal,) = waiting(renewal.RESCREENED)
    assert sorted(one["record"] for one in renewal.returned(proposal)) == sorted(handles)


def test_what_was_erased_is_not_asked_for(people):
    handle = keep(people)
    erasure.erase(people.officer.actor, [handle], "asked")
    with pytest.raises(DeskError, match="erased"):
        people.officer.run(handle, "--reason", "too late")
