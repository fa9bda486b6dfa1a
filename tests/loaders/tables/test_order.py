import pytest

from loaders.document import CellStatus
from loaders.forms import FORMS
from loaders.tables.layouts import mask
from loaders.tables.order import Order, orders_of
from loaders.tables.stretches import stretches_of
from loaders.text.folding import fold
from tests.loaders.tables.toy import OFFICIAL, ORCHARD, WEATHER, cells, figures, statuses, stretch

TOY = (ORCHARD,)
ROWS = """\
一、本年采摘数量 | {} | {} | {} |
二、上年库存数量 | {} | {} | {} |
(一)售出 | {} | {} | {} |
(二)损耗数量 | {} | {} | {} |
四、年末库存数量 | {} | {} | {} |
"""
FIGURES = {"picked": (5, 1, 6), "stored": (1, 0, 1), "sold": (4, 1, 5), "spoiled": (0, 0, 0), "left": (2, 0, 2)}
COLUMNS = ("red", "green", "total")
EVERY = {
    f"orchard.{row}.{column}": value
    for row, values in FIGURES.items()
    for column, value in zip(COLUMNS, values, strict=True)
}


def table(header: str, *order: int) -> str:
    return f"项目 | {header} |\n" + ROWS.format(*(values[place] for values in FIGURES.values() for place in order))


def order(text: str) -> Order:
    (found,) = orders_of(mask(fold(text)), stretch(text))
    return found


def test_a_header_in_the_order_of_the_form_agrees() -> None:
    found = order(table("红果 | 青果 | 合计数", 0, 1, 2))
    assert (found.agrees, found.disagrees) == (True, False)


@pytest.mark.parametrize(
    ("header", "places"),
    [("合计数 | 红果 | 青果", (2, 0, 1)), ("青果 | 红果 | 合计数", (1, 0, 2)), ("青果 | 合计数 | 红果", (1, 2, 0))],
)
def test_cells_stand_in_the_columns_that_the_header_names(header: str, places: tuple[int, ...]) -> None:
    text = table(header, *places)
    assert order(text).orders == ((tuple(range(5)), places),)
    assert figures(text, TOY) == EVERY
    assert figures(text.replace(" |", "").replace(" ", "\t"), TOY) == EVERY


def test_a_stacked_header_names_the_columns_of_the_form_in_another_order_of_the_text() -> None:
    text = """申请人情况 |
自然人 | 法人或其他组织 | 总计 |
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |
一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 21 |
二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
""" + "".join(
        f"{label} | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
        for label in (
            "(一)予以公开", "(二)部分公开", "1.属于国家秘密", "2.其他法律行政法规禁止公开", "4.保护第三方合法权益",
            "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项",
        )
    )  # fmt: skip
    (found,) = stretches_of(mask(fold(text)), FORMS)
    assert [item.agrees for item in orders_of(mask(fold(text)), found)] == [True]
    assert figures(text)["requests.received.total"] == 21
    swapped = text.replace("商业企业 | 科研机构", "科研机构 | 商业企业")
    assert figures(swapped)["requests.received.commercialEnterprise"] == 3
    assert figures(swapped)["requests.received.total"] == 21


def test_a_header_that_other_words_tear_apart_is_not_followed() -> None:
    torn = table("红果 |\n甲乙丙丁戊己庚辛壬癸子丑寅卯\n青果 | 合计数 | 红果", 0, 1, 2)
    assert (order(torn).disagrees, order(torn).orders) == (True, ())
    assert [path for path, value in figures(torn, TOY).items() if value not in {None, EVERY[path]}] == []


def test_a_header_whose_spanning_label_is_lost_leaves_it_to_the_sums() -> None:
    text = table("红果 | 合计数 |\n青果", 0, 1, 2)
    assert not order(text).firm
    assert figures(text, TOY) == EVERY


def test_where_no_sum_tells_the_columns_that_differ_are_ambiguous() -> None:
    words = table("青果 | 红果 | 合计数", 1, 0, 2).replace(" |", "").replace(" ", "\n")
    found = cells(words.replace("\n青果\n红果", "\n青果\n三、全年去向\n红果"), TOY)
    assert found["orchard.picked.total"].value == 6
    assert {found[f"orchard.picked.{column}"].status for column in ("red", "green")} == {CellStatus.AMBIGUOUS}
    assert found["orchard.spoiled.red"].value == 0


def test_a_header_with_a_column_missing_and_others_in_disorder_tells_nothing() -> None:
    found = cells(table("青果 | 红果", 1, 0, 2), TOY)
    assert {found[f"orchard.picked.{column}"].status for column in COLUMNS} == {CellStatus.AMBIGUOUS}
    assert found["orchard.spoiled.red"].value == 0


PROACTIVE = (
    OFFICIAL.replace("本年废止件数 | 现行有效件数", "现行有效件数 | 本年废止件数")
    .replace("1 | 0 | 9", "1 | 9 | 0")
    .replace("21 | 34 | 138", "21 | 138 | 34")
)


def test_columns_without_sums_stand_where_the_header_says() -> None:
    found = figures(PROACTIVE)
    names = ("issuedThisYear", "repealedThisYear", "inForce")
    assert [found[f"proactiveDisclosure.normativeDocuments.{name}"] for name in names] == [21, 34, 138]


def test_a_header_printed_once_orders_the_blocks_below_it() -> None:
    text = """第二十条第（五）项 |
信息内容 | 本年增/减 | 上一年项目数量 | 处理决定数量 |
行政许可 | -2 | 7 | 435 |
其他对外管理服务事项 | 1 | 3 | 40 |
第二十条第（六）项 |
行政处罚 | 3 | 8 | 33 |
行政强制 | -1 | 6 | 5 |
第二十条第（八）项 |
信息内容 | 上一年项目数量 | 本年增/减 |
行政事业性收费 | 4 | 0 |
第二十条第（九）项 |
信息内容 | 采购项目数量 | 采购总金额 |
政府集中采购 | 12 | 251000元 |
"""
    found = figures(text)
    assert [found[f"proactiveDisclosure.{row}.change"] for row in ("licensing", "penalties", "coercion")] == [-2, 3, -1]


STRIP = "春季 | 秋季 |\n雨量 | 日照 | 雨量 | 日照 |\n3 | 0 | 7 | 12 |\n"
SPRING_AND_AUTUMN = {
    "weather.spring.rain": 3, "weather.spring.sun": 0, "weather.autumn.rain": 7, "weather.autumn.sun": 12,
}  # fmt: skip


def test_rows_and_columns_side_by_side_stand_where_the_header_says() -> None:
    turned = "秋季 | 春季 |\n日照 | 雨量 | 日照 | 雨量 |\n12 | 7 | 0 | 3 |\n"
    assert figures(STRIP, (WEATHER,)) == figures(turned, (WEATHER,)) == SPRING_AND_AUTUMN


def test_columns_side_by_side_that_differ_from_row_to_row_are_ambiguous() -> None:
    text = STRIP.replace("雨量 | 日照 | 雨量 | 日照", "雨量 | 日照 | 日照 | 雨量")
    assert set(statuses(text, (WEATHER,)).values()) == {CellStatus.AMBIGUOUS}
