"""The narrative part of a report as data: numbering styles, and section headings with their roles across the eras.

Sources: 条例 2008 art. 32 (six items) and 2019 art. 50 (five items); 国办公开办函〔2019〕60号 and 〔2021〕30号 (the six canonical
headings); wording of real reports. Patterns match folded text (see `loaders.text.folding`); every entry carries examples, which
tests read. A role's cues are tried in the order of `ROLE_CUES`, because one title may hold the words of several.
"""

from dataclasses import dataclass

from loaders.document import SectionRole
from loaders.forms.messages import Message

NUMERALS = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
BRACKETED_CHINESE = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
BRACKETED_DIGITS = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
DOTTED_DIGITS = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"


@dataclass(frozen=True, slots=True)
class Numbering:
    """A numbering style: its level in the section tree and how it is printed; group `n` is the number.

    A style that is `line_only` counts only at the beginning of a line, because it is ordinary prose elsewhere; one that
    is `paired` counts only where its second number follows.
    """

    level: int
    pattern: str
    examples: tuple[str, ...]
    line_only: bool = False
    paired: bool = False


_CN = f"[{NUMERALS}]{{1,3}}"

NUMBERING: tuple[Numbering, ...] = (
    Numbering(1, rf"第(?P<n>{_CN}) ?(?:部分|章)[ 、.:]*", ("第一部分 概述", "第二章、主动公开"), line_only=True),
    Numbering(6, rf"第(?P<n>{_CN})[,、:]", ("第一,", "第二、"), paired=True),
    Numbering(6, rf"其(?P<n>{_CN})[,、:是]", ("其一,", "其二是"), paired=True),
    Numbering(1, rf"(?P<n>{_CN}) {{0,2}}、(?![{NUMERALS}]+、)[.]?", ("一、总体情况", "十一、")),
    Numbering(1, rf"(?P<n>{_CN})\.(?=\D)", ("一.总体情况",), line_only=True),
    # A PDF may break the line between the numeral and 是.
    Numbering(6, r"(?P<n>[一二三四五六七八九]|十[一二三四五]?)(?:\n {0,12})?是", ("一是", "十一是")),
    Numbering(6, r"(?P<n>[一二三四五六七八九]|十[一二三四五]?)要(?!求)", ("一要", "二要"), paired=True),
    Numbering(2, rf"\( ?(?P<n>{_CN}) ?\)[、.]?", ("(一)", "( 二 )")),
    Numbering(2, rf"(?P<n>{_CN}) ?\)[、.]?", ("一)", "十二)、"), line_only=True),
    Numbering(2, rf"(?P<n>[{BRACKETED_CHINESE}])[、.]?", ("㈠",)),
    Numbering(4, r"\( ?(?P<n>\d{1,2}) ?\)[、.]?", ("(1)", "(12)")),
    Numbering(4, rf"(?P<n>[{BRACKETED_DIGITS}])[、.]?", ("⑴",)),
    Numbering(4, r"(?P<n>\d{1,2}) ?\)[、.]?", ("1)",), line_only=True),
    Numbering(3, r"(?<![0-9A-Za-z./~-])(?P<n>\d{1,2}) ?(?:\.(?!\d)|、(?!\d))[、.]?", ("1.", "1、", "10、")),
    Numbering(3, rf"(?P<n>[{DOTTED_DIGITS}])", ("⒈",)),
    Numbering(5, rf"(?P<n>[{CIRCLED}])[、.]?", ("①",)),
)
FIRST_CHARACTERS = f"{NUMERALS}0-9(第其{CIRCLED}{BRACKETED_CHINESE}{BRACKETED_DIGITS}{DOTTED_DIGITS}"

# Before a bracketed or dotted number these make it a reference, not a heading: 第二十条第(一)项, 附件1.
REFERENCE_BEFORE = "第见条项款述表图件注按照和及与至到或、"
# Behind it these do: 第(一)项
REFERENCE_BEHIND = "项款条号目类季期批次个年月日号届级万亿%"
# Before 一是 these make another word of it: 第一是, 统一是, 唯一是, 之一是
WORD_BEFORE_ITEM = "第统唯之万同单专逐任惟归合划初周期"


@dataclass(frozen=True, slots=True)
class Heading:
    """A main heading: its role, the canonical wording where an order gives one, and how it is met.

    `ordinal` is the numeral that the orders since 2019 give it.
    """

    role: SectionRole
    pattern: str
    examples: tuple[str, ...]
    zh: str = ""
    en: str = ""
    ordinal: str = ""
    form: str = ""  # the official table that stands under it


HEADINGS: tuple[Heading, ...] = (
    Heading(
        SectionRole.OVERVIEW,
        r"(?:政府信息公开)?(?:工作)?(?:总体(?:工作)?(?:情况|概况)|概[述况]|(?:工作)?基本(?:工作)?(?:情况|概况))|主要工作概述|工作概述|总体工作概述|(?:20\d\d年)?政府信息公开工作(?:的)?(?:总体|基本)情况",
        ("总体情况", "概述", "工作总体情况", "基本情况", "政府信息公开工作的基本情况"),
        "总体情况",
        "overview",
        "一",
    ),
    Heading(
        SectionRole.PROACTIVE_DISCLOSURE,
        r"(?:行政机关)?主动公开(?:政府)?信息的?(?:工作)?情况|政府信息主动公开(?:工作)?的?情况|主动公开(?:工作)?情况",
        ("主动公开政府信息情况", "行政机关主动公开政府信息情况", "主动公开政府信息的情况"),
        "主动公开政府信息情况",
        "proactive disclosure",
        "二",
        "proactiveDisclosure",
    ),
    Heading(
        SectionRole.REQUESTS,
        r"(?:行政机关)?收到和处理政府信息公开申请的?情况|(?:政府信息)?依申请公开(?:政府信息)?(?:工作)?(?:办理)?的?(?:工作)?(?:办理)?情况|依申请公开(?:工作)?",
        (
            "收到和处理政府信息公开申请情况",
            "依申请公开政府信息情况",
            "政府信息依申请公开工作情况",
            "依申请公开政府信息办理情况",
        ),
        "收到和处理政府信息公开申请情况",
        "requests received and handled",
        "三",
        "requests",
    ),
    Heading(
        SectionRole.REVIEW_AND_LITIGATION,
        r"(?:因)?(?:政府)?信息公开(?:工作)?(?:被)?申?请?(?:提起)?行政复议(?:、|和|及|与|以及|,)?(?:被)?(?:提起)?行政诉讼(?:和?申诉)?的?情况|(?:被?申请)?行政复议(?:、|和|及|与)(?:提起)?(?:行政)?诉讼(?:和申诉)?的?情况",
        (
            "政府信息公开行政复议、行政诉讼情况",
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "政府信息公开行政复议和行政诉讼情况",
        ),
        "政府信息公开行政复议、行政诉讼情况",
        "review and litigation",
        "四",
        "reviewAndLitigation",
    ),
    Heading(
        SectionRole.PROBLEMS_AND_IMPROVEMENTS,
        r"(?:政府信息公开)?(?:工作)?中?(?:存在的?)?(?:主要)?(?:的)?问题(?:、困难)?(?:和|及|与|、|以及)(?:改进|整改|解决|下一?步)(?:工作)?(?:的)?(?:情况|措施|打算|意见|方向|办法|安排|计划)",
        (
            "存在的主要问题及改进情况",
            "政府信息公开工作存在的主要问题及改进措施",
            "主要问题和改进措施",
            "存在的主要问题及下步工作打算",
        ),
        "存在的主要问题及改进情况",
        "problems and improvements",
        "五",
    ),
    Heading(
        SectionRole.OTHER_MATTERS,
        r"其[他它]需要(?:报告|说明)的事项(?:情况)?|需要(?:报告|说明)的其[他它]事项|需要(?:报告|说明)的(?:事项|情况)|其[他它]事项",
        ("其他需要报告的事项", "其它需要报告的事项", "其他需要报告的事项情况"),
        "其他需要报告的事项",
        "other matters",
        "六",
    ),
    Heading(
        SectionRole.FEES,
        r"(?:政府)?信息公开(?:的)?收费(?:及|和|、)减免(?:的)?情况|(?:政府信息公开)?(?:的)?(?:依申请公开)?收费(?:(?:及|和|、)减免)?(?:的)?情况|政府支出与收费(?:的)?情况|政府支出与收费",
        ("政府信息公开的收费及减免情况", "信息公开收费及减免情况", "收费及减免情况"),
    ),
    Heading(
        SectionRole.ANNEX,
        r"[^ \n,。;:|]{0,24}(?:政府信息公开)?(?:工作)?情况(?:的)?统计表|附表|附件",
        ("政府信息公开情况统计表",),
    ),
    Heading(
        SectionRole.WORK_POINTS,
        r"(?:20\d\d年)?(?:政务公开)?(?:工作)?要点(?:任务)?(?:贯彻)?(?:落实|完成)情况|重点领域(?:政府)?信息公开(?:工作)?(?:推进)?情况",
        ("2018年政务公开工作要点落实情况", "重点领域信息公开情况"),
    ),
)

# Words by which a main heading of any wording shows its role; the first that matches decides.
ROLE_CUES: tuple[tuple[SectionRole, str, tuple[str, ...]], ...] = (
    (SectionRole.ANNEX, r"统计表|^附[表件]", ("政府信息公开情况统计表", "附表")),
    (
        SectionRole.WORK_POINTS,
        r"要点(?:任务)?.{0,6}(?:落实|完成|执行)|重点(?:工作|任务|领域).{0,12}(?:落实|公开|推进|完成)|主要任务.{0,4}落实",
        ("2018年政务公开工作要点落实情况",),
    ),
    (
        SectionRole.PROBLEMS_AND_IMPROVEMENTS,
        r"问题|不足|改进|整改|下一?(?:步|阶段)|打算|努力方向|工作(?:计划|安排|思路|设想)|薄弱",
        ("存在的主要问题及改进情况", "下一步工作打算", "主要不足和改进措施"),
    ),
    (SectionRole.FEES, r"收费|减免|费用", ("政府信息公开的收费及减免情况", "依申请公开信息收取的费用")),
    (SectionRole.REVIEW_AND_LITIGATION, r"复议|诉讼|申诉|举报|投诉", ("申请行政复议、提起行政诉讼和申诉的情况",)),
    (
        SectionRole.OTHER_MATTERS,
        r"其[他它].{0,6}事项|需要?(?:要)?(?:报告|说明)的|有关说明|相关说明|其[他它](?:有关)?(?:情况|工作)$",
        ("其他需要报告的事项", "需要说明的事项与附表"),
    ),
    (
        SectionRole.REQUESTS,
        r"依申请|申请.{0,8}(?:情况|办理|处理|答复)|收到和处理|不予公开",
        ("依申请公开、不予公开及咨询政府信息情况", "收到和处理政府信息公开申请情况"),
    ),
    (SectionRole.PROACTIVE_DISCLOSURE, r"主动公开|主动向社会公开", ("主动公开政府信息情况",)),
    (
        SectionRole.OVERVIEW,
        r"概[述况]|总体|基本情况|工作情况$|主要工作|主要做法|工作开展|组织领导",
        ("概述", "总体情况", "主要工作概述"),
    ),
)

# Sub-headings that stand glued to their text: the title ends where the pattern does.
SUBHEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"(?:主动公开|依申请公开|政府信息管理|(?:政府)?信息公开平台建设|平台(?:载体)?建设|监督保障)(?:工作)?(?:方面|情况)",
        ("主动公开方面", "平台载体建设方面", "监督保障情况"),
    ),
    (r"存在的?(?:主要)?问题(?:和困难)?|主要问题|问题和不足", ("存在的主要问题", "存在问题")),
    (
        r"改进(?:情况|措施|办法)|整改措施|解决办法|下一?步(?:工作)?(?:打算|措施|安排|计划)|下一步改进措施",
        ("改进措施", "下步工作打算"),
    ),
    (r"基本情况|总体情况|主要做法|工作情况", ("基本情况", "主要做法")),
    (
        r"主动公开政府信息的(?:主要)?(?:数量|类别|形式|渠道|途径|内容)|公开的?(?:主要)?(?:内容|形式|渠道|途径)",
        ("主动公开政府信息的主要类别",),
    ),
    (r"(?:收到)?申请(?:处理)?情况|咨询情况|答复情况|收费情况|处理情况", ("申请情况", "申请处理情况")),
    (r"门户网站(?=在)|公众查阅点(?=[指设在])|政府网站(?=[在是])", ("门户网站",)),
)
# A glued title also ends before these, which begin a sentence: ...主要类别|2018年,我区主动公开
SENTENCE_OPENERS = r"(?:20\d\d ?年|今年|本年度?|我[省市县区州局厅委办镇乡]|全[省市县区州]|为了|为(?:进一步|深入|切实|更好|全面|加强|提高|增强|规范|贯彻|推进|确保|方便|充分)|按照|根据|虽然|目前|截至|截止|通过|一年来|坚持|围绕|认真|在“|在\"|各乡镇|[区市县]管委会|区直|县直|指定)"
BETWEEN_LISTED = r"[ \n,、。;.和及与以\d…·]{0,12}"  # between the entries of a list of contents
TITLE_GOES_ON = "、及和与的或"  # a title does not end before these
OPENER_MARGIN = 4  # a glued title of fewer characters is no title

# A line that only repeats what stands below it: no heading (Markdown of tables).
TABLE_CAPTION = r"(?:附?表[一二三四五六七八九十\d]+[:、. ])"

# What a preamble says: two of these, or one of the telling ones, make a paragraph preamble.
PREAMBLE_CUES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"《?(?:中华人民共和国)?政府信息公开条例", ("根据《中华人民共和国政府信息公开条例》",)),
    (
        r"(?:部分|方面)(?:组成|构成|内容)|全文(?:由|包括)|本(?:年度)?报告(?:由|包括|共分)|[六五七八6578]个?(?:部分|方面)",
        ("六个部分组成", "全文包括"),
    ),
    (
        r"(?:编制|形成|撰写|公布|发布)(?:完成)?(?:了)?(?:本|此|20\d\d年|该)|要求编制|现(?:将|就|公布).{0,40}(?:如下|报告)|年度报告",
        ("编制本报告", "现将有关情况报告如下"),
    ),
)

TELLING_PREAMBLE_CUES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"统计(?:期限|时限|时间|起止|周期)|数据的?(?:统计)?(?:期限|时间)", ("所列数据的统计期限",)),
    (
        r"电子版|(?:如|若)(?:对本|有)(?:年?报告?)?(?:有)?(?:任何)?疑问|联系(?:地址|电话|方式)?[:(]|请与.{2,40}联系",
        ("如对本报告有任何疑问", "请与某局联系"),
    ),
)

# Words of a paragraph behind the last table by which a lost heading 五 or 六 is recovered.
PROBLEM_CUES = r"问题|不足|困难|差距|薄弱|改进|有待|整改|下一?步"
OTHER_MATTER_CUES = r"统计(?:期限|时限|时间)|电子版|信息处理费|需要报告|^(?:本年度?)?无(?:其[他它]|需要)?|没有(?:其[他它])?需要|建议提案"
NOTE_CUES = r"^(?:注|备注|说明|附注)[:: ]"

# How an annex with the pre-2019 table begins: 政府信息公开情况统计表 ... 指标名称 计量单位
ANNEX_WORD = "统计"  # no annex title is without it
ANNEX_TITLE = r"(?:附[件表]?\d?[:、. ]*)?(?:(?<=[ \n\d日:.。、)])|^)[^ \n,。;:|]{0,40}(?:政府)?信息公开(?:工作)?情况(?:的)?统计(?:报)?表"
ANNEX_HEADER = r"指标名称|统计指标|填报单位|计量单位|统计数|指 ?标"

# A sign-off: an agency and a date, or either, on lines of their own at the end.
SIGNATORY = r"[一-鿿()]{3,36}(?:人民政府|政府|办公[室厅]|委员会|管委会|局|厅|委|办|处|所|院|站|中心|队|公司|大学|学院)"
CHINESE_DATE = r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|[二][〇○零ОO0oo一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"

# Rows of the official tables that look like headings; the grids themselves are left out by their spans.
TABLE_ROWS: tuple[str, ...] = (
    "本年新收政府信息公开申请",
    "上年结转政府信息公开申请",
    "上年度结转政府信息公开申请",
    "本年度办理结果",
    "本年度处理结果",
    "结转下年度继续办理",
    "结转下一年度继续办理",
)

OVERVIEW_SUBJECTS: tuple[tuple[str, Message], ...] = (
    (r"主动公开", Message("proactive disclosure", "主动公开")),
    (r"依申请|申请公开|申请(?:办理|处理|答复)|收到.{0,12}申请", Message("requests", "依申请公开")),
    (
        r"信息(?:资源)?(?:规范(?:化)?)?管理|管理情况|规范性文件|(?:信息|公文|内容).{0,12}(?:审[核查]|管理|发布)",
        Message("management of information", "政府信息管理"),
    ),
    (r"平台|网站|新媒体|公众号|微信|专栏|专区|渠道|载体|公开栏", Message("platforms", "政府信息公开平台建设")),
    (
        r"监督|保障|考核|评议|培训|责任|领导|检查|督[查促导]",
        Message("supervision and support", "监督保障"),
    ),
)
"""The five subjects of the overview; any word that can only belong to the subject will do."""
