"""Proactive disclosure table (表二 主动公开政府信息情况), by the items of article 20 of the Regulation.

Sources: 国办公开办函〔2019〕60号 (edition E2, reports on 2019 and 2020) and 国办公开办函〔2021〕30号 (E3, since 2021).
E2 to E3 breaks: 对外公开总数量 (disclosed) is not 现行有效件数 (in force).
"""

from loaders.forms import editions
from loaders.forms.model import Block, Column, Form, Kind, Label, Row
from loaders.forms.roles import Documents, Items, MadeByFew, Purchases, Steady


def _article(number: str) -> Label:
    return Label(f"第二十条第({number})项", f"article 20 ({number})", (f"第二十条第{number}项", f"第二十条({number})"))


_REGULATIONS = Row("regulations", Label("规章", "government rules", ("政府规章",)))
_NORMATIVE = Row(
    "normativeDocuments",
    Label("规范性文件", "normative documents", ("行政规范性文件",)),
)
_LICENSING = Row("licensing", Label("行政许可", "administrative licensing"))
_OTHER_SERVICES = Row(
    "otherServices",
    Label("其他对外管理服务事项", "other public administration services", ("其它对外管理服务事项", "其他对外管理服务")),
)
_PENALTIES = Row("penalties", Label("行政处罚", "administrative penalties"))
_COERCION = Row("coercion", Label("行政强制", "administrative coercion", ("行政强制措施",)))
_FEES = Row("fees", Label("行政事业性收费", "administrative fees", ("行政事业型收费",)))
_PROCUREMENT = Row("procurement", Label("政府集中采购", "centralized government procurement", ("政府采购",)))

_CONTENT = Label("信息内容", "kind of information")

_MADE = (
    Column("madeThisYear", Label("本年新制作数量", "newly made this year", ("本年新制作数", "本年制作数量"))),
    Column("publishedThisYear", Label("本年新公开数量", "newly published this year", ("本年新公开数", "本年公开数量"))),
    Column(
        "publishedTotal",
        Label("对外公开总数量", "published in all (disclosed, not in force)", ("对外公开总数",)),
        stock=True,
    ),
)
_ITEMS = (
    Column(
        "previousYearItems",
        Label("上一年项目数量", "number of items last year", ("上一年项目数", "上年项目数量")),
        stock=True,
    ),
    Column("change", Label("本年增/减", "change of items this year", ("本年增减", "本年度增/减")), Kind.CHANGE),
)
_DECISIONS = Column(
    "decisions", Label("本年处理决定数量", "decisions made this year", ("处理决定数量", "本年度处理决定数量"))
)
_E2_DECISIONS = Column(
    "decisions", Label("处理决定数量", "decisions made this year", ("本年处理决定数量", "本年度处理决定数量"))
)

E2 = editions.E2.revise(
    blocks=(
        Block((_REGULATIONS, _NORMATIVE), _MADE, _article("一"), headers=(_CONTENT,)),
        Block((_LICENSING, _OTHER_SERVICES), (*_ITEMS, _E2_DECISIONS), _article("五"), headers=(_CONTENT,)),
        Block((_PENALTIES, _COERCION), (*_ITEMS, _E2_DECISIONS), _article("六"), headers=(_CONTENT,)),
        Block((_FEES,), _ITEMS, _article("八"), headers=(_CONTENT,)),
        Block(
            (_PROCUREMENT,),
            (
                Column("items", Label("采购项目数量", "procurement projects", ("采购项目数",))),
                Column("amount", Label("采购总金额", "procurement amount", ("采购金额", "采购总额")), Kind.MONEY),
            ),
            _article("九"),
            headers=(_CONTENT,),
        ),
    ),
)
E3 = editions.E3.revise(
    blocks=(
        Block(
            (_REGULATIONS, Row("normativeDocuments", Label("行政规范性文件", "normative documents", ("规范性文件",)))),
            (
                Column(
                    "issuedThisYear",
                    Label("本年制发件数", "issued this year", ("本年度制发数", "本年制发数", "本年度制发件数")),
                ),
                Column(
                    "repealedThisYear",
                    Label("本年废止件数", "repealed this year", ("本年度废止数", "本年废止数", "本年度废止件数")),
                ),
                Column("inForce", Label("现行有效件数", "in force", ("现行有效数", "现行有效件")), stock=True),
            ),
            _article("一"),
            headers=(_CONTENT,),
        ),
        Block((_LICENSING,), (_DECISIONS,), _article("五"), headers=(_CONTENT,)),
        Block((_PENALTIES, _COERCION), (_DECISIONS,), _article("六"), headers=(_CONTENT,)),
        Block(
            (_FEES,),
            (
                Column(
                    "amount",
                    Label("本年收费金额(单位:万元)", "fees collected this year", ("本年收费金额", "收费金额")),
                    Kind.MONEY,
                    unit="万元",
                ),
            ),
            _article("八"),
            headers=(_CONTENT,),
        ),
    ),
)


def _documents(row: str) -> Documents:
    columns = ("inForce", "issuedThisYear", "repealedThisYear", "publishedTotal", "publishedThisYear")
    return Documents(row, *(f"{row}.{column}" for column in columns))


def _items(row: str, *columns: str) -> Items:
    return Items(row, *(f"{row}.{column}" for column in ("previousYearItems", "change", *columns)))


FORM = Form(
    id="proactiveDisclosure",
    label=Label("主动公开政府信息情况", "proactive disclosure"),
    editions=(E2, E3),
    roles=(
        _documents("regulations"),
        _documents("normativeDocuments"),
        *(_items(row, "decisions") for row in ("licensing", "otherServices", "penalties", "coercion")),
        _items("fees"),
        Purchases("procurement.items", "procurement.amount"),
        MadeByFew("regulations"),
        Steady("normativeDocuments.publishedTotal"),
        Steady("normativeDocuments.inForce"),
        *(Steady(f"{row}.decisions") for row in ("licensing", "otherServices", "penalties", "coercion")),
        Steady("procurement.items"),
        Steady("fees.amount"),
        Steady("procurement.amount"),
    ),
)
