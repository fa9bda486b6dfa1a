"""Phrases by which the narrative states what a cell of an official table states, as data with examples.

Patterns are matched in full against the clause that holds a figure: folded, without blanks, the figure itself written as
`#`, the report's year and its neighbours as 本年, 上年 and 下年, the agency's own name as 本机关. `{lead}` stands for the words
that may open such a clause (the year, the agency itself, 共), `{requests}` for the ways to name requests. A clause with any
other word (向部门提出申请#, 历年累计#, 比上年多#) states something else: a link is made beyond doubt or not at all.
"""

from dataclasses import dataclass
from enum import StrEnum

from loaders.forms.messages import Message


class Topic(StrEnum):
    """What a passage is about, told by the heading it stands under."""

    REQUESTS = "REQUESTS"
    REVIEW = "REVIEW"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that narrative and tables both state, and the clauses that state it.

    Which cells do, the forms say (`loaders.forms.roles.Stated`, by the statement's id). `zero` is matched in full
    against the label of a statement of zero.
    """

    id: str
    name: Message
    topic: Topic
    clauses: tuple[str, ...]
    examples: tuple[str, ...]
    no_examples: tuple[str, ...] = ()
    zero: str | None = None
    zero_examples: tuple[str, ...] = ()


THIS_YEAR, LAST_YEAR, NEXT_YEAR, ITSELF = "本年", "上年", "下年", "本机关"
"""What a clause is rewritten with before it is compared: whichever year, whoever reports."""

YEAR = "{year}年"
PERIOD = r"(?:(?:本年度?)?1月1日起?[至到](?:本年)?12月31日(?:止|期间|以来)?|全年度?|本年度?|今年(?:以来)?|报告期内?|年度?内|统计期限?内|一年来)"
OWN = r"[我本](?:局|委|办|厅|院|处|站|所|队|单位|部门|机关)|全局"
REGION = r"[全我本](?:省|市|县|区|州|盟|旗|实验区|开发区|新区)"
TOWN = r"[全我本](?:镇|乡|街道)|街道"
LEAD = r"(?:{period}(?:累计)?|{who}|在|共计?|总共|总计|一共|合计|已|实际|[也还则且并]|,)*"
REQUESTS = (
    r"(?:各类|有效|书面|新的?|有关|相关|任何|关于)*(?:的)?"
    r"(?:(?:政府|有关)?信息(?:依申请)?公开的?申请表?|(?:政府信息)?依申请公开(?:政府)?(?:信息)?的?(?:办理|申请)?(?:事项|件)?|申请公开(?:政府)?信息|申请)"
    r"(?:总?数量?|件数?|量)?"
)
TAIL = r"(?:均|全部|都|已全部).*|"
_IS = r"(?:为|共|共计|达|有|是|:|合计|总计|计)*"
_REPLIES = r"\"?(?:的|类)?(?:答复|决定|申请)?(?:总?数)?" + _IS

WITHOUT_MEANING = r"公民、法人(?:和|或者?|及|与|以及|、)其[他它]组织(?:提[出交起])?的?"
"""Named in law as those who ask; taken out before clauses are cut at pauses."""

STRONG = r"信息公开|依申请|申请公开"
"""A clause with these words is about disclosure wherever it stands."""

TOPIC_TITLES = {
    Topic.REQUESTS: r"依申请|申请公开|收到和处理|(?:申请|受理|答复)(?:处理|办理)?的?情况",
    Topic.REVIEW: r"复议|诉讼",
}
OTHER_TITLES = r"咨询|投诉|举报|信箱|留言|热线|收费|审批|许可"

PARTIAL = (
    r"其中|[向由](?!社会)[^,。;]{1,24}提[出交起]|本级|部门|乡镇|镇街|街道办|村居|分局|下属|所属|科室|网民|网友|留言|热线|12345|信箱|窗口|大厅"
    r"|历年|去年|上年(?!度?结转)|往年|同比|[较比](?:上|去|往|20)|咨询|来信|来访|信访"
)
"""Earlier in the sentence these make a figure one of a part, of another year or of another matter."""
OF_WHICH = frozenset({"其中"})
PAUSE = "、"
PARTIAL_EXAMPLES = ("其中", "向市政府提出", "各部门", "历年累计")


def _outcome(
    id_: str,
    name: tuple[str, str],
    words: str,
    *examples: str,
    no: tuple[str, ...] = (),
) -> Statement:
    clause = r"{lead}(?:其中|依法|作出|属于|因|,)*\"?" + words + _REPLIES + r"#(?:申请)?"
    return Statement(id_, Message(*name), Topic.REQUESTS, (clause,), examples, no)


_REVIEW_WORDS = (
    r"(?:任何|一起|因|由|被|对|就|与|提起|申请|引发|引起|导致|产生|发生|收到|涉及|有关|相关|的|政府|信息公开|依申请公开|工作|答复|问题|方面|而|行政|复议|诉讼"
    r"|和|及|与|或者?|以及|、|案件|案|事项|情况|申诉|举报|投诉)"
)
_BECAUSE = r"(?:因|由|就|对|涉及)?(?:政府信息公开|信息公开|依申请公开)?(?:工作|申请|答复|问题|事项)?(?:被|而|所|引起|引发|导致|产生|发生|收到|有|涉及|提起|申请|当事人|的)*(?:政府信息公开|信息公开)?(?:类|的)?"

STATEMENTS: tuple[Statement, ...] = (
    Statement(
        "received",
        Message("requests received", "收到申请"),
        Topic.REQUESTS,
        (
            r"{lead}(?:本年)?新?(?:收到|接收|收取|受理|接到|收)(?:了|的|过)?{requests}" + _IS + r"#(?:{tail})",
            r"{lead}新?(?:收到|接收|收取|受理|接到|收)了?(?:共计?)?#的?{requests}(?:{tail})",
            r"{lead}新收" + _IS + "#",
        ),
        (
            "全年新收政府信息公开申请#",
            "2020年共收到依申请公开#",
            "本年度全区共收到#申请",
            "我局收到申请#均为自然人提出",
        ),
        (
            "向部门提出依申请公开#",
            "自然人提出申请#",
            "历年累计收到申请#",
            "2019年收到申请#",
            "收到网上申请#",
            "受理业务申请#",
        ),
        zero=r"{requests}",
        zero_examples=("政府信息公开申请", "申请", "有关政府信息公开的申请", "依申请公开事项"),
    ),
    Statement(
        "carriedOver",
        Message("requests carried over from last year", "上年结转"),
        Topic.REQUESTS,
        (
            r"{lead}(?:连同|加上|含|包括|以及|办理|承接)*(?:上年度?|上一年度?|去年|往年)(?:结转|遗留)"
            r"(?:[到至]?(?:本年度?|今年))?(?:办理|继续办理|下来)*的?(?:{requests})?" + _IS + r"#(?:{requests})?",
        ),
        ("上年结转#", "连同上年结转#", "2019年结转申请#", "含上年度结转申请#"),
        ("结转#", "2018年结转#"),
        zero=r"(?:上年度?|往年|去年)(?:结转|遗留)的?(?:{requests})?",
        zero_examples=("往年遗留的申请", "上年结转申请"),
    ),
    Statement(
        "pending",
        Message("requests carried over to next year", "结转下年度"),
        Topic.REQUESTS,
        (
            r"{lead}(?:剩余|尚有|另有|其余)*结转[到至]?(?:下年度?|下一年度?|次年度?|明年)(?:继续)?(?:办理|答复|处理)?的?(?:{requests})?"
            + _IS
            + r"#(?:{requests})?",
            r"{lead}(?:剩余|尚有|另有|其余)*#(?:申请)?结转[到至]?(?:下年度?|下一年度?|次年度?|明年)(?:继续)?(?:办理|答复|处理)?",
        ),
        ("结转下年度继续办理#", "结转2021年继续办理#", "#结转下年度继续办理", "结转下年度#"),
        ("结转2020年继续办理#", "结转#"),
        zero=r"结转[到至]?(?:下年度?|下一年度?)(?:继续)?(?:办理|答复|处理)?的?(?:{requests})?",
        zero_examples=("结转下年度继续办理的申请",),
    ),
    Statement(
        "completed",
        Message("requests completed", "办结"),
        Topic.REQUESTS,
        (
            r"{lead}(?:及时|依法依规|依法|依规|按规定|按规定时间内|均|已|,)*(?:办结|办理完毕|答复)(?:了|的)?(?:{requests})?(?:总?数)?"
            + _IS
            + r"#(?:{requests})?",
        ),
        ("全年办结#", "及时依法依规办结#", "按规定时间内已答复的信息公开申请#"),
        ("按时办结#", "延期答复#", "办结留言#", "应办#"),
    ),
    _outcome(
        "granted",
        ("granted in full", "予以公开"),
        r"(?:予以公开|同意公开)",
        "予以公开#",
        "同意公开的#",
        '"予以公开"答复数#',
        no=("予以公开及部分公开#", "自然人予以公开#"),
    ),
    _outcome(
        "partiallyGranted",
        ("granted in part", "部分公开"),
        r"(?:予以部分公开|同意部分公开|部分公开)",
        "部分公开#",
        "同意部分公开的#",
    ),
    _outcome(
        "denied",
        ("denied", "不予公开"),
        r"(?:不予公开|不同意公开)",
        "不予公开#",
        "不同意公开的#",
        no=("不予公开信息数#",),
    ),
    _outcome(
        "notHeld",
        ("not held by the agency", "本机关不掌握"),
        r"(?:本(?:机关|单位|部门|局|办|委|厅|院|处|镇|乡|街道))?不掌握(?:相关)?(?:政府)?(?:信息)?(?:而)?(?:无法提供)?",
        "因本机关不掌握无法提供#",
        '"本机关不掌握相关政府信息"答复数#',
    ),
    _outcome(
        "unavailable",
        ("unable to provide", "无法提供"),
        r"无法提供",
        "无法提供#",
        no=("无法提供等答复#",),
    ),
    _outcome(
        "notProcessed",
        ("not processed", "不予处理"),
        r"不予处理",
        "不予处理#",
    ),
    _outcome(
        "other",
        ("other handling", "其他处理"),
        r"其[他它]处理",
        "其他处理#",
        no=("计入其他处理#",),
    ),
    Statement(
        "reconsideration",
        Message("reconsideration cases", "行政复议"),
        Topic.REVIEW,
        (
            r"{lead}" + _BECAUSE + r"行政复议(?:申请|案件|案)?" + _IS + r"#",
            r"{lead}" + _BECAUSE + r"#(?:政府信息公开|信息公开)?(?:类|的)?行政复议(?:申请|案件|案)?",
        ),
        ("因政府信息公开被申请行政复议#", "行政复议#", "发生#行政复议案件"),
        ("行政复议结果纠正#", "办理行政复议案件#"),
        zero=_REVIEW_WORDS + r"*复议" + _REVIEW_WORDS + "*",
        zero_examples=("行政复议、行政诉讼", "因政府信息公开引起的行政复议"),
    ),
    Statement(
        "litigation",
        Message("lawsuits", "行政诉讼"),
        Topic.REVIEW,
        (
            r"{lead}" + _BECAUSE + r"行政诉讼(?:案件|案)?" + _IS + r"#",
            r"{lead}" + _BECAUSE + r"#(?:政府信息公开|信息公开)?(?:类|的)?行政诉讼(?:案件|案)?",
        ),
        ("被提起行政诉讼#", "行政诉讼案件#"),
        ("行政诉讼结果纠正#", "行政诉讼败诉#"),
        zero=_REVIEW_WORDS + r"*诉讼" + _REVIEW_WORDS + "*",
        zero_examples=("行政复议、行政诉讼", "行政诉讼和行政申诉"),
    ),
)

ZERO_LEAD = r"(?:尚|暂|均|都)?(?:没有|未|无)?(?:发生|收到|接到|有)?(?:过)?(?:因|由)?"
"""What of a statement of zero may stand before its label within the clause."""

COUNTED_IN = ("件", "宗", "份", "条", "起", "次", "例", "件次")
"""Units in which requests and cases are counted."""
