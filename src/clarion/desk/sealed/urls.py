"""Addresses of the page of sealed values."""

from __future__ import annotations

from django.urls import path

from clarion.desk.sealed import pages

urlpatterns = [
    path("", pages.index, name="sealed"),
    path("decide/", pages.decide, name="sealed-decide"),
    path("draw/", pages.draw, name="sealed-draw"),
    path("check/", pages.check, name="sealed-check"),
    path("lookup/", pages.lookup, name="sealed-lookup"),
    path("requests/", pages.ask, name="sealed-ask"),
    path("requests/<str:request_id>/", pages.bundle, name="sealed-bundle"),
    path("requests/<str:request_id>/answer/", pages.answer, name="sealed-answer"),
    path("requests/<str:request_id>/answers/", pages.answers, name="sealed-answers"),
    path("requests/<str:request_id>/outcomes/", pages.outcomes, name="sealed-outcomes"),
]
