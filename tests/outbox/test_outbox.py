"""A proposal is left in the proposer's own transaction, and consumed exactly once."""

import threading
import time
from collections import Counter

import pytest
from django.db import connection, transaction

from clarion.outbox import Message
from clarion.outbox.store.models import Proposal
from clarion.outbox.store.verbs import consume, propose

pytestmark = pytest.mark.django_db


def plan(key, **body):
    return Message("plan", key, body)


def waiting(topic="plan"):
    return list(Proposal.objects.filter(topic=topic, consumed_at=None).order_by("pk").values_list("key", flat=True))


def test_once_by_topic_and_key():
    assert propose(plan("a", tonnes=1))
    assert not propose(plan("a", tonnes=2))
    assert propose(Message("other", "a"))
    assert Proposal.objects.get(topic="plan").body == {"tonnes": 1}


def test_consumed_once_oldest_first_and_not_again():
    for key in "cab":
        propose(plan(key))
    seen = []
    assert consume("plan", seen.append) == 3
    assert [m.key for m in seen] == ["c", "a", "b"]
    assert seen[0] == plan("c")
    assert consume("plan", seen.append) == 0
    assert not propose(plan("a"))  # it was already answered
    assert consume("nothing", seen.append) == 0


def test_only_the_topic_asked_for():
    propose(plan("a"))
    propose(Message("other", "b"))
    consume("other", lambda message: None)
    assert waiting() == ["a"]


def test_a_handler_that_fails_leaves_its_proposal_waiting_and_undoes_its_own_writes():
    for key in "abc":
        propose(plan(key))

    def handle(message):
        propose(Message("board", message.key))
        if message.key == "b":
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        consume("plan", handle)
    assert waiting() == ["b", "c"]
    assert waiting("board") == ["a"]
    assert consume("plan", lambda message: None) == 2


@pytest.mark.django_db(transaction=True)
def test_a_proposer_that_fails_proposes_nothing():
    def propose_and_fail():
        with transaction.atomic():
            propose(plan("a"))
            raise ValueError

    with pytest.raises(ValueError):
        propose_and_fail()
    assert waiting() == []


def at_once(work, count):
    """Run ``work`` in ``count`` threads that start together; raises what any of them raised."""
    gate, faults = threading.Barrier(count), []

    def one():
        gate.wait()
        try:
            work()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    if faults:
        raise faults[0]


@pytest.mark.django_db(transaction=True)
def test_consumers_at_once_share_the_work():
    for n in range(12):
        propose(plan(f"k{n}"))
    seen, counts = Counter(), []

    def handle(message):
        seen[message.key] += 1
        time.sleep(0.01)

    at_once(lambda: counts.append(consume("plan", handle)), 4)
    assert seen == Counter({f"k{n}": 1 for n in range(12)})
    assert sum(counts) == 12
    assert waiting() == []


@pytest.mark.django_db(transaction=True)
def test_proposers_at_once_propose_once():
    told = []
    at_once(lambda: told.append(propose(plan("same"))), 5)
    assert sorted(told) == [False] * 4 + [True]
    assert waiting() == ["same"]
