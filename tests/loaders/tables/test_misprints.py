import pytest

from loaders.forms import FORMS
from loaders.tables.misprints import is_misprint, misprints
from loaders.tables.plan import plan_for
from tests.loaders.tables.toy import figures

PLAN = plan_for(FORMS[0], FORMS[0].editions[-1])


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("本年处里决定数量", "本年处理决定数量", True),
        ("本年处决定数量", "本年处理决定数量", True),
        ("本年处理决定数量量", "本年处理决定数量", True),
        ("本年处理决定数量", "本年处理决定数量", False),
        ("本年处里决疋数量", "本年处理决定数量", False),
        ("7本年处理决定数量", "本年处理决定数量", False),
        ("不同意公开答复数", "同意公开答复数", False),
        ("逾期办结数", "延期办结数", False),
        ("上年结转", "本年结转", False),
    ],
)
def test_a_misprint_has_one_wrong_letter_that_does_not_turn_the_meaning(text: str, key: str, *, expected: bool) -> None:
    assert is_misprint(text, key) is expected


def test_what_may_be_two_labels_or_another_label_is_no_misprint_of_either() -> None:
    key = "本年处理决定数量"
    assert list(misprints("行政强制本年处里决定数量", key, PLAN.official)) == [(4, 12)]
    others = PLAN.official | {"本年处里决定数量": frozenset({"another"})}
    assert list(misprints("本年处里决定数量", key, others)) == []
    others = PLAN.official | {"本年处里决定数": frozenset({"another"})}
    assert list(misprints("本年处里决定数量", key, others)) == []


TABLE = """第二十条第（一）项
信息内容 | 本年制发件数 | 本年废止件数 | 现行有交件数
规章 | 0 | 0 | 0
行政规范性文仵 | 2 | 1 | 9
第二十条第（五）项
信息内容 | 本年处理决定数量
行政许可 | 41
"""


def test_a_row_and_a_column_with_a_wrong_letter_are_read() -> None:
    assert figures(TABLE)["proactiveDisclosure.normativeDocuments.inForce"] == 9


def test_a_longer_word_around_a_label_is_no_misprint() -> None:
    text = TABLE.replace("行政规范性文仵", "各级行政规范性文仵")
    assert figures(text).get("proactiveDisclosure.normativeDocuments.inForce") is None
