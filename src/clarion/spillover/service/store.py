"""Keep the answer of a run, and what it takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clarion.spillover import form

if TYPE_CHECKING:
    from clarion.spillover.models import Run


def store(run: Run, data: dict[str, Any], draws: bytes, countries: Mapping[str, dict[str, Any]] | None = None) -> None:
    """Keep an answer in the caller's transaction; one that was kept of the same run before gives way.

    ``countries`` are the months of each by its code, where the answer has any.
    """
    from clarion.spillover.models import Answer, CountryAnswer, Run

    found = countries or {}
    Answer.objects.update_or_create(run=run, defaults={"data": data, "draws": draws})
    CountryAnswer.objects.filter(run=run).delete()
    CountryAnswer.objects.bulk_create(
        [CountryAnswer(run=run, iso3=iso3, data=of) for iso3, of in found.items()], batch_size=100
    )
    size = len(draws) + sum(len(json.dumps(part)) for part in (data, *found.values()))
    Run.objects.filter(pk=run.pk).update(kept_bytes=size, form=form.ANSWER)
