"""Which namesakes people have cleared, for commands that also work where there is no desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clarion.screening.service.check import Known


def register() -> Known:
    """The register of this data folder's desk; an empty one where no desk was ever opened here."""
    from clarion.desk.setup import desk_here, django_ready
    from clarion.screening.service.check import nobody

    if not desk_here():
        return nobody
    django_ready()
    from clarion.screening.service.cleared import known

    return known
