from loaders.document import CellStatus
from tests.loaders.tables.test_order import EVERY, TOY, table
from tests.loaders.tables.toy import figures, statuses

HEADLESS = table("红果 | 青果 | 合计数", 2, 0, 1).replace("红果 | 青果 | 合计数", "甲 | 乙 | 丙")


def test_columns_whose_sums_fail_throughout_are_others_than_the_forms() -> None:
    assert set(statuses(HEADLESS, TOY).values()) == {CellStatus.AMBIGUOUS}


def test_a_few_sums_that_fail_are_the_sources() -> None:
    text = table("红果 | 青果 | 合计数", 0, 1, 2).replace("| 5 | 1 | 6 |", "| 5 | 1 | 8 |").replace("红果", "红 果")
    assert figures(text, TOY) == EVERY | {"orchard.picked.total": 8}


def test_a_fault_of_the_source_does_not_hide_the_order_of_the_columns() -> None:
    text = table("合计数 | 红果 | 青果", 2, 0, 1).replace("| 6 | 5 | 1 |", "| 8 | 5 | 1 |")
    assert figures(text, TOY) == EVERY | {"orchard.picked.total": 8}
