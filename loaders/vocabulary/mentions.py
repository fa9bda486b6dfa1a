"""Dates, case numbers, websites, awards and programmes of the prose, as they are written. Data only.

Patterns match folded, simplified text with its blanks; examples are read by tests.
"""

from loaders.document import Precision

_B = r"[\s\u200b]{0,4}"
_TO = rf"{_B}(?:至|到|-{{1,2}}|[—–~]{{1,2}}){_B}"
_Y = r"(?:19|20)\d\d"
_M = r"(?:1[0-2]|0?[1-9])(?!\d)"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"

FIRST_CHARACTER = r"[0-9一二](?<![0-9.].)"
"""What any date begins with."""
DATES: tuple[str, ...] = (
    # 2020年上半年, 2020年第二季度
    rf"(?P<half_y>{_Y}){_B}年度?{_B}(?P<half>[上下])半年",
    rf"(?P<quarter_y>{_Y}){_B}年度?{_B}第?{_B}(?P<quarter>[一二三四1-4]){_B}季度",
    # 2018—2020年
    rf"(?P<years_a>{_Y})(?:{_B}年)?{_TO}(?P<years_b>{_Y}){_B}年(?!{_B}\d{{1,2}}{_B}月)",
    # 2019年1—11月, 1至11月
    rf"(?:(?P<months_y>{_Y}){_B}年{_B})?(?P<months_a>{_M}){_TO}(?P<months_b>{_M}){_B}月份?(?!{_B}\d{{1,2}}{_B}[日号])",
    # 2020年5月10日至15日
    rf"(?:(?P<days_y>{_Y}){_B}年{_B})?(?P<days_m>{_M}){_B}月{_B}(?P<days_a>{_D})(?:{_B}[日号])?{_TO}(?P<days_b>{_D}){_B}[日号]",
    # 2020年4月23日, 2020年4月, 2020年; of a period the first 日 may be left out
    rf"(?P<y>{_Y}){_B}年(?:度|{_B}(?P<m>{_M}){_B}月(?:份|{_B}(?P<d>{_D})(?:{_B}[日号]|(?={_TO}\d{{1,2}}{_B}月)))?)?",
    # 5月18日, 5月
    rf"(?P<short_m>{_M}){_B}月(?:份|{_B}(?P<short_d>{_D})(?:{_B}[日号]|(?={_TO}\d{{1,2}}{_B}月)))?",
    # 2020-04-23
    rf"(?P<iso_y>{_Y})(?P<iso_sign>[-./])(?P<iso_m>{_M})(?P=iso_sign)(?P<iso_d>{_D})",
    # 二〇二〇年四月二十三日
    rf"(?P<words_y>[一二][〇○零ОOo0一二三四五六七八九]{{3}}){_B}年(?:{_B}(?P<words_m>[一二三四五六七八九十]{{1,2}}){_B}月(?:{_B}(?P<words_d>[一二三四五六七八九十]{{1,3}}){_B}日)?)?",
)
"""Tried in this order; a period that leaves out what both of its ends share comes before the date that it begins with."""
BETWEEN_ENDS = rf"(?:{_B}(?:零时|0时|24时))?{_B}(?:起|开始)?{_B}[,、]?(?:{_TO}|{_B}止于{_B})"
"""What stands between two dates that are the ends of a period."""
DATE_EXAMPLES: tuple[tuple[str, str, str, Precision], ...] = (
    ("截至2021年11月30日,网上注册用户", "2021年11月30日", "2021-11-30", Precision.DAY),
    ("2021 年 3 月份组织培训", "2021 年 3 月份", "2021-03", Precision.MONTH),
    ("2021年度共公开信息", "2021年度", "2021", Precision.YEAR),
    ("于2021-03-09发布", "2021-03-09", "2021-03-09", Precision.DAY),
    ("二〇二一年三月九日", "二〇二一年三月九日", "2021-03-09", Precision.DAY),
    ("自2021年1月1日起至2021年12月31日止", "2021年1月1日起至2021年12月31日", "2021-01-01/2021-12-31", Precision.DAY),
    ("2021年1月1日至12月31日", "2021年1月1日至12月31日", "2021-01-01/2021-12-31", Precision.DAY),
    ("2021年1—11月办理", "2021年1—11月", "2021-01/2021-11", Precision.MONTH),
    ("2021年5月10日至15日", "2021年5月10日至15日", "2021-05-10/2021-05-15", Precision.DAY),
    ("2021年1月25至2月3日", "2021年1月25至2月3日", "2021-01-25/2021-02-03", Precision.DAY),
    ("2019至2021年累计", "2019至2021年", "2019/2021", Precision.YEAR),
    ("2021年上半年", "2021年上半年", "2021-01/2021-06", Precision.MONTH),
    ("2021年第三季度", "2021年第三季度", "2021-07/2021-09", Precision.MONTH),
)

QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
FIRST_HALF = "上"

THIS_YEAR = r"(?:今年|本年度?|当前年度)[\s\u200b]{0,4}的?$"
LAST_YEAR = r"(?:去年|上年度?|上一年度?)[\s\u200b]{0,4}的?$"
OTHER_YEAR = r"(?:明年|次年|翌年|来年|历年|往年|每年度?|各年度?|每)[\s\u200b]{0,4}的?$"
"""Right before a date without a year: what says whose year it is; of the last it cannot be told."""
SPAN_OF_TIME = r"[近每满连逾超共历隔续]$"
"""Right before a number of months these make it a length of time."""
YEAR_WORDS_REACH = 9
PLANS = r"下一步|今后|明年|来年|次年|将于|将在|拟于|拟在|计划于|计划在|预计|每年|每季度|每月"
"""A sentence with these speaks of other years than the report's, even where it names none."""

CASE_NUMBER = (
    r"[(〔\[](?P<y>(?:19|20)\d\d)[)〕\]][\s\u200b]?"
    r"(?P<code>[一-鿿]{1,4}?\d{0,4}"
    r"(?:行[赔审保]?|民|执)(?:初|终|申|再|监|审|抗|他|辖|赔初|赔终)字?)第?[\s\u200b]?0*(?P<number>\d{1,6})[\s\u200b]?号(?:之[一二三四五六七八九十\d]+)?"
)
CASE_EXAMPLES = (
    ("法院作出(2021)闽0999行初12号行政判决", "(2021)闽0999行初12号", "（2021）闽0999行初12号"),
    ("〔2014〕望行初字第05号", "〔2014〕望行初字第05号", "（2014）望行初字5号"),
)
CASE_BRACKETS = ("（", "）")
NUMBER_SIGN = "号"

WEBSITE_SIGN = r"https?://|www\.|\.gov\.cn"
"""What every address has in it, at its beginning or behind the name of its host."""
HOST_BEFORE = r"(?<![A-Za-z0-9@./-])[a-z0-9-]+(?:\.[a-z0-9-]+){0,3}$"
LONGEST_HOST = 60
WEBSITE = r"(?<![A-Za-z0-9@./-])(?:https?://)?[A-Za-z0-9][A-Za-z0-9./_%?=&#:~-]*[A-Za-z0-9/]"
WEBSITE_EXAMPLES = (
    ("(网址:http://www.QINGLAN.gov.cn/)", "http://www.QINGLAN.gov.cn/", "http://www.qinglan.gov.cn"),
    ("门户网站(www.qinglan.gov.cn)公布", "www.qinglan.gov.cn", "http://www.qinglan.gov.cn"),
    (
        "见xxgk.qinglan.gov.cn/zwgk/Index.html",
        "xxgk.qinglan.gov.cn/zwgk/Index.html",
        "http://xxgk.qinglan.gov.cn/zwgk/Index.html",
    ),
)
NO_WEBSITES = ("邮箱:bgs@qinglan.gov.cn", "http:// ", "第www号")
SCHEME = "http://"

_NAME_OF_AWARD = r'[^,;。:、"()\d及和与]'
AWARD = (
    r"(?:荣获|获评为?|被评为|被授予|被命名为|获得?(?![得感取悉批赠知益准])|荣膺|授予)了?(?:[^,;。:\"]{0,24}?(?:授予|评为|颁发|评选|表彰)的)?"
    rf'(?P<name>"[^"\n]{{2,40}}"(?:荣誉)?(?:称号|奖项?)(?![励惩罚补金学])|"[^"\n]{{2,40}}奖"'
    rf"|{_NAME_OF_AWARD}{{2,30}}?(?:荣誉称号|称号|[特一二三]等奖|优秀奖|组织奖|创新奖|优胜奖|金奖|银奖|铜奖))"
)
AWARD_SIGNS = ("称号", "奖")
AWARD_EXAMPLES = (
    ('荣获"全省政务公开示范单位"称号', '"全省政务公开示范单位"称号', "全省政务公开示范单位"),
    ('获市信息学会颁发的"2021年政务创新奖"', '"2021年政务创新奖"', "2021年政务创新奖"),
    ("获得全市政务信息优秀奖", "全市政务信息优秀奖", "全市政务信息优秀奖"),
)
AWARD_TAIL = r"(?:荣誉)?称号$"
NO_AWARDS = ("获得奖励资金30万元", '公布"最美窗口"投票', "被评为不合格", "获得感和满意度,荣誉称号的考核")

PROGRAMME = r'(?P<name>"[^",;。:\n]{2,20}(?:[、,][^",;。:\n]{1,12}){0,3}")(?P<noun>专项行动|提升行动|行动计划|改革|行动|工程|规划|试点)'
PROGRAMME_EXAMPLES = (
    ('深化"放管服"改革,激发活力', '"放管服"改革', "放管服改革"),
    ('推进"一次办好、就近办"改革', '"一次办好、就近办"改革', "一次办好、就近办改革"),
)

TITLE = r"《([^《》]{2,120})》"
INNER_TITLE = {"〈": "《", "〉": "》"}
NUMBER_BRACKETS = (r"[〔\[(【]((?:19|20)\d\d)[〕\])】]", "〔", "〕")
ORDER = (r"(?P<issuer>.*)令第?(?P<number>\d{1,4})号", "{issuer}令第{number}号")
ORDER_ISSUERS = {"国": "国务院"}
"""Short forms of who issues orders."""
NUMBER_EXAMPLES = (
    ("国办发〔2018〕123 号", "国办发〔2018〕123号"),
    ("国办发[2018]123号", "国办发〔2018〕123号"),
    ("国办发（2018）123号", "国办发〔2018〕123号"),
    ("国务院令 711号", "国务院令第711号"),
    ("国令第711号", "国务院令第711号"),
)


SENTENCE_END = r"[。;!?]"
DOCUMENT_SIGNS = r"《[^《》]*(?<![书单表])》|根据|按照|依据|依照|施行|印发|修订|颁布|出台"
"""Between two dates these say that the first is the day of a document, which tells no year of the second; a 《告知书》 does not."""
