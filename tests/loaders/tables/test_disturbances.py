"""Whatever agencies and extractions do to whole tables, no figure is false, and most are found.

`GONGKAI_DISTURBANCE_FILLINGS=20 pytest tests/loaders/tables/test_disturbances.py` fills each table so often.
"""

import os

import pytest

from tests.loaders.tables.disturbances import DISTURBANCES, LAYOUTS, Disturbance, disturbed, outcomes, recovery
from tests.loaders.tables.toy import figures

FILLINGS = int(os.environ.get("GONGKAI_DISTURBANCE_FILLINGS", "1"))
FLOORS = {
    "dash for zero": 0.91,
    "blank for zero": 0.58,
    "only totals": 0.45,
    "only totals, dashes": 0.88,
    "unknown header": 0.94,
    "typos in headers": 0.95,
    "typos in rows": 0.91,
    "cut download": 0.94,
    "units in cells": 0.89,
    "notes in cells": 0.95,
}
"""Shares of the printed figures that are found; the numbers only rise."""

FLOOR = 0.97
"""The same of every other disturbance."""


@pytest.mark.parametrize("disturbance", DISTURBANCES, ids=lambda disturbance: disturbance.name)
def test_no_disturbance_makes_a_figure_false_and_most_are_found(disturbance: Disturbance) -> None:
    found = list(outcomes(disturbance, FILLINGS))
    false = [(item.layout, item.edition, item.number, item.false) for item in found if item.false]
    assert false == []
    assert recovery(found) >= FLOORS.get(disturbance.name, FLOOR)


def test_the_matrix_is_as_wide_as_promised() -> None:
    assert (len(LAYOUTS), len(DISTURBANCES)) >= (12, 25)
    assert len({item.name for item in DISTURBANCES}) == len(DISTURBANCES)
    assert FLOORS.keys() <= {item.name for item in DISTURBANCES}


def test_prose_with_the_words_of_another_edition_does_not_make_the_table_its() -> None:
    (prose,) = (item for item in DISTURBANCES if item.name == "words of another edition")
    text, true = disturbed("bars", prose, "E2")
    assert {path: value for path, value in figures(text).items() if value is not None} == true
