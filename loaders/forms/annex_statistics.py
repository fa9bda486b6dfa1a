"""National annex 政府信息公开情况统计表 of reports on 2014 to 2018 (edition E1): 58 indicators, one figure each.

Source: 国办发〔2014〕32号. Local tables of the years before (E0), and rows that provinces added, have no fixed list;
their indicators are kept apart, as ``annexStatistics.indicators[]`` of the document. Channels of disclosure are no
parts of what was disclosed: one item may use several.
"""

from loaders.forms import editions
from loaders.forms.model import Block, Column, Comparison, Form, Kind, Label, Row, Rule, Severity
from loaders.forms.roles import Stated, Steady

_VALUE = Column("", Label("统计数", "figure"))

_DISCLOSURE = Label("一、主动公开情况", "proactive disclosure")
_CHANNELS = Label("(二)通过不同渠道和方式公开政府信息的情况", "disclosed through each channel")
_RESPONSE = Label("二、回应解读情况", "responses and interpretation")
_RESPONSE_CHANNELS = Label("(二)通过不同渠道和方式回应解读的情况", "responses through each channel")
_REQUESTS = Label("三、依申请公开情况", "requests")
_RECEIVED = Label("(一)收到申请数", "requests received")
_COMPLETED = Label("(二)申请办结数", "requests completed")
_REPLIED = Label("(三)申请答复数", "replies")
_DENIED = Label("4.不同意公开答复数", "denied")
_RECONSIDERATION = Label("四、行政复议数量", "reconsideration")
_LITIGATION = Label("五、行政诉讼数量", "litigation")
_ORGANIZATION = Label("八、机构建设和保障经费情况", "organization and funding")
_STAFF = Label("(三)从事政府信息公开工作人员数", "staff")
_MEETINGS = Label("九、政府信息公开会议和培训情况", "meetings and training")


def _row(  # noqa: PLR0913 - a row is declared by what is printed of it
    name: str, ordinal: str, label: Label, unit: str, *groups: Label, kind: Kind | None = None, stock: bool = False
) -> Row:
    return Row(name, label, ordinal, groups, unit=unit, kind=kind, stock=stock)


_ROWS = (
    _row(
        "disclosure.total",
        "(一)",
        Label("主动公开政府信息数", "documents disclosed on own initiative"),
        "条",
        _DISCLOSURE,
    ),
    _row(
        "disclosure.normativeDocuments",
        "其中:",
        Label("主动公开规范性文件数", "of which normative documents"),
        "条",
        _DISCLOSURE,
    ),
    _row(
        "disclosure.normativeDocumentsIssued",
        "",
        Label("制发规范性文件总数", "normative documents issued"),
        "件",
        _DISCLOSURE,
    ),
    _row(
        "disclosure.channels.gazette",
        "1.",
        Label("政府公报公开政府信息数", "in the gazette"),
        "条",
        _DISCLOSURE,
        _CHANNELS,
    ),
    _row(
        "disclosure.channels.website",
        "2.",
        Label("政府网站公开政府信息数", "on the website"),
        "条",
        _DISCLOSURE,
        _CHANNELS,
    ),
    _row("disclosure.channels.weibo", "3.", Label("政务微博公开政府信息数", "on Weibo"), "条", _DISCLOSURE, _CHANNELS),
    _row(
        "disclosure.channels.wechat", "4.", Label("政务微信公开政府信息数", "on WeChat"), "条", _DISCLOSURE, _CHANNELS
    ),
    _row(
        "disclosure.channels.other",
        "5.",
        Label("其他方式公开政府信息数", "by other means"),
        "条",
        _DISCLOSURE,
        _CHANNELS,
    ),
    _row(
        "response.topics",
        "(一)",
        Label("回应公众关注热点或重大舆情数", "responses to public concerns"),
        "次",
        _RESPONSE,
    ),
    _row(
        "response.channels.pressConferences",
        "1.",
        Label("参加或举办新闻发布会总次数", "press conferences"),
        "次",
        _RESPONSE,
        _RESPONSE_CHANNELS,
    ),
    _row(
        "response.channels.pressConferencesByLeaders",
        "其中:",
        Label("主要负责同志参加新闻发布会次数", "press conferences with the head of the agency"),
        "次",
        _RESPONSE,
        _RESPONSE_CHANNELS,
    ),
    _row(
        "response.channels.onlineInterviews",
        "2.",
        Label("政府网站在线访谈次数", "online interviews"),
        "次",
        _RESPONSE,
        _RESPONSE_CHANNELS,
    ),
    _row(
        "response.channels.onlineInterviewsByLeaders",
        "其中:",
        Label("主要负责同志参加政府网站在线访谈次数", "online interviews with the head of the agency"),
        "次",
        _RESPONSE,
        _RESPONSE_CHANNELS,
    ),
    _row(
        "response.channels.interpretations",
        "3.",
        Label("政策解读稿件发布数", "policy interpretations published"),
        "篇",
        _RESPONSE,
        _RESPONSE_CHANNELS,
    ),
    _row(
        "response.channels.socialMedia",
        "4.",
        Label("微博微信回应事件数", "responses on Weibo and WeChat"),
        "次",
        _RESPONSE,
        _RESPONSE_CHANNELS,
    ),
    _row(
        "response.channels.other",
        "5.",
        Label("其他方式回应事件数", "responses by other means"),
        "次",
        _RESPONSE,
        _RESPONSE_CHANNELS,
    ),
    _row("requests.received.total", "(一)", Label("收到申请数", "requests received"), "件", _REQUESTS),
    _row("requests.received.inPerson", "1.", Label("当面申请数", "in person"), "件", _REQUESTS, _RECEIVED),
    _row("requests.received.fax", "2.", Label("传真申请数", "by fax"), "件", _REQUESTS, _RECEIVED),
    _row("requests.received.online", "3.", Label("网络申请数", "online"), "件", _REQUESTS, _RECEIVED),
    _row("requests.received.letter", "4.", Label("信函申请数", "by letter"), "件", _REQUESTS, _RECEIVED),
    _row("requests.completed.total", "(二)", Label("申请办结数", "requests completed"), "件", _REQUESTS),
    _row("requests.completed.onTime", "1.", Label("按时办结数", "completed on time"), "件", _REQUESTS, _COMPLETED),
    _row(
        "requests.completed.extended",
        "2.",
        Label("延期办结数", "completed after extension"),
        "件",
        _REQUESTS,
        _COMPLETED,
    ),
    _row("requests.replies.total", "(三)", Label("申请答复数", "replies"), "件", _REQUESTS),
    _row(
        "requests.replies.alreadyPublic",
        "1.",
        Label("属于已主动公开范围数", "already disclosed"),
        "件",
        _REQUESTS,
        _REPLIED,
    ),
    _row("requests.replies.granted", "2.", Label("同意公开答复数", "granted"), "件", _REQUESTS, _REPLIED),
    _row(
        "requests.replies.partiallyGranted",
        "3.",
        Label("同意部分公开答复数", "granted in part"),
        "件",
        _REQUESTS,
        _REPLIED,
    ),
    _row("requests.replies.denied.total", "4.", Label("不同意公开答复数", "denied"), "件", _REQUESTS, _REPLIED),
    _row(
        "requests.replies.denied.stateSecret",
        "其中:",
        Label("涉及国家秘密", "state secret"),
        "件",
        _REQUESTS,
        _REPLIED,
        _DENIED,
    ),
    _row(
        "requests.replies.denied.tradeSecret",
        "",
        Label("涉及商业秘密", "trade secret"),
        "件",
        _REQUESTS,
        _REPLIED,
        _DENIED,
    ),
    _row(
        "requests.replies.denied.privacy",
        "",
        Label("涉及个人隐私", "personal privacy"),
        "件",
        _REQUESTS,
        _REPLIED,
        _DENIED,
    ),
    _row(
        "requests.replies.denied.publicSecurity",
        "",
        Label("危及国家安全、公共安全、经济安全和社会稳定", "endangers security or social stability"),
        "件",
        _REQUESTS,
        _REPLIED,
        _DENIED,
    ),
    _row(
        "requests.replies.denied.notGovernmentInformation",
        "",
        Label("不是《条例》所指政府信息", "not government information in the sense of the Regulation"),
        "件",
        _REQUESTS,
        _REPLIED,
        _DENIED,
    ),
    _row(
        "requests.replies.denied.otherLegal",
        "",
        Label("法律法规规定的其他情形", "other cases set by law"),
        "件",
        _REQUESTS,
        _REPLIED,
        _DENIED,
    ),
    _row(
        "requests.replies.notResponsible",
        "5.",
        Label("不属于本行政机关公开数", "not this agency's to disclose"),
        "件",
        _REQUESTS,
        _REPLIED,
    ),
    _row(
        "requests.replies.notExisting",
        "6.",
        Label("申请信息不存在数", "information does not exist"),
        "件",
        _REQUESTS,
        _REPLIED,
    ),
    _row(
        "requests.replies.correctionAsked",
        "7.",
        Label("告知作出更改补充数", "asked to correct or complete"),
        "件",
        _REQUESTS,
        _REPLIED,
    ),
    _row(
        "requests.replies.otherChannel",
        "8.",
        Label("告知通过其他途径办理数", "referred to another channel"),
        "件",
        _REQUESTS,
        _REPLIED,
    ),
    _row("reconsideration.total", "四、", Label("行政复议数量", "reconsideration cases"), "件"),
    _row("reconsideration.upheld", "(一)", Label("维持具体行政行为数", "decision upheld"), "件", _RECONSIDERATION),
    _row("reconsideration.corrected", "(二)", Label("被依法纠错数", "decision corrected"), "件", _RECONSIDERATION),
    _row("reconsideration.other", "(三)", Label("其他情形数", "other results"), "件", _RECONSIDERATION),
    _row("litigation.total", "五、", Label("行政诉讼数量", "lawsuits"), "件"),
    _row(
        "litigation.upheld",
        "(一)",
        Label("维持具体行政行为或者驳回原告诉讼请求数", "decision upheld or claim dismissed"),
        "件",
        _LITIGATION,
    ),
    _row("litigation.corrected", "(二)", Label("被依法纠错数", "decision corrected"), "件", _LITIGATION),
    _row("litigation.other", "(三)", Label("其他情形数", "other results"), "件", _LITIGATION),
    _row("complaints", "六、", Label("举报投诉数量", "reports and complaints"), "件"),
    _row(
        "feesCharged", "七、", Label("依申请公开信息收取的费用", "fees charged for requests"), "万元", kind=Kind.MONEY
    ),
    _row(
        "organization.bodies",
        "(一)",
        Label("政府信息公开工作专门机构数", "bodies dedicated to disclosure"),
        "个",
        _ORGANIZATION,
        stock=True,
    ),
    _row(
        "organization.readingPoints",
        "(二)",
        Label("设置政府信息公开查阅点数", "public reading points"),
        "个",
        _ORGANIZATION,
        stock=True,
    ),
    _row(
        "organization.staff.total",
        "(三)",
        Label("从事政府信息公开工作人员数", "staff working on disclosure"),
        "人",
        _ORGANIZATION,
        stock=True,
    ),
    _row(
        "organization.staff.fullTime",
        "1.",
        Label("专职人员数", "full-time staff"),
        "人",
        _ORGANIZATION,
        _STAFF,
        stock=True,
    ),
    _row(
        "organization.staff.partTime",
        "2.",
        Label("兼职人员数", "part-time staff"),
        "人",
        _ORGANIZATION,
        _STAFF,
        stock=True,
    ),
    _row(
        "organization.funds",
        "(四)",
        Label("政府信息公开专项经费", "funds for disclosure"),
        "万元",
        _ORGANIZATION,
        kind=Kind.MONEY,
    ),
    _row(
        "meetings.meetings",
        "(一)",
        Label("召开政府信息公开工作会议或专题会议数", "meetings on disclosure"),
        "次",
        _MEETINGS,
    ),
    _row("meetings.trainings", "(二)", Label("举办各类培训班数", "training courses"), "次", _MEETINGS),
    _row("meetings.trainees", "(三)", Label("接受培训人员数", "people trained"), "人次", _MEETINGS),
)


def _sum(whole: str, parts: tuple[str, ...]) -> Rule:
    parent = whole.removesuffix(".total")
    return Rule(
        "D13",
        "统计表各分项之和等于其总数",
        "the parts of an indicator of the annex add up to the indicator",
        "implied by the numbering of the annex",
        (parent,),
        tuple(f"{parent}.{part}" for part in parts),
        (whole,),
    )


def _part(part: str, whole: str) -> Rule:
    return Rule(
        "D13",
        "统计表其中项不大于其总数",
        "an of-which indicator of the annex is at most the indicator it is part of",
        "implied by the words 其中",
        (part,),
        (part,),
        (whole,),
        Severity.WARNING,
        Comparison.LE,
    )


_RULES = (
    _sum("requests.received.total", ("inPerson", "fax", "online", "letter")),
    _sum("requests.completed.total", ("onTime", "extended")),
    _sum(
        "requests.replies.total",
        (
            "alreadyPublic",
            "granted",
            "partiallyGranted",
            "denied.total",
            "notResponsible",
            "notExisting",
            "correctionAsked",
            "otherChannel",
        ),
    ),
    _sum(
        "requests.replies.denied.total",
        ("stateSecret", "tradeSecret", "privacy", "publicSecurity", "notGovernmentInformation", "otherLegal"),
    ),
    _sum("reconsideration.total", ("upheld", "corrected", "other")),
    _sum("litigation.total", ("upheld", "corrected", "other")),
    _sum("organization.staff.total", ("fullTime", "partTime")),
    _part("disclosure.normativeDocuments", "disclosure.total"),
    _part("disclosure.normativeDocuments", "disclosure.normativeDocumentsIssued"),
    _part("response.channels.pressConferencesByLeaders", "response.channels.pressConferences"),
    _part("response.channels.onlineInterviewsByLeaders", "response.channels.onlineInterviews"),
)

E1 = editions.E1.revise(
    blocks=(Block(rows=_ROWS, columns=(_VALUE,), headers=(Label("统计指标", "indicator"), Label("单位", "unit"))),),
    rules=_RULES,
)

FORM = Form(
    id="annexStatistics",
    label=Label("政府信息公开情况统计表", "statistical annex of reports on 2014 to 2018"),
    editions=(E1,),
    roles=(
        Steady("disclosure.total"),
        Steady("requests.received.total"),
        Stated("received", ("requests.received.total",)),
        Stated("completed", ("requests.completed.total",)),
        Stated("granted", ("requests.replies.granted",)),
        Stated("partiallyGranted", ("requests.replies.partiallyGranted",)),
        Stated("denied", ("requests.replies.denied.total",)),
        Stated("reconsideration", ("reconsideration.total",)),
        Stated("litigation", ("litigation.total",)),
    ),
    indicators=True,
)
