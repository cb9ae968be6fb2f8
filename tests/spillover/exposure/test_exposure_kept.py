"""Answers that are read from kept studies are those that are worked anew."""

from dataclasses import replace

import pytest

from clarion.access import Actor
from clarion.spillover.engine.exposure import ExposureQuestion, composite, country_profile, counts, exposure
from clarion.spillover.service import exposure as service
from clarion.spillover.service.tables import SEED, exposure_tables

QUESTION = ExposureQuestion("wheat", draws=200)
LARGER = replace(QUESTION, minimum_import=500_000.0)
ME = Actor.console()


@pytest.fixture
def studies():
    service._study.cache_clear()
    service._answer.cache_clear()
    service._of_country.cache_clear()
    return service._study.cache_info


def test_one_study_serves_every_question_of_a_commodity(studies):
    tables = exposure_tables()
    found = service.exposures(ME, QUESTION)
    assert sorted(found, key=lambda e: e.iso3) == sorted(exposure(QUESTION, tables, SEED), key=lambda e: e.iso3)
    assert service.counts_above(ME, LARGER) == counts(LARGER, tables, SEED)
    assert service.standings(ME, LARGER) == composite(LARGER, tables, SEED)
    assert studies().misses == 1


def test_a_second_country_works_no_study(studies):
    tables = exposure_tables()
    assert service.profile(ME, "EGY", QUESTION) == country_profile("EGY", QUESTION, tables, SEED)
    worked = studies().misses
    assert service.profile(ME, "ARM", QUESTION) == country_profile("ARM", QUESTION, tables, SEED)
    assert studies().misses == worked


def test_a_country_alone_has_the_figures_that_it_has_among_all():
    tables = exposure_tables()
    among = {e.iso3: e for e in exposure(QUESTION, tables, SEED)}
    for iso3 in ("EGY", "KGZ", "LBN"):
        (alone,) = exposure(replace(QUESTION, countries=(iso3,)), tables, SEED)
        assert alone == among[iso3]
