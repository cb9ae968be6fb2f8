"""What the room keeps: people's own scenarios, runs with their answers, and plans made on them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from clarion.spillover import form as forms


class OwnScenario(models.Model):
    """A scenario that somebody wrote; ``owner`` is an actor's id. The text is kept as written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    text = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("owner", "name"), name="spillover_own_name"),)


class Run(models.Model):
    """One answer to a scenario, private to its owner until published.

    ``rule`` is ``monthly`` or that of a published yearly cascade; ``horizon`` months are run, 0 as the scenario says.
    ``kept_bytes`` is what its answer takes in the database, 0 while it has none; ``form`` that of its answer.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    trade = models.CharField(max_length=12)
    rule = models.CharField(max_length=12)
    horizon = models.PositiveSmallIntegerField(default=0)
    draws = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING, db_index=True)
    progress = models.FloatField(default=0.0)
    cancel_asked = models.BooleanField(default=False)
    error = models.JSONField(default=dict)
    published = models.BooleanField(default=False)
    kept_bytes = models.PositiveBigIntegerField(default=0)
    form = models.PositiveSmallIntegerField(default=forms.EARLIER)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)

    @property
    def ended(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.FAILED, self.Status.CANCELLED)

    @property
    def older(self) -> bool:
        """Whether an earlier version of Clarion kept its answer, so that it cannot be read."""
        return self.status == self.Status.DONE and self.form != forms.ANSWER

    @property
    def megabytes(self) -> float:
        """What its answer takes in the database."""
        return self.kept_bytes / 1e6


class Answer(models.Model):
    """A run's answer, apart from the run so that lists of runs stay light."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, primary_key=True)
    data = models.JSONField()
    draws = models.BinaryField()


class CountryAnswer(models.Model):
    """One country's months in the answer of a run by month, apart from it so that the run's page stays light."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE)
    iso3 = models.CharField(max_length=3)
    data = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("run", "iso3"), name="spillover_country_once"),)


class Plan(models.Model):
    """A support plan made on a run by month, private to its owner until it is proposed to the board.

    ``question`` is what was asked, in the form of a plan file; ``data`` the plan, empty until it is worked, and
    ``form`` that of the plan.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE)
    owner = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=200)
    question = models.JSONField()
    data = models.JSONField(default=dict)
    form = models.PositiveSmallIntegerField(default=forms.EARLIER)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING, db_index=True)
    error = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ("-created_at",)

    @property
    def ended(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.FAILED)

    @property
    def older(self) -> bool:
        """Whether an earlier version of Clarion kept it, so that it cannot be read."""
        return self.status == self.Status.DONE and self.form != forms.PLAN
