"""Numbers that are no statistics: dates, ordinals, document numbers, contact data, names; each group with an example.

A pattern is matched where a number begins, over folded text without blanks; what it matches is skipped as a whole.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A named kind of number that is no statistic, its pattern, and a sentence in which no statistic is left."""

    name: str
    pattern: str
    example: str


SKIPPED_STRETCHES = (
    ("《", r"《[^《》\n]{1,150}》"),
    ("http", r"https?://[!-~]+"),
    ("www.", r"www\.[!-~]+"),
    ("@", r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9_.-]+"),
)
"""Titles in book marks, addresses of sites and mail: nothing inside is a statistic. Each is looked for where its mark stands."""

EXCLUSIONS: tuple[Exclusion, ...] = (
    Exclusion(
        "year",
        r"(?:19|20)\d{2}(?:[-—–~至、到和](?:19|20)?\d{2})*(?:学?年|财年)(?:度|间)?",
        "本报告依据2019年和2020-2021学年的数据编制。",
    ),
    Exclusion("bare year", r"(?:19|20)\d{2}(?=[)〕\]】])", "发展规划(2021-2035)已印发。"),
    Exclusion("span of years", r"(?:19|20)\d{2}[-—–~至到](?:19|20)\d{2}", "发展规划(2021-2035)已印发。"),
    Exclusion(
        "date with points",
        r"(?:19|20)\d{2}[-./]\d{1,2}(?:[-./]\d{1,2})?(?![\d万亿%])",
        "信息来源于2021-03-05和2021.4.6的公告。",
    ),
    Exclusion(
        "month",
        r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:[-—–~至到、](?:\d{1,2}|[一二三四五六七八九十]{1,2}))?月(?:份|底|初|中旬|上旬|下旬|末)?",
        "统计范围为1-11月,8月份出台方案。",
    ),
    Exclusion(
        "day of a month",
        r"(?<=月)(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[-—–~至到、]\d{1,2})?[日号]|\d{1,2}(?=[-—–~至到]\d{1,2}月))",
        "该平台于5月8日上线,1月25至2月3日试用。",
    ),
    Exclusion("day", r"\d{1,2}(?:[-—–~至到、]\d{1,2})?日(?![内]|以内|之内|前|均)", "每月15日前后更新,20日公布。"),
    Exclusion("deadline day", r"\d{1,2}日前", "每月15日前报送。"),
    Exclusion(
        "year in words",
        r"[一二〇○零三四五六七八九十]{4}(?:年(?:度)?(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?)",
        "二〇二一年三月五日印发。",
    ),
    Exclusion("time of day", r"\d{1,2}:\d{2}(?::\d{2})?(?!\d)", "发布于09:30,更新于15:31:04。"),
    Exclusion(
        "hour of day",
        r"\d{1,2}[时点](?:\d{1,2}分(?!之)|[半整]|(?=[至前后起到之]))",
        "服务窗口从9时30分开放,17点前受理。",
    ),
    Exclusion("round the clock", r"\d{1,2}[x×X*]\d{1,2}(?:个?小时)?", "提供7×24小时服务。"),
    Exclusion(
        "all day", r"(?:24|二十四)个?小时(?=不打烊|自助|在线|服务|值班|值守|全天|开放|无)", "开放24小时自助服务区。"
    ),
    Exclusion(
        "plan of years",
        r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})年(?!内|以内|以上|之内|及以上)",
        "按照3年行动计划推进,近三年持续公开。",
    ),
    Exclusion(
        "circle of so many minutes",
        r"\d{1,3}(?:分钟|公里|小时)(?=[^,。;\"]{0,10}圈)|(?<=\")\d{1,3}(?:分钟|公里|小时|个工作日)(?=[^,。;\"\d]{1,10}\")",
        "打造15分钟政务服务圈和“1小时办结”品牌。",
    ),
    Exclusion("anniversary", r"\d{1,3}(?=周年)", "举办70周年主题展。"),
    Exclusion("number of a document", r"[0-9]+(?:[-—–之][0-9]+)*号", "依据国办发〔2019〕54号、国令第711号办理。"),
    Exclusion("year of a document", r"(?<=[〔\[【])(?:19|20)\d{2}", "收悉〔2020〕文件。"),
    Exclusion(
        "ordinal",
        r"(?<=第)[0-9一二三四五六七八九十百零]+(?:[、-][0-9一二三四五六七八九十]+)*",
        "第3次会议审议第二十条第1、2项。",
    ),
    Exclusion("rank", r"(?<=前)[0-9一二三四五六七八九十]+(?:[名位强]|(?=[,。;、]))", "位列全省前5名,居全国前十位。"),
    Exclusion("list number", r"\d{1,2}\.(?!\d)|\d{1,2}、(?![0-9])", "1.完善机制。2、优化流程。"),
    Exclusion("list number in brackets", r"(?<=\()\d{1,2}(?=\))|\d{1,2}\)", "(1)完善机制。2)优化流程。"),
    Exclusion("list word", r"[一二三四五六七八九十]{1,2}是", "一是完善机制。二是优化流程。"),
    Exclusion(
        "meeting of a session",
        r"(?<=人大|政协|大会|委会)[0-9一二三四五六七八九十]+次(?=会议|全体会议)",
        "出席县人大三次会议。",
    ),
    Exclusion("session", r"[0-9一二三四五六七八九十]+(?:届|中全会|次(?=全会|党代会))", "贯彻省委九届八次全会精神。"),
    Exclusion("letters before", r"(?<=[A-Za-z])[0-9.]+", "使用A4纸、ipv6和H5页面。"),
    Exclusion("letters behind", r"[0-9.]+(?:[A-Za-z]+)", "建设5G基站,带宽100M。"),
    Exclusion("letters and dash before", r"(?<=[A-Za-z]-)[0-9.]+", "应对COVID-19疫情。"),
    Exclusion("standard", r"[0-9]+(?:/[A-Z])+|(?<=/)[0-9]{4,}", "采用DB35/1792标准。"),
    Exclusion(
        "version",
        r"[0-9]+(?:\.[0-9]+){2,}|[0-9]+\.[0-9]+版|(?:19|20)\d{2}年?(?:新|修订)?版",
        "升级到2.0版和3.1.4,启用2025版目录。",
    ),
    Exclusion("telephone", r"\d{3,4}-\d{7,8}(?:-\d+)?|1[3-9]\d{9}(?!\d)|400-?\d{3}-?\d{4}", "请致电0591-23165255。"),
    Exclusion(
        "hotline",
        r"1[0-2]\d{3}(?=[\"']?(?:政务|政府|市长|热线|便民|平台|市民|公共|服务|电话|举报|投诉|纳税|12|-|、|一号|\(|$))|(?<=[\"])1[0-2]\d{3}(?=[\"])",
        "办理12345热线和12315平台工单。",
    ),
    Exclusion("sum in a name", r"\d+\+(?:\d+|[A-Z])|(?<=\+)\d+", "推行6+3模式和1+N体系。"),
    Exclusion(
        "day of remembrance",
        r"(?:1[0-2]|0?[1-9])[·.](?:3[01]|[12]\d|0?[1-9])(?!\d)(?=[\"]|[^0-9%个件条次万元倍分,。;]{0,8}(?:日|宣传))",
        "开展12·4宣传日活动。",
    ),
    Exclusion("postcode", r"(?<=邮编|编码)[:]?\d{6}", "邮编350400。"),
    Exclusion("postcode after a colon", r"(?<=邮编:|编码:)\d{6}", "邮编:350400。"),
    Exclusion(
        "floor or room", r"[0-9一二三四五六七八九十]+(?:楼|层|室|幢|单元|弄|号楼)", "专区设在3楼,阅览点在二层201室。"
    ),
    Exclusion("ranking list", r"\d+强", "公布500强企业名单。"),
    Exclusion("generation", r"\d{2}后", "吸收90后干部参与。"),
    Exclusion(
        "name with a count",
        r"一件事|一企一证|一次性|一次办|一次告知|一次清|一次次|一个(?:窗口受理|标准)|二次|三番五次|一五一十|两个(?:维护|确立|一百年|毫不动摇|结合)"
        r"|三个(?:代表|务实|必须|区分开来)|四个(?:意识|自信|全面|服从|最严|不摘)|[二三四五六七八九]个(?=一[^月天周年])|三项制度|八项规定"
        r"|三张清单|[三四五六]位一体|千家万户|百家争鸣|一二三产业|百件实事|一家人|一处跑|一条(?:龙|心|线)|一套(?:人马|班子|机制)|一张(?:网|图|表|清单|蓝图)",
        "深化一件事改革,落实八项规定,做到两个维护。",
    ),
    Exclusion("run once", r"(?<=跑)[一二两][次趟]", "做到最多跑一次。"),
)

NOT_DIRECTLY_AFTER = "第再又这那某任何另之同统唯每该逐隔数几"
"""A numeral in words after one of these is no count (第三名, 再一次)."""

BARE_NUMBER_AFTER = r"(?:[数量]|总计|共计|合计|总和|得分|指数)(?:为|是|达到|达|共|有|约|近|超过|超|突破|:)*$|分别(?:为|是|达到|达|有|:)$"
"""A number without unit counts only behind words that announce a number."""

BARE_NUMBER_EXAMPLES = ("全年申请总数为25。", "受理量和办结量分别为31、30。", "访问量达到5210。")

ONE_BEHIND_COUNTS = r"[,。;)!?]|$"
ONE_AFTER_FREQUENCY = r"每(?:个)?(?:月|季度|季|周|年|天|日|半年|学期|两年|村|镇|科室)[^,。;:]{0,12}$"
ONE_AFTER_HELD = (
    r"(?:召开|组织|开展|举办|举行|刊出|出版|编印|收到|受理|明确|确定|配备|落实|指定|安排|增设|聘请)(?:了|过|有)?$"
)
ONE_PERSON = r"[名位]"
"""一 before a measure word mostly means "a"; these say where it is a count."""

ONE_EXAMPLES = ("政府公报每月一期。", "全年组织一次专题培训。", "收到行政复议申请一件。", "明确一名分管领导。")
NOT_ONE_EXAMPLES = ("列为一项重要指标。", "这是一个重要平台。", "形成一批典型经验。", "采取一系列措施。")
