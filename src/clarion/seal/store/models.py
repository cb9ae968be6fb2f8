"""Rosters, envelopes, requests and answers. No wraps (they lie in a store of their own), and nothing in the clear.

Row numbers are random: in order they would tell who was sealed before whom, and beside the payments' dates, who was
paid. For the same reason no time stands here that nobody needs.
"""

from __future__ import annotations

import secrets

from django.db import models


def random_number() -> int:
    return secrets.randbits(62)


class Roster(models.Model):
    """Every roster that was in force, whole, as its keyholders signed it."""

    serial = models.PositiveIntegerField(unique=True)
    digest = models.CharField(max_length=43, unique=True)
    document = models.TextField()


class SealedValue(models.Model):
    """An envelope; ``erased`` ones keep their handle only, so that nobody wonders where they went."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    handle = models.CharField(max_length=22, unique=True)
    room = models.CharField(max_length=20)
    fields = models.CharField(max_length=40)
    policy = models.CharField(max_length=40)
    epoch = models.PositiveIntegerField(db_index=True)
    revision = models.PositiveIntegerField()
    digest = models.CharField(max_length=43, unique=True)
    envelope = models.TextField(blank=True)
    erased = models.BooleanField(default=False)
    review_on = models.DateField(null=True, db_index=True)


class Opening(models.Model):
    """A request to open values, and how far it is."""

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        STOPPED = "stopped"
        DONE = "done"
        ENDED = "ended"

    id = models.BigAutoField(primary_key=True, default=random_number)
    request_id = models.CharField(max_length=43, unique=True)
    document = models.TextField(blank=True)
    purpose = models.CharField(max_length=10)
    policy = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    asked_by = models.CharField(max_length=40)
    until = models.DateTimeField()


class Answer(models.Model):
    """A keyholder's approval, refusal or stop, as they signed it."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE)
    keyholder = models.CharField(max_length=26)
    kind = models.CharField(max_length=10)
    document = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("opening", "keyholder", "kind"), name="seal_answer_once"),)
