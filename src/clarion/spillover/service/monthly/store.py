"""Keep the answer of a run by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clarion.spillover.models import Run
    from clarion.spillover.service.monthly.work import Worked


def store(run: Run, found: Worked) -> None:
    """Keep an answer in the caller's transaction; one that was kept of the same run before gives way."""
    from clarion.spillover.models import Answer, CountryAnswer

    Answer.objects.update_or_create(run=run, defaults={"data": found.data, "draws": found.draws})
    CountryAnswer.objects.filter(run=run).delete()
    CountryAnswer.objects.bulk_create(
        [CountryAnswer(run=run, iso3=iso3, data=data) for iso3, data in found.countries.items()], batch_size=100
    )
