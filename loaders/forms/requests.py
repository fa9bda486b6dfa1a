"""Requests table (表三 收到和处理政府信息公开申请情况): what became of each request, by kind of applicant.

Sources: 国办公开办函〔2019〕60号 (edition E2, reports on 2019 and 2020) and 国办公开办函〔2021〕30号 (E3, since 2021).
Variants are spellings met in published reports.
"""

from loaders.forms import editions
from loaders.forms.model import Block, Column, Form, Label, Row, Rule
from loaders.forms.roles import Cases, EndedUnpaid, Stated, Steady

_ORGANIZATION = Label("法人或其他组织", "legal persons and other organizations", ("法人和其他组织",))

COLUMNS = (
    Column("naturalPerson", Label("自然人", "natural persons", ("个人",))),
    Column("commercialEnterprise", Label("商业企业", "commercial enterprises", ("企业",))),
    Column("researchInstitution", Label("科研机构", "research institutions", ("科研单位",))),
    Column("socialOrganization", Label("社会公益组织", "public-benefit organizations", ("公益组织", "社会公益机构"))),
    Column("legalServiceOrganization", Label("法律服务机构", "legal service organizations", ("法律服务组织",))),
    Column("otherOrganization", Label("其他", "other organizations", ("其它",))),
    Column("total", Label("总计", "all applicants", ("合计",))),
)
APPLICANTS = tuple(column.id for column in COLUMNS)

_HANDLED = Label("三、本年度办理结果", "outcomes this year", ("三、本年度处理结果", "三、本年办理结果"))
_DENIED = Label("(三)不予公开", "denied")
_UNAVAILABLE = Label("(四)无法提供", "unable to provide")
_NOT_PROCESSED = Label("(五)不予处理", "not processed")
_OTHER = Label("(六)其他处理", "other handling", ("(六)其它处理",))

_RECEIVED = Row(
    "received",
    Label("本年新收政府信息公开申请数量", "new requests received this year", ("本年新收政府信息公开申请", "本年新收")),
    "一、",
)
_CARRIED_OVER = Row(
    "carriedOver",
    Label(
        "上年结转政府信息公开申请数量",
        "requests carried over from last year",
        ("上年度结转政府信息公开申请数量", "上年结转政府信息公开申请", "上年度结转", "上年结转"),
    ),
    "二、",
    stock=True,
)
_GRANTED = Row("outcomes.granted", Label("予以公开", "granted in full"), "(一)", (_HANDLED,))
_PARTIALLY_GRANTED = Row(
    "outcomes.partiallyGranted",
    Label(
        "部分公开(区分处理的,只计这一情形,不计其他情形)",
        "granted in part (a request handled by separation counts here and nowhere else)",
        ("部分公开",),
    ),
    "(二)",
    (_HANDLED,),
)


def _rows(group: Label, parent: str, *rows: tuple[str, Label]) -> tuple[Row, ...]:
    return tuple(
        Row(f"outcomes.{parent}.{name}", label, f"{number}.", (_HANDLED, group))
        for number, (name, label) in enumerate(rows, start=1)
    )


_DENIED_ROWS = _rows(
    _DENIED,
    "denied",
    ("stateSecret", Label("属于国家秘密", "state secret (条例 art. 14)", ("涉及国家秘密",))),
    (
        "prohibitedByLaw",
        Label(
            "其他法律行政法规禁止公开",
            "disclosure prohibited by another law or administrative regulation (art. 14)",
            ("其他法律、行政法规禁止公开", "其它法律行政法规禁止公开", "法律行政法规禁止公开"),
        ),
    ),
    (
        "publicSecurity",
        Label(
            '危及"三安全一稳定"',
            "endangers national, public or economic security or social stability (art. 14)",
            ("危及三安全一稳定",),
        ),
    ),
    (
        "thirdPartyRights",
        Label("保护第三方合法权益", "protects lawful rights of third parties (art. 15)", ("保护第三方权益",)),
    ),
    (
        "internalAffairs",
        Label(
            "属于三类内部事务信息", "internal affairs: personnel, logistics, workflow (art. 16)", ("三类内部事务信息",)
        ),
    ),
    (
        "processInformation",
        Label("属于四类过程性信息", "deliberative process information (art. 16)", ("四类过程性信息",)),
    ),
    ("enforcementFile", Label("属于行政执法案卷", "administrative enforcement file (art. 16)", ("行政执法案卷",))),
    (
        "administrativeInquiry",
        Label("属于行政查询事项", "matter for a registry inquiry, for instance land or company registers (art. 36)"),
    ),
)
_UNAVAILABLE_ROWS = _rows(
    _UNAVAILABLE,
    "unavailable",
    (
        "notHeld",
        Label(
            "本机关不掌握相关政府信息",
            "the agency does not hold the information (art. 36)",
            ("本机关不掌握相关信息", "不掌握相关政府信息"),
        ),
    ),
    (
        "requiresCreation",
        Label(
            "没有现成信息需要另行制作",
            "would have to be created (art. 38)",
            ("没有现成信息,需要另行制作", "没有现成信息"),
        ),
    ),
    (
        "stillUnclear",
        Label("补正后申请内容仍不明确", "still unclear after correction (art. 30)", ("补正后内容仍不明确",)),
    ),
)
_NOT_PROCESSED_ROWS = _rows(
    _NOT_PROCESSED,
    "notProcessed",
    (
        "petitionOrComplaint",
        Label(
            "信访举报投诉类申请",
            "petition, report or complaint in the guise of a request (art. 39)",
            ("信访举报投诉类",),
        ),
    ),
    ("repeated", Label("重复申请", "repeated request (art. 36)")),
    ("publicPublication", Label("要求提供公开出版物", "asks for a published work (art. 39)")),
    (
        "excessive",
        Label("无正当理由大量反复申请", "many repeated requests without good reason (art. 35)", ("大量反复申请",)),
    ),
    (
        "confirmation",
        Label(
            "要求行政机关确认或重新出具已获取信息",
            "asks to confirm or reissue information already obtained",
            ("要求确认或重新出具已获取信息", "要求行政机关确认或重新出具"),
        ),
    ),
)
_OTHER_LEAF = Row("outcomes.other", Label("其他处理", "other handling", ("其它处理",)), "(六)", (_HANDLED,))
_OTHER_GROUP = Row(
    "outcomes.other", Label("其他处理", "other handling", ("其它处理",)), "(六)", (_HANDLED,), printed=False
)
_OTHER_ROWS = _rows(
    _OTHER,
    "other",
    (
        "correctionOverdue",
        Label(
            "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "applicant failed to correct the request in time, no longer processed (art. 30)",
            (
                "申请人无正当理由逾期不补正,行政机关不再处理其政府信息公开申请",
                "申请人无正当理由逾期不补正",
                "逾期不补正",
            ),
        ),
    ),
    (
        "feeOverdue",
        Label(
            "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "applicant failed to pay the fee in time, no longer processed (国办函〔2020〕109号)",
            (
                "申请人逾期未按收费通知要求缴纳费用,行政机关不再处理其政府信息公开申请",
                "申请人逾期未按收费通知要求缴纳费用",
                "逾期未按收费通知要求缴纳费用",
            ),
        ),
    ),
    ("other", Label("其他", "other", ("其它",))),
)
DENIED, UNAVAILABLE, NOT_PROCESSED, OTHER = (
    tuple(row.id for row in rows) for rows in (_DENIED_ROWS, _UNAVAILABLE_ROWS, _NOT_PROCESSED_ROWS, _OTHER_ROWS)
)
"""The rows of each group of outcomes, which have no total of their own."""

_TOTAL = Row("outcomes.total", Label("总计", "all outcomes", ("合计",)), "(七)", (_HANDLED,))
_PENDING = Row(
    "pending",
    Label(
        "结转下年度继续办理",
        "carried over to next year",
        ("结转下一年度继续办理", "结转下年继续办理", "结转下年度办理"),
    ),
    "四、",
    stock=True,
)

_HEADERS = (
    Label(
        "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)",
        "the rule of each column: items one and two add up to items three and four",
        ("本列数据的勾稽关系为",),
    ),
    Label("申请人情况", "applicants"),
    _ORGANIZATION,
)
_SHARED = (
    _RECEIVED,
    _CARRIED_OVER,
    _GRANTED,
    _PARTIALLY_GRANTED,
    *_DENIED_ROWS,
    *_UNAVAILABLE_ROWS,
    *_NOT_PROCESSED_ROWS,
)
_E2_ROWS = (*_SHARED, _OTHER_LEAF, _TOTAL, _PENDING)
_E3_ROWS = (*_SHARED, _OTHER_GROUP, *_OTHER_ROWS, _TOTAL, _PENDING)


def rules_of(rows: tuple[Row, ...]) -> tuple[Rule, ...]:
    """The sums that an edition with these rows prescribes."""
    outcomes = tuple(
        f"{row.id}.{{each}}"
        for row in rows
        if row.printed and row.id.startswith("outcomes.") and row.id != "outcomes.total"
    )
    return (
        Rule(
            "R1",
            "本年新收加上年结转之和,等于本年度办理结果总计加结转下年度继续办理之和",
            "received plus carried over equals all outcomes plus pending, for each kind of applicant",
            "printed in the header cell of the table",
            APPLICANTS,
            ("received.{each}", "carriedOver.{each}"),
            ("outcomes.total.{each}", "pending.{each}"),
            balances=True,
        ),
        Rule(
            "R2",
            "本年度办理结果各项之和等于(七)总计",
            "the outcomes add up to row (七) 总计, for each kind of applicant",
            "implied by the label of row (七)",
            APPLICANTS,
            outcomes,
            ("outcomes.total.{each}",),
        ),
        Rule(
            "R3",
            "各类申请人之和等于总计列",
            "the six kinds of applicants add up to the column 总计, in each row",
            "implied by the label of the last column",
            tuple(row.id for row in rows if row.printed),
            tuple(f"{{each}}.{column.id}" for column in COLUMNS[:-1]),
            ("{each}.total",),
        ),
    )


E2 = editions.E2.revise(blocks=(Block(rows=_E2_ROWS, columns=COLUMNS, headers=_HEADERS),), rules=rules_of(_E2_ROWS))
E3 = editions.E3.revise(blocks=(Block(rows=_E3_ROWS, columns=COLUMNS, headers=_HEADERS),), rules=rules_of(_E3_ROWS))


def _all_of(statement: str, rows: tuple[Row, ...]) -> Stated:
    return Stated(statement, tuple(f"{row.id}.total" for row in rows))


_STATED = (
    Stated("received", ("received.total",), or_with=("carriedOver.total",)),
    Stated("carriedOver", ("carriedOver.total",)),
    Stated("pending", ("pending.total",)),
    Stated("completed", ("outcomes.total.total",)),
    Stated("granted", ("outcomes.granted.total",)),
    Stated("partiallyGranted", ("outcomes.partiallyGranted.total",)),
    _all_of("denied", _DENIED_ROWS),
    _all_of("notHeld", _UNAVAILABLE_ROWS[:1]),
    _all_of("unavailable", _UNAVAILABLE_ROWS),
    _all_of("notProcessed", _NOT_PROCESSED_ROWS),
    _all_of("other", _OTHER_ROWS),
    Stated("other", ("outcomes.other.total",)),
)

FORM = Form(
    id="requests",
    label=Label("收到和处理政府信息公开申请情况", "requests received and handled"),
    editions=(E2, E3),
    roles=(
        Cases("received", "carriedOver", "outcomes", "outcomes.total", "pending"),
        EndedUnpaid("outcomes.other.feeOverdue.total"),
        Steady("received.total"),
        *_STATED,
    ),
    filled_in_full=True,
    summed="total",
)
