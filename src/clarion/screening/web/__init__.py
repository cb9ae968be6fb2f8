"""The room's pages: a check, what was decided, the queue, batches, exemptions, refusals, lists.

Each view calls one use case.
"""

from __future__ import annotations

from django.urls import path

from clarion.screening.web import batches, check, decisions, exemptions, lists, refusals, register

app_name = "screening"
urlpatterns = [
    path("", check.check, name="check"),
    path("answer/", check.answer, name="answer"),
    path("queue/", decisions.queue, name="queue"),
    path("decisions/", decisions.index, name="decisions"),
    path("decisions/<uuid:pk>/", decisions.decision, name="decision"),
    path("decisions/<uuid:pk>/certificate/", decisions.certificate, name="certificate"),
    path("register/", register.register, name="register"),
    path("changes/", register.changes, name="changes"),
    path("batches/", batches.index, name="batches"),
    path("batches/<uuid:pk>/", batches.batch, name="batch"),
    path("batches/<uuid:pk>/decisions/", decisions.of_batch, name="batch-decisions"),
    path("batches/<uuid:pk>/answers.<str:form>", batches.answers, name="batch-answers"),
    path("exemptions/", exemptions.exemptions, name="exemptions"),
    path("refusals/", refusals.index, name="refusals"),
    path("refusals/totals/", refusals.totals, name="refusal-totals"),
    path("refusals/<uuid:pk>/", refusals.refusal, name="refusal"),
    path("refusals/<uuid:pk>/letter/", refusals.letter, name="refusal-letter"),
    path("lists/", lists.lists, name="lists"),
]
