"""The declared ratios: what the field asks for is there, and each is a formula over cells that reports can have."""

import pytest

from loaders.forms import FORMS, cells_of, requests
from loaders.forms.ratios import RATIOS, Ratio, editions_of, ratios_for

PATHS = {cell.path for cell in cells_of(FORMS)}
DENIED = {path for path in PATHS if path.startswith("requests.outcomes.denied.") and path.endswith(".total")}
BY_NAME = {ratio.name: ratio for ratio in RATIOS}


def test_names_are_unique() -> None:
    assert len(BY_NAME) == len(RATIOS)
    assert len({(ratio.numerator, ratio.denominator) for ratio in RATIOS}) == len(RATIOS)


@pytest.mark.parametrize("ratio", RATIOS, ids=lambda ratio: ratio.name)
def test_a_ratio_is_made_of_cells_that_some_edition_has_together(ratio: Ratio) -> None:
    assert PATHS.issuperset(ratio.paths)
    assert editions_of(ratio, FORMS)
    assert ratio.minimum > 0
    assert ratio.label.zh
    assert ratio.label.en


def test_the_grounds_of_denial_share_all_denials_among_them() -> None:
    grounds = [ratio for ratio in RATIOS if ratio.name.startswith("DENIED_AS_")]

    assert {ratio.numerator for ratio in grounds} == {(path,) for path in DENIED}
    assert {frozenset(ratio.denominator) for ratio in grounds} == {frozenset(DENIED)}


def test_the_kinds_of_applicant_share_all_requests_among_them() -> None:
    kinds = [ratio for ratio in RATIOS if ratio.denominator == ("requests.received.total",)]

    wanted = {f"requests.received.{column.id}" for column in requests.COLUMNS} - {"requests.received.total"}
    assert {path for ratio in kinds for path in ratio.numerator} == wanted


def test_a_ratio_is_told_only_in_editions_with_all_of_its_cells() -> None:
    assert editions_of(BY_NAME["NORMATIVE_DOCUMENTS_ISSUED_RATE"], FORMS) == ("E3",)
    assert editions_of(BY_NAME["DISCLOSURE_RATE"], FORMS) == ("E2", "E3")


def test_forms_without_the_cells_have_no_ratio() -> None:
    assert {ratio.name for ratio in ratios_for([requests.FORM])} >= {"DISCLOSURE_RATE", "BACKLOG_RATE"}
    assert "DISPUTE_RATE" not in {ratio.name for ratio in ratios_for([requests.FORM])}
    assert ratios_for(()) == ()
