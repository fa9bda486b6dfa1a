"""Every cell of every sample and of every gold report, exactly, and nothing invented."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from loaders.document import CellStatus
from tests.loaders.tables.damage import GOLDEN, SAMPLES, text_of
from tests.loaders.tables.toy import cells, figures
from tests.shared import GOLD, REPORTS


@dataclass(frozen=True, slots=True)
class Score:
    """How a reading compares to gold: what differs, and what was given where gold says nobody can tell."""

    different: list[tuple[str, float | None, float | None]]
    invented: list[str]


def score(report: Path, gold: Path) -> Score:
    expected = json.loads(gold.read_text(encoding="utf-8"))
    found = figures(text_of(report))
    return Score(
        [(path, value, found.get(path)) for path, value in expected["cells"].items() if found.get(path) != value],
        [path for path in expected["ambiguous"] if found.get(path) is not None],
    )


@pytest.mark.parametrize("gold", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_every_cell_of_a_sample_is_read_exactly(gold: Path) -> None:
    name = json.loads(gold.read_text(encoding="utf-8"))["file"]
    result = score(SAMPLES / name, gold)
    assert (result.different, result.invented) == ([], [])


@pytest.mark.shared
@pytest.mark.parametrize("gold", sorted(GOLD.glob("tables-*.json")) or [GOLD], ids=lambda path: path.stem)
def test_the_cells_of_a_report_of_the_owner_are_read_exactly_and_none_is_false(gold: Path) -> None:
    name = json.loads(gold.read_text(encoding="utf-8"))["file"]
    result = score(REPORTS / name, gold)
    assert (result.different, result.invented) == ([], [])


def check_quotes(text: str) -> None:
    for cell in cells(text).values():
        has_value = cell.status in {CellStatus.REPORTED, CellStatus.PLACED}
        assert (cell.value is not None) == has_value, cell
        if cell.status is CellStatus.MISSING:
            assert (cell.start, cell.end, cell.text) == (None, None, None)
        else:
            assert text[cell.start : cell.end] == cell.text, cell


@pytest.mark.parametrize("gold", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_every_cell_of_a_sample_quotes_its_place_and_has_a_value_if_and_only_if_its_status_says_so(gold: Path) -> None:
    check_quotes(text_of(SAMPLES / json.loads(gold.read_text(encoding="utf-8"))["file"]))


@pytest.mark.shared
@pytest.mark.parametrize("gold", sorted(GOLD.glob("tables-*.json")) or [GOLD], ids=lambda path: path.stem)
def test_every_cell_of_a_report_of_the_owner_quotes_its_place_to_the_letter(gold: Path) -> None:
    check_quotes(text_of(REPORTS / json.loads(gold.read_text(encoding="utf-8"))["file"]))
