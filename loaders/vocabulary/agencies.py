"""Names of agencies as data: government tails, town tails, zones, vertical bodies, departments, renamings.

Patterns match simplified text without blanks, behind the region that begins the name unless a comment says otherwise.
Sources: the practice of the reports' own titles; 国务院机构设置; GB/T 2260 for the kinds of divisions.
"""

from typing import NamedTuple


class Body(NamedTuple):
    """A kind of body: its agency type, how its name goes on behind the region, and examples of that."""

    type: str
    pattern: str
    examples: tuple[str, ...]


# What a name is short for: matched whole, behind its region.
GOVERNMENT_SHORT = (
    ("政府", "人民政府"),
    ("人民政府机关", "人民政府"),
    ("人民政府本级", "人民政府"),
    ("人民政府(本级)", "人民政府"),
)
GOVERNMENT = "人民政府"
GOVERNMENT_OFFICE, GOVERNMENT_GENERAL_OFFICE = "人民政府办公室", "人民政府办公厅"
GOVERNMENTS = (GOVERNMENT, "行政公署", "行署")
# A name that holds one of these names a body, not a place alone.
BODY_PRINTED = r"政府|管委会|管理委员会|公署|行署|办事处"
# A place that no list has: made up, misspelt, or a region's own coinage. 云溪市, 测试县
UNLISTED_PLACE = r"(?P<province>[一-鿿]{2,5}?省)?(?P<prefecture>[一-鿿]{2,6}?(?:市|州|盟|地区)(?!场|政|直|管))?(?P<county>[一-鿿]{2,7}?(?:县|旗|(?<![城社地园景辖小校牧林矿发新验范港税作假务理])区)(?!直|域|划))?"
UNLISTED_PLACE_EXAMPLES = ("云溪市", "测试县", "安平市清源区")
NOT_A_PLACE = r"[和与及]|^.?(?:城市|社区|地区|市|区|县)|国家|中国|某"
SUBDISTRICT_OFFICE = "办事处"
ZONE_COMMITTEE = "管理委员会"
OFFICE_SHORT = (
    ("人民政府办", "人民政府办公室"),
    ("政府办公室", "人民政府办公室"),
    ("政府办公厅", "人民政府办公厅"),
    ("政府办", "人民政府办公室"),
)
ITSELF_WORDS = r"机关$|本级|\(本级\)$"
"""Behind a government's name these say that only its own office is reported on."""

TOWN = r"(?P<town>[一-鿿]{1,10}?(?:民族镇|民族乡|民族苏木|镇|乡|苏木))(?P<rest>(?:人民)?政府)?$"
STREET = r"(?:人民政府)?(?P<street>[一-鿿]{1,10}?(?:街道|地区))(?P<rest>办事处|街道办|办)?$"
TOWN_EXAMPLES = ("朝阳乡", "水头镇", "回澜镇人民政府")
STREET_EXAMPLES = ("经纬街道办事处", "人民政府南源街道办事处", "科苑街道")

# Zones have no GB/T 2260 code: their name ends with one of these, a committee or a department may follow.
ZONE = (
    r"(?P<zone>[一-鿿]{0,16}?(?:综合实验区|实验区|示范区|先行区|试验区|自贸区|自由贸易港|开发区|高新区|产业开发区|新技术产业园区|工业园区?|产业园区?|科技园区?|保税区|保税港区|综保区|"
    r"合作区|旅游区|度假区|风景名胜区|风景区|名胜区|管理区|商务区|经开区|物流园区?|生态城|新区|新城|园区|化工园区?|集聚区|功能区|林区|农场|矿区))"
    r"(?P<rest>.*)$"
)
ZONE_EXAMPLES = ("平潭综合实验区管委会", "高新技术产业开发区管理委员会", "苏州工业园区")
ZONE_BODIES = r"^(?:党工委)?(?:管理委员会|管委会)?(?:办公室|综合办公室|党政办公室)?$"

# Zones whose name does not begin with their region: (name, GB/T 2260 code of the region they lie in, level).
SPECIAL_ZONES: tuple[tuple[str, str, str], ...] = (
    ("平潭综合实验区", "350128", "PREFECTURE"),
    ("雄安新区", "130000", "PREFECTURE"),
    ("两江新区", "500000", "PREFECTURE"),
    ("西咸新区", "610000", "PREFECTURE"),
    ("杨凌示范区", "610403", "PREFECTURE"),
    ("杨凌农业高新技术产业示范区", "610403", "PREFECTURE"),
    ("贵安新区", "520000", "PREFECTURE"),
    ("赣江新区", "360000", "PREFECTURE"),
    ("天府新区", "510100", "PREFECTURE"),
    ("横琴粤澳深度合作区", "440402", "PREFECTURE"),
    ("苏州工业园区", "320500", "COUNTY"),
    ("洋浦经济开发区", "460000", "PREFECTURE"),
    ("张江高科技园区", "310115", "COUNTY"),
    ("中关村科技园区", "110000", "PREFECTURE"),
    ("湘江新区", "430100", "PREFECTURE"),
    ("江北新区", "320100", "PREFECTURE"),
)

# Bodies that answer to their own system; `area` is the place they serve. Matched against the whole name.
VERTICAL: tuple[Body, ...] = (
    Body("VERTICAL", r"^国家税务总局(?P<area>.+?)税务局(?:稽查局|.{0,8}分局)?$", ("国家税务总局芜湖市镜湖区税务局",)),
    Body(
        "VERTICAL",
        r"^(?P<area>.+?)(?:国家|地方)?税务局(?:.{0,8}分局)?$",
        ("平潭综合实验区地方税务局", "某县国家税务局"),
    ),
    Body("VERTICAL", r"^国家统计局(?P<area>.+?)调查总?队$", ("国家统计局漳平调查队",)),
    Body("VERTICAL", r"^(?:中华人民共和国)?(?P<area>.{2,8}?)海关(?:缉私局)?$", ("厦门海关", "中华人民共和国上海海关")),
    Body("VERTICAL", r"^(?:中华人民共和国)?(?P<area>.{2,10}?)海事局$", ("厦门海事局",)),
    Body(
        "VERTICAL",
        r"^(?P<area>.{2,12}?)(?:气象局|烟草专卖局|邮政管理局|通信管理局|矿山安全监察局|煤矿安全监察局|银保监局|银保监分局|证监局|能源监管办|海警局|地震台|出入境边防检查站|出入境边防检查总站|出入境检验检疫局)$",
        ("元谋县气象局", "福建省通信管理局", "龙岩市邮政管理局"),
    ),
    Body(
        "VERTICAL",
        r"^(?:国家)?(?:金融监督管理总局|金融监管总局)(?P<area>.+?)(?:监管局|监管分局|监管支局)$",
        ("国家金融监督管理总局龙岩监管分局",),
    ),
    Body(
        "VERTICAL",
        r"^(?:中国银行业监督管理委员会|中国银行保险监督管理委员会|中国银保监会|中国证券监督管理委员会|中国证监会)(?P<area>.+?)监管(?:局|分局)$",
        ("中国银保监会龙岩监管分局",),
    ),
    Body("VERTICAL", r"^中国人民银行(?P<area>.+?)(?:分行|支行|中心支行|营业管理部)$", ("中国人民银行龙岩市分行",)),
    Body(
        "VERTICAL",
        r"^国家矿山安全监察局(?P<area>.+?)局$|^自然资源部(?P<area2>.+?)局$|^生态环境部(?P<area3>.+?)(?:局|站|中心)$",
        ("国家矿山安全监察局福建局",),
    ),
)
VERTICAL_NOT = r"^国家(?:税务总局|统计局|烟草专卖局|邮政局|矿山安全监察局)$|^中国气象局$"

CENTRAL = (
    r"^(?:国务院|中华人民共和国|国家(?!税务总局.|统计局.)|中国(?:气象局|地震局|民用航空局|民航局|证券监督管理委员会|证监会|银行保险监督管理委员会|银保监会|科学院|社会科学院|工程院|人民银行)|全国社会保障基金理事会|"
    r"(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|安全|民政|司法|财政|人力资源和社会保障|自然资源|国土资源|生态环境|环境保护|住房和城乡建设|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|应急管理|退役军人事务)部$|"
    r"审计署$|海关总署$|新华通讯社|最高人民|应急管理部消防救援局)"
)
CENTRAL_EXAMPLES = ("国家文物局", "教育部", "国务院国有资产监督管理委员会", "海关总署", "中国气象局")

BRANCH = r"(?P<of>公安|交警|生态环境|环境保护|环保|自然资源(?:和规划)?|规划(?:和|与)?自然资源|国土资源|市场监督管理|食品药品监督管理|工商行政管理|城市管理|规划|税务)局(?P<area>.{1,12}?)(?:分局|派出所|大队|管理所)$"
BRANCH_EXAMPLES = ("公安局思明分局", "生态环境局海沧分局")
SPECIAL = r"^新疆生产建设兵团|兵团第?.{1,4}师|农垦(?:总局|集团|管理局)|森工(?:集团|总局)|林业(?:集团|管理局)$|监狱管理局$|监狱$|戒毒管理局$"
SPECIAL_EXAMPLES = ("新疆生产建设兵团第八师", "农垦总局")
# Endings of a department's name.
DEPARTMENT = r"(?:[局厅院馆站所社]|办公[室厅]|委员会|管委会|中心|[^一二三四五六七八九十]委|(?<!主)办|支队|大队|总队|处|台|公司|集团|学校|大学|学院|医院|联合会|总会|协会|联社|银行|学会|指挥部|领导小组|管理部|分局|档案馆|研究院|服务部|开发办|党校|人大|政协)$"
NAME_END = DEPARTMENT + r"|[省市县区州盟旗镇乡府]$|街道$"  # any agency, place or town
DEPARTMENT_EXAMPLES = ("行政审批服务局", "卫生健康委员会", "教育厅", "人防办", "住房公积金管理中心")
# A department named with the level of its region, not with its name: 市行政审批服务局
LEVEL_WORD = r"^(?P<level>[省市县区州旗])(?!场|域)(?=[一-鿿]{2,}(?:局|委|办|中心|厅|会|室|院|馆|处|政府))"
LEVEL_OF_WORD = {
    "省": "PROVINCE",
    "市": "PREFECTURE",
    "州": "PREFECTURE",
    "县": "COUNTY",
    "区": "COUNTY",
    "旗": "COUNTY",
}

ETHNIC_GROUPS = "维吾尔|蒙古|回|藏|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
AUTONOMOUS = rf"(?P<short>[一-鿿]{{1,6}}?)(?:(?:{ETHNIC_GROUPS})族?)+自治(?P<unit>[州县旗区])$"
PROVINCE_SHORT = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
PSEUDO_DIVISIONS = frozenset(
    {
        "市辖区",
        "县",
        "省直辖县级行政区划",
        "自治区直辖县级行政区划",
        "省直辖行政单位",
        "省直辖县级行政单位",
        "自治区直辖县级行政单位",
        "市",
        "市辖县",
    }
)
DISTRICT_ENDING = "区"
UNIT_ENDINGS = "省市县区州盟旗"

# Who made the report, where the title does not say.
MAKER = r"由(?P<agency>[^,。;()《》]{4,40}?)(?:负责)?(?:编制|发布|公布|编写|汇总|编撰|组织编制)|[,。](?P<agency2>[^,。;()《》]{4,40}?)编制(?:完成)?(?:了|本|此)"
MAKER_EXAMPLES = ("由厦门市行政审批管理局编制的", "根据要求,清源县审计局编制了本报告")
CONTACT_AGENCY = r"(?:与|向|同)(?P<agency>[^,。;()《》:]{4,40}?)(?:联系|反映|咨询)"
CONTACT_OFFICE = r"(?<=[局委厅会院镇乡处室办])(?:政府信息公开|政务公开|信息公开)?(?:工作)?(?:(?<!政府)办公室|(?:[^局委厅府会]{1,8})?(?:[科股组]|(?<!办事)处|(?<!公)室)|信息公开中心)$"
"""An office inside the agency, which answers for it: 审计局政府信息公开处."""
CONTACT_OFFICE_EXAMPLES = ("漳平市审计局政府信息公开处", "漳平市教育局办公室", "漳平市审计局综合科")
NOT_A_REPORTER = r"(?:信息公开|政务公开).{0,4}$"
"""An office of disclosure by itself reports for someone else: 漳平市政府信息公开中心."""
NOT_A_REPORTER_EXAMPLES = ("漳平市政府信息公开中心", "漳平市人民政府办公室政务公开办")
# Who reports, as the subject of a sentence: 2022年,漳平市教育局认真贯彻
SUBJECT_OF_SENTENCE = r"(?:^|[,。:)])(?P<agency>[^,。;:()《》|我本各全将]{3,24}?(?:局|委员会|[镇乡]|街道|办事处|人民政府|中心|院|厅|支队|大队))(?=严格|认真|高度重视|深入|积极|始终|全面|紧紧|切实|扎实|坚持|按照|持续)"
SUBJECT_EXAMPLES = ("2022年,漳平市教育局认真贯彻",)
# The owner of the site on which a report says that it was published: 在漳平市教育局官网上
SITE_OWNER = (
    r"(?:在|通过|登录|利用)(?P<agency>[^,。;:()《》|我本各]{4,24}?局)(?:官方|门户|政务)?(?:官网|网站|微信公众号|官微)"
)
SITE_EXAMPLES = ("在漳平市教育局官网上",)
# What the text calls its agency, and how the name of such an agency ends.
SELF_WORD = r"[我本](?P<word>街道|办事处|中心|局|委|镇|乡|办|厅|院|省|市|州|县|区|旗)(?!级|域|区|场)"
NAMES_OF_SELF = {
    "街道": r"(?:街道|办事处)$",
    "办事处": r"(?:街道|办事处)$",
    "中心": r"中心$",
    "局": r"局$",
    "委": r"委(?:员会)?$",
    "镇": r"镇(?:人民政府)?$",
    "乡": r"乡(?:人民政府)?$",
    "办": r"办(?:公室)?$",
    "厅": r"厅$",
    "院": r"院$",
    **dict.fromkeys("省市州县区旗", r"(?:政府|政府办公[室厅]|管委会|管理委员会)$"),
}

# Scope: whose figures a government's report holds.
AGGREGATE = (
    r"汇总|综合(?:了)?.{0,30}(?:各|所属|有关)(?:部门|乡镇|单位)|(?:以及|和|、).{0,24}各?(?:工作|相关|组成|政府)?部门.{0,40}(?:年度报告|信息公开(?:工作)?(?:年度)?(?:报告|统计|情况|数据))|"
    r"各乡镇.{0,40}(?:报告|数据|情况)(?:编制|汇总|形成)|全[省市县区州旗盟].{0,16}(?:主动公开|共?受理|共?收到|政府信息公开|行政机关|各级)|"
    r"我[省市县区州旗盟](?:在|共|累计|全年|各|政府信息公开|深入|认真|主动|高度|坚持|编制|管委会|认真|公开)|(?:区|市|县|州|省)直(?:各)?(?:部门|单位)"
)
AGGREGATE_EXAMPLES = (
    "汇总了2020年某市人民政府、各乡镇(街道)、市直各部门",
    "全区受理政府信息公开申请21件",
    "我区在政府网站平台主动公开",
)
SUMMED_UP = (
    r"汇总|综合.{0,30}(?:部门|乡镇)|各(?:工作|相关|有关)?部门.{0,60}(?:年度报告|统计数据|数据)(?:编制|形成|汇总)?"
)
SYSTEM_AGGREGATE = (
    r"(?:汇总|综合|涵盖|包括|包含|含)(?:了)?.{0,30}(?:本?系统|直属|下属|所属|垂直管理)(?:各)?(?:单位|机构|部门|分局)"
)
SYSTEM_AGGREGATE_EXAMPLES = ("本报告数据包括局机关及下属各单位",)
