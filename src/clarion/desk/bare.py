"""A page for when something failed, made without context processors, templates and database: one of them may be it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _

from clarion.desk.language import reader_language


def bare_page(title: str, *paragraphs: str, status: int) -> HttpResponse:
    """The title, the paragraphs, and a way back."""
    told = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return HttpResponse(
        f'<!doctype html><html lang="{reader_language()}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)} – Clarion</title><main><h1>{escape(title)}</h1>{told}"
        f'<p><a href="/">{escape(_("Start from the home page"))}</a></p></main></html>',
        status=status,
    )
