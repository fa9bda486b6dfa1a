"""Review and litigation table (表四 政府信息公开行政复议、行政诉讼情况): how disputes over disclosure ended.

Sources: 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号; the table is the same in both editions.
Litigation where the reviewing body is only a co-defendant is counted by the original agency (国办公开办函〔2016〕201号).
"""

from loaders.forms import editions
from loaders.forms.model import Block, Column, Form, Label, Row, Rule, Shape
from loaders.forms.roles import Stated, Steady

COLUMNS = (
    Column("upheld", Label("结果维持", "decision upheld", ("维持",))),
    Column("corrected", Label("结果纠正", "decision corrected", ("纠正",))),
    Column("other", Label("其他结果", "other result", ("其它结果",))),
    Column("pending", Label("尚未审结", "not yet concluded", ("未审结",)), stock=True),
    Column("total", Label("总计", "all cases", ("合计",))),
)
_LITIGATION = Label("行政诉讼", "administrative litigation")
ROWS = (
    Row("reconsideration", Label("行政复议", "administrative reconsideration")),
    Row(
        "directLitigation",
        Label("未经复议直接起诉", "litigation without reconsideration", ("未经复议直接诉讼",)),
        groups=(_LITIGATION,),
    ),
    Row(
        "litigationAfterReconsideration",
        Label("复议后起诉", "litigation after reconsideration", ("复议后诉讼",)),
        groups=(_LITIGATION,),
    ),
)
_RULES = (
    Rule(
        "R4",
        "结果维持、结果纠正、其他结果、尚未审结之和等于总计",
        "the four results add up to the total, for each way of review",
        "implied by the label of each last column",
        tuple(row.id for row in ROWS),
        tuple(f"{{each}}.{column.id}" for column in COLUMNS[:-1]),
        ("{each}.total",),
    ),
)

_BLOCKS = (Block(ROWS, COLUMNS, shape=Shape.STRIP, headers=(_LITIGATION,)),)
E2 = editions.E2.revise(blocks=_BLOCKS, rules=_RULES)
E3 = editions.E3.revise(blocks=_BLOCKS, rules=_RULES)

FORM = Form(
    id="reviewAndLitigation",
    label=Label("政府信息公开行政复议、行政诉讼情况", "reconsideration and litigation over disclosure"),
    editions=(E2, E3),
    roles=(
        Steady("reconsideration.total"),
        Stated("reconsideration", ("reconsideration.total",)),
        Stated("litigation", ("directLitigation.total", "litigationAfterReconsideration.total")),
    ),
    filled_in_full=True,
    summed="total",
)
