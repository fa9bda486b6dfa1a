import pytest

from loaders.document import CellStatus
from tests.loaders.tables.toy import cells, figures

TORN = """第二十条第（一）项
{first}
{second}
第二十条第（五）项
信息内容 | 本年处理决定数量 |
行政许可 | 8 |
第二十条第（六）项
行政处罚 | 3 |
行政强制 | 0 |
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 4 | 60 |
行政规范性文件 | 11 | 120 |
第二十条第（八）项 | 本年收费金额（单位：万元） |
行政事业性收费 | 0 |
"""
PATHS = [
    f"proactiveDisclosure.{row}.{column}"
    for row in ("regulations", "normativeDocuments")
    for column in ("issuedThisYear", "repealedThisYear", "inForce")
]


def test_a_torn_out_column_goes_back_where_a_note_says_it_belongs() -> None:
    text = TORN.format(first="2", second="7\n（含自然失效 5 件）")
    found = cells(text)
    assert [found[path].value for path in PATHS] == [4, 2, 60, 11, 7, 120]
    assert {found[path].status for path in PATHS} == {CellStatus.PLACED}
    assert found["proactiveDisclosure.normativeDocuments.repealedThisYear"].note == "(含自然失效 5 件)"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2", "7"),
        ("2", "7（其中修订 5 件）"),
        ("2", "7（不含失效 5 件）"),
        ("2", "7（含自然失效 5 件）\n9"),
        ("2（新制定 1 件）", "7（含失效 5 件）"),
    ],
    ids=["no note", "a note that says nothing", "a note of what is not counted", "a figure too many", "two columns"],
)
def test_without_a_clear_note_the_column_stays_open(first: str, second: str) -> None:
    found = figures(TORN.format(first=first, second=second))
    assert [found[path] for path in PATHS] == [None] * 6
