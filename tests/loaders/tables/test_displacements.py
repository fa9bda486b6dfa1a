"""Figures that stand apart from what says whose they are become no false ones, and most are found.

`GONGKAI_DISTURBANCE_FILLINGS=20 pytest tests/loaders/tables/test_displacements.py` fills each table so often.
"""

import os

import pytest

from tests.loaders.tables.displacements import DISPLACEMENTS
from tests.loaders.tables.disturbances import Disturbance, outcomes, recovery

FILLINGS = int(os.environ.get("GONGKAI_DISTURBANCE_FILLINGS", "1"))
FLOORS = {"labels below": 0.85, "no whole numbers": 0.72, "words on the next line": 0.65, "boundless": 0.5}
"""Shares of the printed figures that are found; the numbers only rise."""

FLOOR = 0.9
"""The same of every other displacement."""


@pytest.mark.parametrize("displacement", DISPLACEMENTS, ids=lambda displacement: displacement.name)
def test_no_displacement_makes_a_figure_false_and_most_are_found(displacement: Disturbance) -> None:
    found = list(outcomes(displacement, FILLINGS))
    assert [(item.layout, item.edition, item.number, item.false) for item in found if item.false] == []
    assert recovery(found) >= FLOORS.get(displacement.name, FLOOR)
