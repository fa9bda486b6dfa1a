import pytest

from loaders.document import CellStatus
from tests.loaders.tables.toy import cells, figures

ABOVE = """二、主动公开政府信息情况
第二十条第（一）项 |
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 0 | 0 | 0 |
行政规范性文件 | 2 | 1 | 9 |
第二十条第（五）项 |
信息内容 | {header}
行政许可 | {cells}
第二十条第（六）项 |
信息内容 | 本年处理决定数量 |
行政处罚 | 6 |
行政强制 | 3 |
第二十条第（八）项 |
信息内容 | 本年收费金额（单位：万元） |
行政事业性收费 | 0 |
"""
LICENSING = "proactiveDisclosure.licensing.decisions"


def test_an_unknown_word_over_the_only_column_names_it() -> None:
    found = cells(ABOVE.format(header="办件总量（件） |", cells="41 |"))[LICENSING]
    assert (found.value, found.status) == (41, CellStatus.REPORTED)


@pytest.mark.parametrize(
    ("header", "row"),
    [("上一年项目数量 |", "41 |"), ("办件总量 | 其中线上 |", "41 | 40 |"), ("办件总量 |", "|")],
    ids=["a column of another edition", "two columns", "nothing in it"],
)
def test_no_other_column_is_taken_for_it(header: str, row: str) -> None:
    assert figures(ABOVE.format(header=header, cells=row)).get(LICENSING) is None
