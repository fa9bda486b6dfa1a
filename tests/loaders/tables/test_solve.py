from collections.abc import Mapping

from loaders.tables.balance import Balance, Reading
from loaders.tables.cells import token
from loaders.tables.plan import plan_for
from loaders.tables.readings import Origin, Readings
from loaders.tables.solve import Solved, solve
from tests.loaders.tables.toy import FIRST, ORCHARD

PLAN = plan_for(ORCHARD, FIRST)
NAMES = {"picked": 0, "stored": 1, "sold": 2, "spoiled": 3, "left": 4}


def reading(text: str) -> Reading:
    return tuple(None if part == "?" else token(part.replace("_", ""), 0, len(part)) for part in text.split())


def rows(origins: Mapping[str, Origin] | None = None, /, **texts: list[str]) -> dict[int, Readings]:
    whole = {"picked": ["5 1 6"], "stored": ["1 0 1"], "sold": ["4 1 5"], "spoiled": ["0 0 0"], "left": ["2 0 2"]}
    found = {}
    for name, options in (whole | texts).items():
        origin = (origins or {}).get(name, Origin.PRINTED)
        verdict = Balance.HOLDS if origin is not Origin.PRINTED else Balance.SILENT
        found[NAMES[name]] = Readings(tuple(map(reading, options)), origin, verdict, glued=origin is Origin.CUT)
    return found


def left(solved: Mapping[int, Solved], name: str) -> list[str]:
    return [" ".join(item.text if item else "?" for item in option) for option in solved[NAMES[name]].readings.options]


def believed(solved: Mapping[int, Solved], name: str) -> set[int]:
    return set(solved[NAMES[name]].believed)


def test_rows_as_printed_are_believed_whatever_the_sums_say() -> None:
    solved = solve(rows(left=["9 9 18"]), PLAN.crossings)
    assert all(item.believed == {0, 1, 2} for item in solved.values())


def test_a_sum_across_rows_decides_between_cuts() -> None:
    solved = solve(rows({"sold": Origin.CUT}, sold=["4 1 5", "41 5 46"]), PLAN.crossings)
    assert left(solved, "sold") == ["4 1 5"]
    assert believed(solved, "sold") == {0, 1, 2}
    assert solved[NAMES["sold"]].readings.rules == ("T1",)


def test_two_open_rows_are_decided_together() -> None:
    cuts = {"sold": Origin.CUT, "left": Origin.CUT}
    solved = solve(rows(cuts, sold=["4 1 5", "5 0 5"], left=["2 0 2", "0 2 2"]), PLAN.crossings)
    assert (left(solved, "sold"), left(solved, "left")) == (["4 1 5"], ["2 0 2"])


def test_cuts_that_all_sums_allow_stay_open() -> None:
    cuts = {"sold": Origin.CUT, "left": Origin.CUT}
    solved = solve(rows(cuts, sold=["4 1 5", "5 1 6"], left=["2 0 2", "1 0 1"]), PLAN.crossings)
    assert (len(left(solved, "sold")), len(left(solved, "left"))) == (2, 2)


def test_sums_that_contradict_each_other_decide_nothing() -> None:
    # the red column wants the first cut, the column of totals the second
    solved = solve(rows({"sold": Origin.CUT}, sold=["4 1 5", "3 1 4"], left=["2 0 3"]), PLAN.crossings)
    assert left(solved, "sold") == ["4 1 5", "3 1 4"]


def test_a_figure_of_a_row_with_lost_cells_is_believed_once_another_row_confirms_it() -> None:
    lost = ["4 1 5", "? 4 5"]
    solved = solve(rows({"sold": Origin.LOST}, sold=lost), PLAN.crossings)
    assert left(solved, "sold") == ["4 1 5"]
    assert believed(solved, "sold") == {0, 1, 2}


def test_a_row_with_lost_cells_that_nothing_confirms_is_not_believed() -> None:
    solved = solve({NAMES["sold"]: rows({"sold": Origin.LOST}, sold=["4 1 5"])[NAMES["sold"]]}, PLAN.crossings)
    assert believed(solved, "sold") == set()


def test_a_row_with_lost_cells_that_an_equation_contradicts_is_not_believed() -> None:
    solved = solve(rows({"sold": Origin.LOST}, sold=["3 1 4"]), PLAN.crossings)
    assert believed(solved, "sold") == set()


def test_two_rows_with_lost_cells_do_not_confirm_each_other() -> None:
    lost = {"sold": Origin.LOST, "left": Origin.LOST}
    solved = solve(rows(lost, sold=["4 1 5"], left=["2 0 2"]), PLAN.crossings)
    assert believed(solved, "sold") == believed(solved, "left") == set()


def test_zeros_whose_place_is_lost_do_not_keep_other_rows_from_being_confirmed() -> None:
    lost = {"sold": Origin.LOST, "spoiled": Origin.LOST}
    solved = solve(rows(lost, sold=["4 1 5", "? 4 5"], spoiled=["0 ? 0", "? 0 0"]), PLAN.crossings)
    assert left(solved, "sold") == ["4 1 5"]


def test_an_equation_with_a_missing_row_is_not_used() -> None:
    partial = {index: item for index, item in rows({"sold": Origin.CUT}, sold=["4 1 5", "3 1 4"]).items() if index}
    assert len(left(solve(partial, PLAN.crossings), "sold")) == 2
