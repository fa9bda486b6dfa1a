"""The steps of a reconsideration or a court case, by the verbs that tell them. Data only; examples are read by tests.

Patterns match folded, simplified text without blanks.
"""

from dataclasses import dataclass

from loaders.document import EventOutcome, EventStepKind

DISPUTE = r"复议|起诉|诉讼|上诉|法院|行政判决|行政裁定"
"""What a passage must speak of to tell of a dispute."""
STEP_ENDS = r"[,;。:\n]"
SENTENCE_ENDS = r"[;。\n]"
_WHAT = r"[^,;。:\n]"


@dataclass(frozen=True, slots=True)
class StepVerb:
    """A verb that tells a step, and a clause that it tells it in; of several in a clause the first one counts."""

    step: EventStepKind
    pattern: str
    example: str


STEP_VERBS: tuple[StepVerb, ...] = (
    StepVerb(
        EventStepKind.APPLIED, rf"受理了?{_WHAT}{{0,30}}?(?:公开(?:的)?申请|申请公开)", "某局受理李某的政府信息公开申请"
    ),
    StepVerb(
        EventStepKind.ANSWERED_ANEW,
        rf"重新(?:作出|进行|予以|向{_WHAT}{{1,12}}作出)?{_WHAT}{{0,12}}(?:答复|处理|告知)",
        "某局重新作出部分公开答复",
    ),
    StepVerb(EventStepKind.ANSWERED_ANEW, rf"(?:再次|另行)(?:作出|进行|予以){_WHAT}{{0,12}}答复", "某局再次作出答复"),
    StepVerb(
        EventStepKind.APPEALED,
        r"(?:提起|提出)?(?:上诉|抗诉)(?!请求|状)|申请再审|提出再审申请",
        "原告不服一审判决提起上诉",
    ),
    StepVerb(
        EventStepKind.WITHDRAWN,
        rf"撤回了?{_WHAT}{{0,12}}?(?:复议|起诉|诉讼|上诉)(?:申请)?|撤诉",
        "申请人撤回行政复议申请",
    ),
    StepVerb(
        EventStepKind.DECIDED,
        rf"(?:作出|作了|下达|出具)了?{_WHAT}{{0,40}}?(?:复议决定|复议终止|判决|裁定|调解书)|(?:判决|裁定|决定)(?:维持|撤销|驳回|变更|确认|责令)"
        rf"|(?:复议机关|法院|人民政府|政府|复议局){_WHAT}{{0,14}}?(?:维持|驳回|撤销)",
        "某市人民政府作出行政复议决定",
    ),
    StepVerb(
        EventStepKind.FILED,
        rf"(?:申请(?!人|公开|表)|提起|提出|提交)了?{_WHAT}{{0,16}}?(?:行政复议|复议申请|复议)|(?:提起|提出){_WHAT}{{0,16}}?(?:行政诉讼|诉讼|起诉)|起诉(?:至|到|某|我)|诉至|收到{_WHAT}{{0,30}}?(?:复议申请|起诉状)",
        "申请人向某市人民政府申请行政复议",
    ),
    StepVerb(
        EventStepKind.ACCEPTED,
        r"(?<!不予)(?<!未予)(?<![未不])(?:受理|立案)(?!通知|条件|范围)",
        "某市人民政府依法受理",
    ),
    StepVerb(EventStepKind.HEARD, r"开庭|公开审理|听证", "某区人民法院开庭审理"),
    StepVerb(
        EventStepKind.NOTIFIED,
        rf"(?:作出|发出|出具|送达|寄送|制发|下发|收到)了?{_WHAT}{{0,40}}?(?:告知书|告知单|补正通知|通知书|补正告知|应诉通知|答复通知)|(?:通知|要求|告知)其?{_WHAT}{{0,12}}补正",
        "某局作出《告知书》",
    ),
    StepVerb(
        EventStepKind.ANSWERED,
        rf"(?:作出|进行|予以|出具|送达|寄送|邮寄){_WHAT}{{0,40}}?(?:答复书|答复意见|答复|回复|决定书)|(?:依法|书面|按期|及时)答复|答复(?:申请人|了)",
        "某局依法作出政府信息公开答复",
    ),
    StepVerb(
        EventStepKind.APPLIED,
        rf"(?:收到|接到|受理){_WHAT}{{0,40}}?申请|(?:提出|提交|递交|邮寄|申请|要求)(?:公开|获取|了?{_WHAT}{{0,30}}?(?:公开申请|公开的申请|申请表|公开))",
        "某局收到李某的政府信息公开申请",
    ),
)
"""In order of preference where two begin at the same place."""

RECEIVED = r"收到|签收|接到|送达"
"""Before a decision these say that its date is the day that it came."""
OF_COURT = r"法院|诉讼|起诉|上诉|判决|裁定|撤诉|应诉|开庭|再审"
COUNTED = r"\d+(?:余)?(?:件|起|宗|人次|次)"
"""A clause that counts cases tells of no single one."""
NEW_CASE = r"^(?:案[件例][一二三四五六七八九十\d]|第[一二三四五六七八九十]起|另一起|另[一]?[案件]|[(]?[一二三四五六七八九十\d]{1,2}[)、.]|[一二三四五六七八九十]是)"

CHALLENGED = r"不服|维持|撤销|驳回|确认|责令|变更|针对|关于|要求|请求|认为|对(?=[^方应])"
"""Behind these the number is that of a document which the step is about, not of the one it issued."""
WITH_NUMBER = frozenset(
    {
        EventStepKind.NOTIFIED,
        EventStepKind.ANSWERED,
        EventStepKind.ACCEPTED,
        EventStepKind.DECIDED,
        EventStepKind.ANSWERED_ANEW,
    }
)

OUTCOMES: tuple[tuple[str, EventOutcome], ...] = (
    (rf"驳回{_WHAT}{{0,40}}", EventOutcome.DISMISSED),
    (rf"维持{_WHAT}{{0,40}}", EventOutcome.UPHELD),
    (rf"(?:确认|认定){_WHAT}{{0,40}}?违法", EventOutcome.UNLAWFUL),
    (rf"撤销{_WHAT}{{0,40}}", EventOutcome.REVOKED),
    (rf"变更{_WHAT}{{0,40}}", EventOutcome.CHANGED),
    (rf"责令{_WHAT}{{0,40}}", EventOutcome.ORDERED),
)
TOGETHER = ({EventOutcome.REVOKED, EventOutcome.ORDERED}, {EventOutcome.UNLAWFUL, EventOutcome.ORDERED})
"""What may be decided at once: the first of the two says how it ended."""
NOT_DECIDED = r"(?:要求|请求|申请|诉请|建议|不服|未)[^,;。:\n]{0,12}$"
"""Before the word for an outcome these say that it was asked for, not decided."""
OUTCOME_EXAMPLES = (
    ("作出行政复议决定,决定撤销某局的答复,责令其重新答复", EventOutcome.REVOKED),
    ("作出维持原答复的复议决定", EventOutcome.UPHELD),
    ("判决驳回原告要求撤销答复的诉讼请求", EventOutcome.DISMISSED),
    ("作出判决,确认答复超期违法", EventOutcome.UNLAWFUL),
    ("作出二审判决,驳回上诉,维持原判", None),
)
DECIDES = frozenset({EventStepKind.FILED, EventStepKind.ACCEPTED, EventStepKind.HEARD, EventStepKind.APPEALED})
"""Steps in whose sentence the decision may follow, without a date of its own."""
OF_DISPUTE = DECIDES | {EventStepKind.DECIDED, EventStepKind.WITHDRAWN}
OWN_NUMBER = r"(?:决定|决定书|判决|判决书|裁定|裁定书|答复|答复书|告知书|通知书)[》(]{0,2}$"
"""Right before a number: what was issued has it."""
ON_APPEAL = r"撤回[^,;。:\n]{0,8}上诉|驳回[^,;。:\n]{0,8}上诉|维持(?:原判|一审|原裁定|原审)"
