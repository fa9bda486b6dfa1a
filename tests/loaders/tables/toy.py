"""A small made-up form for tests of the table reader, and short ways to read a text with it."""

from collections.abc import Sequence

from loaders.document import Amount, CellStatus, CellValue, Number
from loaders.forms import FORMS, Block, Column, Edition, Form, Kind, Label, Row, Rule, Shape
from loaders.tables.layouts import mask
from loaders.tables.read import read_tables
from loaders.tables.stretches import TableStretch, stretches_of
from loaders.text.folding import fold

_COLUMNS = (
    Column("red", Label("红果", "red")),
    Column("green", Label("青果", "green")),
    Column("total", Label("合计数", "all")),
)
_SEASON = Label("三、全年去向", "what became of them")
_ROWS = (
    Row("picked", Label("本年采摘数量", "picked"), "一、"),
    Row("stored", Label("上年库存数量", "stored"), "二、"),
    Row("sold", Label("售出(含赠送)", "sold", ("售出",)), "(一)", (_SEASON,)),
    Row("spoiled", Label("损耗数量", "spoiled"), "(二)", (_SEASON,)),
    Row("left", Label("年末库存数量", "left"), "四、"),
)
_EACH = tuple(column.id for column in _COLUMNS)
_RULES = (
    Rule(
        "T1", "进出相等", "in equals out", "made up", _EACH,
        ("picked.{each}", "stored.{each}"), ("sold.{each}", "spoiled.{each}", "left.{each}"),
    ),
    Rule(
        "T2", "两色之和等于合计", "both colours add up", "made up", tuple(row.id for row in _ROWS),
        ("{each}.red", "{each}.green"), ("{each}.total",),
    ),
)  # fmt: skip
_GAUGES = Block(
    (Row("spring", Label("春季", "spring")), Row("autumn", Label("秋季", "autumn"))),
    (Column("rain", Label("雨量", "rain")), Column("sun", Label("日照", "sun"))),
    shape=Shape.STRIP,
)
_MONEY = Block(
    (Row("income", Label("果园收入", "income")),),
    (
        Column("change", Label("比上年增减", "change"), Kind.CHANGE),
        Column("amount", Label("收入金额", "amount"), Kind.MONEY),
    ),
)

FIRST = Edition("Y1", 2001, 2004, (Block(_ROWS, _COLUMNS),), _RULES)
ORCHARD = Form("orchard", Label("果园统计", "orchard"), (FIRST,))
WEATHER = Form("weather", Label("气象统计", "weather"), (Edition("Y1", 2001, None, (_GAUGES,)),))
INCOME = Form("income", Label("收入统计", "income"), (Edition("Y1", 2001, None, (_MONEY,)),))

HEADER = "项目 | 红果 | 青果 | 合计数 |\n"


def stretch(text: str, form: Form = ORCHARD) -> TableStretch:
    """The stretch of a form in a text that has one."""
    masked = mask(fold(text))
    (found,) = stretches_of(masked, [form])
    return found


def cells(text: str, forms: Sequence[Form] = FORMS) -> dict[str, CellValue]:
    """Every cell of every form in a text, by path."""
    return {cell.path: cell for form in read_tables(fold(text), forms, raw=text) for cell in form.cells}


def figures(text: str, forms: Sequence[Form] = FORMS) -> dict[str, Number | None]:
    """The plain number of every cell, None for a cell without one."""
    return {path: plain(cell) for path, cell in cells(text, forms).items()}


def statuses(text: str, forms: Sequence[Form] = FORMS) -> dict[str, CellStatus]:
    """How each cell was read."""
    return {path: cell.status for path, cell in cells(text, forms).items()}


def plain(cell: CellValue) -> Number | None:
    """The number of a cell as printed, without a unit."""
    return cell.value.value if isinstance(cell.value, Amount) else cell.value


OFFICIAL = """第二十条第（一）项 |
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 1 | 0 | 9 |
行政规范性文件 | 21 | 34 | 138 |
第二十条第（五）项 |
信息内容 | 本年处理决定数量 |
行政许可 | 435 |
第二十条第（六）项 |
信息内容 | 本年处理决定数量 |
行政处罚 | 33 |
行政强制 | 5 |
第二十条第（八）项 |
信息内容 | 本年收费金额（单位：万元） |
行政事业性收费 | 24.37 |
"""
"""The table of proactive disclosure in the edition of today, a figure in every cell."""
