"""From tonnes to people: energy lost a person a day, and people pushed under the requirement."""

from clarion.spillover.engine.people.balances import Balance, balances
from clarion.spillover.engine.people.energy import kcal_per_person_day
from clarion.spillover.engine.people.food_share import FoodShare, food_share
from clarion.spillover.engine.people.inputs import Figure, Nutrition, nutrition
from clarion.spillover.engine.people.intake import Intake, intake
from clarion.spillover.engine.people.undernourishment import (
    CV_ERROR,
    DES_ERROR,
    POU_ERROR,
    calibrated_mder,
    drawn,
    drawn_pou,
    newly_undernourished,
    pou,
)

__all__ = [
    "CV_ERROR", "DES_ERROR", "POU_ERROR", "Balance", "Figure", "FoodShare", "Intake", "Nutrition", "balances",
    "calibrated_mder", "drawn", "drawn_pou", "food_share", "intake", "kcal_per_person_day", "newly_undernourished",
    "nutrition", "pou",
]  # fmt: skip
