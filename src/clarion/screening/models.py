"""What the room keeps: decisions and their steps, cleared namesakes, batches, refusals by others. Whom they are about
is locked with a key that the database does not hold (``service.keys``)."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """A file of payees that is screened. Its rows lie locked in the data folder until it is done; ``columns`` says
    which of the file's columns is what, by number: its headings are not kept."""

    class Status(models.TextChoices):
        CHOOSING = "choosing", _("Columns to be chosen")
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=40, db_index=True)
    use = models.CharField(max_length=40)
    rows = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CHOOSING, db_index=True)
    progress = models.FloatField(default=0.0)
    error = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    keep_until = models.DateField(db_index=True)

    class Meta:
        ordering = ("-made_at",)

    @property
    def ended(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.FAILED)


class Decision(models.Model):
    """One screening that was kept. ``payee`` is the mark of whom it was about, ``body`` holds payee and answer, locked.

    ``answer`` is the SHA-256 of the answer, ``screened_by`` names the versions of the lists that it was last screened
    by; ``proposed`` is what one person decided that waits for a second, ``part`` that of its batch.
    """

    class State(models.TextChoices):
        MADE = "made", _("Nothing to decide")
        WAITING = "waiting", _("To be decided")
        SECOND = "second", _("Waits for a second person")
        SAME = "same", _("The listed one")
        OTHER = "other", _("Somebody else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payee = models.CharField(max_length=43, db_index=True)
    body = models.BinaryField()
    answer = models.CharField(max_length=64)
    outcome = models.CharField(max_length=12, db_index=True)
    use = models.CharField(max_length=40)
    screened_by = models.CharField(max_length=64, db_index=True)
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True)
    part = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.MADE, db_index=True)
    proposed = models.CharField(max_length=8, blank=True, default="")
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)
    keep_until = models.DateField(db_index=True)

    class Meta:
        ordering = ("-made_at",)


class Step(models.Model):
    """What somebody did with a decision, in order; ``told`` is why, locked."""

    class Kind(models.TextChoices):
        DECIDED = "decided"
        CONFIRMED = "confirmed"
        SENT_BACK = "sent-back"
        APPEALED = "appealed"
        CHANGED = "changed"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    verdict = models.CharField(max_length=12, blank=True, default="")
    told = models.BinaryField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)


class Cleared(models.Model):
    """A payee who is not the listed one, so that nobody has to prove it twice. ``pair`` is the mark of payee and listed
    entry together; ``body`` says which entry in which state, why, who decided and until when, locked; of one that ended
    nothing is left in it."""

    pair = models.CharField(max_length=43, db_index=True)
    body = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)
    until = models.DateField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(Decision, on_delete=models.SET_NULL, null=True)


class Refusal(models.Model):
    """A transfer or service that somebody else refused. Who refused, whose it was, the amount and the words are in
    ``body``, locked; what totals count stands beside it."""

    class By(models.TextChoices):
        BANK = "bank", _("Bank")
        PAYMENT = "payment", _("Payment or card service")
        PLATFORM = "platform", _("Platform or software firm")
        COURIER = "courier", _("Courier or post")
        TELECOM = "telecom", _("Telephone or internet firm")
        INSURER = "insurer", _("Insurer")
        SCHOOL = "school", _("School or university")
        OTHER = "other", _("Other")

    class Service(models.TextChoices):
        TRANSFER = "transfer", _("Transfer of money")
        ACCOUNT = "account", _("Account")
        CARD = "card", _("Card")
        SOFTWARE = "software", _("Software or hosting")
        DELIVERY = "delivery", _("Delivery")
        CONNECTION = "connection", _("Telephone or internet")
        INSURANCE = "insurance", _("Insurance")
        PLACE = "place", _("Place to study")
        OTHER = "other", _("Other")

    class Reason(models.TextChoices):
        NATIONALITY = "nationality", _("Nationality or residence")
        NAMESAKE = "namesake", _("Name like a listed one")
        CHAIN = "chain", _("Listed bank on the way")
        LISTED = "listed", _("Said to be listed")
        POLICY = "policy", _("Own policy on risk")
        PAPERS = "papers", _("Papers")
        NONE = "none", _("No reason given")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        SENT = "sent", _("Letter sent")
        ANSWERED = "answered", _("Answered")
        RESOLVED = "resolved", _("Resolved")
        GIVEN_UP = "given-up", _("Given up")

    class Outcome(models.TextChoices):
        UNKNOWN = "unknown", _("Not known yet")
        DONE = "done", _("Carried out after all")
        PART = "part", _("Carried out in part")
        UPHELD = "upheld", _("Refused again")
        ELSEWHERE = "elsewhere", _("Done another way")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.CharField(max_length=10, choices=By.choices, db_index=True)
    service = models.CharField(max_length=10, choices=Service.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN, db_index=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.UNKNOWN)
    refused_on = models.DateField()
    body = models.BinaryField()
    decision = models.ForeignKey(Decision, on_delete=models.SET_NULL, null=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)
    keep_until = models.DateField(db_index=True)

    class Meta:
        ordering = ("-refused_on", "-made_at")
