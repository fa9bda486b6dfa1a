"""Words by which a report says what it is: titles, kinds, years, periods, dates. Data only; examples are read by tests.

All patterns match folded, simplified text without blanks, unless a comment says otherwise.
"""

from typing import NamedTuple


class Cue(NamedTuple):
    """A meaning, the pattern that shows it, and texts that must show it."""

    value: str
    pattern: str
    examples: tuple[str, ...]


SUBJECT = (
    r"(?:(?:政府|政务|行政)?信息公开(?:(?:暨|和|与|及)政务公开)?|政务公开(?:(?:暨|和|与|及)政府信息公开)?|依申请公开)"
)
# What a title says behind its subject, up to its last word.
TITLE_TAIL = (
    rf"{SUBJECT}(?:政府信息)?[工作年度的情况开展总结要点贯彻落实任务完成执行自查半上下季一二三四第分解主及和步计划统测评估考核推进0-9月份重阶段与-]{{0,28}}"
    r"(?:报告|年报|总结|告年度报|情况(?:汇报|通报|说明|统计)?|统计表?|自查|通知|要点|方案|安排)"
)
TITLE_SIGN = "公开"  # a line without these characters is no title
TITLE_TAIL_EXAMPLES = (
    "政府信息公开工作年度报告",
    "政府信息公开工作的年度报告",
    "年度政府信息公开年报",
    "政务公开工作要点落实情况",
    "信息公开年度报告",
    "政府信息公开工作告年度报",
    "依申请公开工作情况",
    "政务公开工作总结",
)
# What may stand behind a title that is glued to the text.
TITLE_FOLLOWERS = r"根据|按照|依据|本(?:年度?)?报告|本年报|现将|为|来源|发布|索引|一、|\(|【|为了|\d{4}年,|时间|作者"
# The name of a column or a site section, printed under many a report.
COLUMN_NAME = r"(?:政府)?信息公开(?:工作)?(?:年度报告|年报)|年度报告|附件[:]?"
LONGEST_TITLE = 60
SENTENCE_MARK = r"[。;!?]"
# A line that is a file to download or a link, not a title.
FILE_NAME = r"\.(?:docx?|wps|pdf|xlsx?|ofd|zip|rar|html?|jpe?g|png|mp4)\b"

YEAR = (
    r"(?P<digits>(?:19|20)\d\d)|(?P<chinese>[二][〇○零ОOo0][〇○零ОOo0一二三四五六七八九][〇○零ОOo0一二三四五六七八九])"
)
TITLE_YEAR = rf"(?:{YEAR})(?:[-—至](?:20)?\d\d)?(?:学?年)(?:度)?(?:关于)?"
ZEROS = "〇○零ОOo0"
CHINESE_DIGITS = "〇一二三四五六七八九"

# Decorations around a title: 【文稿解读】...(全文), (图片版)
DECORATION = r"【[^】]{1,12}】|\[[^\]]{1,12}\]|\((?:全文|图片版|图文版|文字版|PDF版|pdf版|超链版|附表|含附表|word版|正式稿|定稿)\)|^关于|^附件?\d?:?|的$"

TITLE_EDGES = "度年的、-—·:_ |"  # what is left around an agency when year and decoration are taken out

# Kind by title: the first that matches decides.
KIND_BY_TITLE: tuple[Cue, ...] = (
    Cue(
        "OTHER",
        r"图解|一图读懂|解读|动漫|H5|图片版|海报|长图",
        ("【文稿解读】科苑街道办事处2020年政府信息公开工作年度报告", "图解2020年政府信息公开工作年度报告"),
    ),
    Cue(
        "OTHER",
        r"学年|法治政府|网站(?:工作)?年度(?:工作)?报表|党务公开|司法公开|检务公开|警务公开|厂务公开|校务公开|村务公开",
        ("某学院2019-2020学年信息公开年度报告", "某市2020年法治政府建设年度报告"),
    ),
    Cue(
        "NOTICE",
        r"(?:通知|通报|公告|通告|函|批复)(?:\(.*\))?$|格式(?:\(.*\))?$|印发|模板|编制指南|征求意见",
        ("关于做好2020年政府信息公开工作年度报告编制工作的通知",),
    ),
    Cue("OTHER", r"(?:指南|目录|制度|办法|规定|规范|标准|清单|专栏)(?:\(.*\))?$", ("某县政府信息公开指南",)),
    Cue(
        "WORK_POINTS_STATUS",
        r"要点.{0,12}(?:落实|完成|执行|推进|进展|自查|情况|总结|报告)|(?:落实|贯彻|执行|完成).{0,20}要点|任务(?:分解|分工).{0,12}(?:落实|完成|情况)|主要任务.{0,6}(?:落实|完成)|重点(?:工作|任务|工作任务).{0,8}(?:落实|完成|推进|进展)|自查(?:情况)?(?:的)?报告",
        (
            "厦门市海沧区人民政府2019年政务公开工作要点落实情况",
            "某县2020年政务公开工作自查报告",
            "关于落实2019年政务公开工作要点情况的报告",
            "某县2021年政务公开重点工作完成情况",
        ),
    ),
    Cue("NOTICE", r"要点(?:\(.*\))?$|(?:实施|工作)方案$|工作安排$", ("某市2021年政务公开工作要点",)),
    Cue(
        "PERIODIC",
        r"上半年|下半年|半年度?|第?[一二三四1234]季度|季度|季报|月报|\d{1,2}(?:-\d{1,2})?月份?|[一二三四五六七八九十]{1,2}月(?:份|至)",
        ("某区2022年上半年政府信息公开工作报告", "某镇2024年第一季度政府信息公开统计表"),
    ),
    Cue(
        "REQUESTS_REPORT",
        r"^(?!.*主动公开).*(?:依申请公开|信息公开申请.{0,16}(?:情况|统计|报告|汇总))",
        (
            "某市2019年依申请公开工作情况报告",
            "某局2022年依申请公开年度报告",
            "某局2022年政府信息公开申请办理情况报告",
            "某县2022年政府信息公开申请受理及答复情况统计",
        ),
    ),
    Cue(
        "ANNUAL_REPORT",
        r"信息公开.{0,12}(?:报告|年报|告年度报)|政务公开.{0,8}(?:年度报告|年报|年度工作报告)|年度.{0,6}信息公开",
        (
            "济南市行政审批服务局2020年政府信息公开工作年度报告",
            "国家文物局2012年政府信息公开工作报告(全文)",
            "某局2010年政府信息公开年报",
        ),
    ),
    Cue(
        "SUMMARY",
        r"(?:信息|政务)公开.{0,16}(?:总结|情况|报告|汇报)",
        ("某县2020年政务公开工作总结", "某局2019年政务公开工作情况"),
    ),
)
# Kind by the beginning of the body, where no title tells.
KIND_BY_BODY: tuple[Cue, ...] = (
    Cue(
        "WORK_POINTS_STATUS",
        r"现(?:就|将).{0,60}(?:要点|工作|任务)(?:任务)?(?:的)?(?:贯彻|完成|推进)?(?:落实|完成|推进)情况|工作要点》?.{0,40}现将(?:贯彻)?(?:落实|完成)情况",
        ("现就2019年政务公开工作落实情况报告如下", "根据《2021年政务公开工作要点》要求,现将落实情况报告如下"),
    ),
    Cue(
        "PERIODIC",
        r"现[将就].{0,30}(?:[上下]半年|半年度|第?[一二三四1-4]季度|1[-至]\d{1,2}月).{0,40}(?:报告|汇报|说明|情况)?如下",
        ("现将上半年工作情况报告如下", "现将我局2022年二季度政府信息公开工作情况报告如下"),
    ),
    Cue(
        "REQUESTS_REPORT",
        r"现[将就].{0,30}(?:依申请公开|信息公开申请)(?!.{0,30}主动公开).{0,30}(?:报告|汇报|说明|情况)?如下",
        ("现将2022年政府信息依申请公开工作情况报告如下",),
    ),
    Cue("NOTICE", r"^.{0,60}人民政府[,、].{0,80}[:](?:现将|为)", ("各县(市、区)人民政府,市政府各部门:现将",)),
    Cue(
        "ANNUAL_REPORT",
        r"信息公开(?:工作)?(?:的)?(?:年度)?(?:工作)?(?:报告|年报)|总体情况[,、]主动公开|形成(?:该|本)《?报告|概[述况][,、]主动公开",
        ("编制的2020年政府信息公开年度报告", "报告全文由总体情况、主动公开政府信息情况"),
    ),
)
# A report without a title line may name itself: 由某局编制的2020年政府信息公开年度报告
_NAME = r"[^,。;:!?()《》|的了将于我本全]"
NAMES_ITSELF = (
    rf"(?:编制|形成|撰写|公布|公开|发布|公示|[将就])(?:完成)?(?:的|了|出)?(?:[我本全][一-鿿]{{1,3}}?(?:的)?)?"
    rf"(?P<title>(?:20\d\d年度?{_NAME}{{0,30}}?|{_NAME}{{2,30}}?20\d\d年度?){SUBJECT}[工作年度的]{{0,10}}(?:报告|年报))(?!格式|编制|的通知|撰写|要求)"
)
NAMES_ITSELF_EXAMPLES = (
    "由某局编制的2020年政府信息公开年度报告",
    "现公布漳平市审计局2017年政府信息公开工作年度报告",
    "现公开2021年度漳平市教育局政府信息公开年度报告",
    "现将我局2021年政府信息公开工作年度报告公布如下",
)
"""A report without a title line may name itself."""

HEADING_ORDINAL = r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\))"
NO_TITLE = rf"^{HEADING_ORDINAL}|[,:]$|^.{{0,20}}[,].{{0,20}}[:]|索引号|发布机构|发文日期|信息分类|主题分类|生成日期|公开日期|有效性|文号[|:]"
"""A heading, the beginning of a letter and a row of a page's metadata are no titles, however they sound."""
NO_TITLE_EXAMPLES = (
    "一、2020年政府信息公开工作总体情况",
    "索引号|0144/2018-04|分类|政府信息公开年报",
    "根据要求,现将落实情况报告如下:",
)
CELL_MARK = "|"

YEAR_OF_REPORT = (
    rf"(?P<year>20\d\d)年度?{_NAME}{{0,16}}?(?:政府|政务)?信息公开(?!条例|工作要点|(?:工作)?(?:年度)?报告格式)"
)
"""The text says of which year it tells: 关于2021年度政府信息公开的要求."""
YEAR_FIRST_MENTIONED = (
    r"(?<![\d〔\[-])(?P<year>20\d\d)年(?!\d{1,2}月|修[订正]|施行|实施|颁布|印发|发布|版|至|底|初|[-—])"
)
YEARS_OF_OTHERS = (
    r"《[^《》]{1,150}》|〔20\d\d〕|\(20\d\d(?!年度?\))[^)]{0,12}\)|20\d\d年[^,。;:]{0,24}?(?:格式|要点|方案|规划|条例)"
)
"""The years of documents, which say nothing of the report's."""
YEAR_FIRST_EXAMPLES = ("2022年,我局认真贯彻条例。", "现将2020年工作情况报告如下。", "(2021年度)")

_DATE = r"(?P<{0}y>(?:19|20)\d\d)(?:年|[-./])(?P<{0}m>\d{{1,2}})(?:月|[-./])(?P<{0}d>\d{{1,2}})日?"
DATE = _DATE.format("")
# The second date of a period may leave out its year.
PERIOD = (
    _DATE.format("a")
    + r"(?:零时|0时)?[起]?[,、]?(?:开始)?(?:至|到|-|--|—|——|~|止于)"
    + r"(?:(?P<by>(?:19|20)\d\d)(?:年|[-./]))?(?P<bm>\d{1,2})(?:月|[-./])(?P<bd>\d{1,2})日?(?:24时)?[止]?"
)
PERIOD_EXAMPLES = ("2018年1月1日起至2018年11月20日止", "2025年1月1日至12月31日", "2020-01-01至2020-12-31")
# Before a period these make it the period of the report.
PERIOD_CUE = r"统计(?:期限|时限|时间|周期|区间|起止|的)|数据.{0,8}(?:期限|时限|时间|起止)|(?:报告|统计)(?:期|时段|年度)|期限|时限"
PERIOD_CUE_EXAMPLES = ("所列数据的统计期限自", "统计时限为")

PUBLISHED_LABEL = r"(?:发布|公开|公布|发稿|更新)?(?:时间|日期):?"
PUBLISHED_EXAMPLES = ("发布时间:2021-01-29", "时间:2019-12-20")
CHINESE_DATE = r"(?P<cy>[二][〇○零ОOo0一二三四五六七八九]{3})年(?P<cm>[一二三四五六七八九十]{1,2})月(?P<cd>[一二三四五六七八九十]{1,3})日"

# Frequent in any report in traditional characters, and in no other.
TRADITIONAL_SIGNS = "報開請關務為總處區縣鎮體條會"

# A copy converted by a mirror: pronunciations in brackets behind characters, 條(tiáo)例
BRACKETED_PRONUNCIATION = r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,7}\)"
# Brand words that hijacked copies put where a place name belongs.
BRANDS = r"体彩|彩票|竞彩|博彩|赌|棋牌|娱乐城?|百家乐|葡京|威尼斯人|金沙|太阳城|皇冠|电竞|色情|[Bb][Ee][Tt]\d*|(?<!\d)365(?!\d)|手机版|平台登录|官网|注册|下载|直播|(?i:app|casino)"
BRAND_EXAMPLES = ("365某某人民政府", "中国体彩网,某市公安局", "某某娱乐城官网")
LEGITIMATE_BRANDS = r"彩票管理|体育彩票管理|注册会计师"
OFFICIAL_HOSTS = r"(?:^|\.)(?:gov\.cn|gov\.hk|gov\.mo|edu\.cn|ac\.cn|mil\.cn|政务\.cn|政务|localhost)(?::\d+)?$|^(?:127\.0\.0\.1|localhost)"
OFFICIAL_HOST_EXAMPLES = ("www.zp.gov.cn", "shandong.chinatax.gov.cn")
