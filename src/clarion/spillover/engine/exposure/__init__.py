"""Exposure: who depends on the origins, by commodity, through whom, and how sure. Every figure carries its interval."""

from clarion.spillover.engine.exposure.answer import Exposure, Flag, share_name
from clarion.spillover.engine.exposure.assemble import exposure
from clarion.spillover.engine.exposure.composite import Standing, composite
from clarion.spillover.engine.exposure.counts import counts
from clarion.spillover.engine.exposure.partners import Partner, partners
from clarion.spillover.engine.exposure.profile import CountryProfile, NotKnown, country_profile
from clarion.spillover.engine.exposure.question import RUSSIA_AND_UKRAINE, ExposureQuestion, ExposureTables
from clarion.spillover.engine.exposure.study import Study, Worker, study
from clarion.spillover.engine.exposure.wider import Wider

__all__ = [
    "RUSSIA_AND_UKRAINE",
    "CountryProfile",
    "Exposure",
    "ExposureQuestion",
    "ExposureTables",
    "Flag",
    "NotKnown",
    "Partner",
    "Standing",
    "Study",
    "Wider",
    "Worker",
    "composite",
    "country_profile",
    "counts",
    "exposure",
    "partners",
    "share_name",
    "study",
]  # fmt: skip
