"""Addresses of the register."""

from __future__ import annotations

from django.urls import path

from clarion.desk.releases import files, pages, trying

urlpatterns = [
    path("", pages.index, name="releases"),
    path("new/", trying.new, name="release-new"),
    path("trial/<uuid:pk>/", trying.trial, name="release-trial"),
    path("<slug:programme>/<str:name>/", pages.release, name="release"),
    path("<slug:programme>/<str:name>/numbers.<str:form>", files.numbers, name="release-numbers"),
    path("<slug:programme>/<str:name>/learned.<str:form>", files.learned, name="release-learned"),
    path("<slug:programme>/<str:name>/picture-<int:number>.svg", files.picture, name="release-picture"),
    path("<slug:programme>/<str:name>/files/<str:file>", files.as_it_left, name="release-file"),
]
