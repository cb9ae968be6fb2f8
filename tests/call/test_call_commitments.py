"""Commitments: proposed by another room through the outbox, decided by an operator, told on the board."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from clarion.access import Actor
from clarion.call.service import board, commitments
from clarion.errors import BusyError, InputError, NotAllowed, UnknownName
from clarion.outbox import Message
from clarion.outbox.store.verbs import propose
from clarion.vocab import Commitment, Estimate, Interval, Money, Provenance, Quantity, Support

ME = Actor.console()
PLAN = Commitment(
    "economies", "Bread for six months", "Food aid where a closure would hurt most.",
    (Support("Food aid", "YEM", Quantity(1000.0, "person-years"), Money(Decimal("212000.00"), "USD")),),
    Money(Decimal("212000.00"), "USD"),
    Estimate(900.0, "person-years", Interval(700.0, 1000.0), "median", (Provenance("s", "2021", "t", rows=(2,)),)),
    "person-years under the requirement avoided", "ann", "/spillover/",
)  # fmt: skip


def leave(key="plan-1", **changed):
    with transaction.atomic():
        return propose(Message(Commitment.TOPIC, key, PLAN.to_dict() | changed))


def test_a_commitment_survives_being_written_as_json():
    assert Commitment.from_dict(json.loads(json.dumps(PLAN.to_dict()))) == PLAN


def test_it_comes_through_the_outbox_once_and_stands_under_its_action(db):
    assert leave()
    assert not leave()
    found = commitments.index(ME)
    assert [s.commitment for s in found] == [PLAN]
    assert len(commitments.index(ME)) == 1
    card = next(c for c in board(ME, [], found) if c.action.id == "economies")
    assert card.to_dict()["commitments"][0]["cost"] == {"amount": "212000.00", "currency": "USD"}


def test_steps_follow_one_another_and_are_logged(db):
    from clarion.access.store.models import LogEntry

    leave()
    pk = commitments.index(ME)[0].kept.pk
    assert commitments.get(ME, pk).next == ("committed", "declined")
    with pytest.raises(BusyError, match="does not follow"):
        commitments.decide(ME, pk, "done")
    for step in ("committed", "under-way", "done"):
        found = commitments.decide(ME, pk, step)
        assert found.kept.status == step
    assert found.next == ()
    assert found.kept.decided_by == "console"
    assert LogEntry.objects.filter(object=str(pk)).count() == 3


def test_declining_needs_a_reason(db):
    leave()
    pk = commitments.index(ME)[0].kept.pk
    for reason, complaint in (("", "Say why"), (" ", "Say why"), ("\x00\u202e ", "Say why"), ("x" * 1001, "too long")):
        with pytest.raises(InputError, match=complaint):
            commitments.decide(ME, pk, "declined", reason)
    assert commitments.decide(ME, pk, "declined", "Another\x1b donor pays.\ud800").kept.reason == "Another donor pays."


def test_what_is_not_there_or_not_allowed(db):
    leave()
    pk = commitments.index(ME)[0].kept.pk
    with pytest.raises(InputError, match="not one of those"):
        commitments.decide(ME, pk, "burned")
    with pytest.raises(NotAllowed):
        commitments.decide(Actor("2", "vi", "viewer"), pk, "committed")
    with pytest.raises(UnknownName):
        commitments.get(ME, "6f0f0f0e-0000-4000-8000-000000000000")


@pytest.mark.parametrize("changed", [{"action": "world-peace"}, {"cost": None}, {"supports": 3}, {"expected": {}}])
def test_a_proposal_that_cannot_be_read_closes_no_board_and_is_not_lost(db, changed, caplog):
    from clarion.outbox.store.models import Proposal

    leave("odd", **changed)
    leave()
    assert [s.kept.key for s in commitments.index(ME)] == ["plan-1"]
    assert "odd" in caplog.text
    assert Proposal.objects.get(key="odd").body["title"] == PLAN.title


@pytest.mark.parametrize("href", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_a_link_to_elsewhere_is_dropped(db, href):
    leave(href=href)
    assert commitments.index(ME)[0].commitment.href == ""


def test_the_pages(signed_in):
    leave()
    client = signed_in("operator")
    assert "Bread for six months" in client.get("/").content.decode()
    pk = commitments.index(ME)[0].kept.pk
    page = client.get(f"/commitments/{pk}/").content.decode()
    assert "212,000" in page
    assert "700 to 1,000" in page
    assert client.post(f"/commitments/{pk}/", {"do": "committed"}).status_code == 302
    assert "Work has begun" in client.get(f"/commitments/{pk}/").content.decode()


def test_a_viewer_reads_and_does_not_decide(signed_in):
    leave()
    pk = commitments.index(ME)[0].kept.pk
    client = signed_in("viewer")
    assert '<form method="post"><' not in client.get(f"/commitments/{pk}/").content.decode()
    assert client.post(f"/commitments/{pk}/", {"do": "committed"}).status_code == 403


def test_for_programs(client, account):
    from clarion.access.store.secrets import new_token

    leave()
    headers = {"authorization": "Bearer " + new_token(account("operator"), "test")}
    found = client.get("/api/v1/call/commitments", headers=headers).json()
    assert found[0]["status"] == "proposed"
    answer = client.post(
        f"/api/v1/call/commitments/{found[0]['id']}/decide", {"status": "committed"},
        content_type="application/json", headers=headers,
    )  # fmt: skip
    assert answer.json()["status"] == "committed"


def test_the_command_line(db, capsys):
    from typer.testing import CliRunner

    from clarion.cli import app

    leave()
    pk = str(commitments.index(ME)[0].kept.pk)
    ran = CliRunner().invoke(app, ["commitments", "--commit", pk, "--json"])
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)[0]["status"] == "committed"
    assert CliRunner().invoke(app, ["commitments", "--commit", "not-an-id"]).exit_code != 0
    with pytest.raises(ObjectDoesNotExist):
        type(commitments.index(ME)[0].kept).objects.get(status="proposed")


def test_a_reason_that_is_missing_is_asked_for_on_the_page(signed_in):
    leave()
    client = signed_in("operator")
    pk = commitments.index(ME)[0].kept.pk
    page = client.post(f"/commitments/{pk}/", {"do": "declined"})
    assert page.status_code == 422
    assert "Say why it is declined." in page.content.decode()
    assert "Bread for six months" in page.content.decode()
