"""Labels of contact data, and how documents are cited. Data only; examples are read by tests.

Patterns match folded, simplified text without blanks.
"""

# Field -> (label pattern, value pattern). A label may name two fields: 电话/传真:
_END = r"(?=[;,。)(、]|$|\n|邮编|邮政编码|电话|联系电话|传真|电子邮箱|电子邮件|邮箱|网址)"
CONTACT: tuple[tuple[str, str, str], ...] = (
    (
        "address",
        r"(?:联系|办公|通讯|通信|单位|机关|详细)?地址(?:为|是)?[:]?",
        r"[一-鿿][一-鿿\w\-—#·]{3,60}?(?:\([^)\n]{1,20}\)[一-鿿\w]{0,20})?" + _END,
    ),
    ("address", r"联系方式[:]", r"[一-鿿][一-鿿\w\-—#]{3,60}?(?:号|楼|室|层|院|路|街)" + _END),
    ("postcode", r"(?:邮编|邮政编码)(?:为|是)?[:]?", r"\d{6}(?!\d)"),
    (
        "phone",
        r"(?:联系|咨询|办公|服务|监督)?电话(?:号码)?(?:/传真)?(?:为|是)?[:]?",
        r"\(?\+?\d{2,5}\)?[-—]?\d{3,12}(?:[-—]\d{1,8})?",
    ),
    ("fax", r"(?:电话/)?传真(?:电话|号码)?(?:为|是)?[:]?", r"\(?\+?\d{2,5}\)?[-—]?\d{3,12}(?:[-—]\d{1,8})?"),
    (
        "email",
        r"(?:电子)?(?:邮箱|邮件)(?:地址)?(?:为|是)?[:]?|[Ee]-?mail[:]?",
        r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    ),
    ("website", r"", r"https?://[A-Za-z0-9./_%?=&#:~-]+|(?<![A-Za-z0-9@.])www\.[A-Za-z0-9./_%?=&#:~-]+"),
)
CONTACT_EXAMPLES: tuple[tuple[str, str, str], ...] = (
    ("address", "地址:厦门市云顶北路842号,邮编361015", "厦门市云顶北路842号"),
    ("address", "联系方式:漳平市八一路105号,漳平市人民政府办公室;", "漳平市八一路105号"),
    ("postcode", "邮编361015", "361015"),
    ("phone", "电话/传真:0591-23165370", "0591-23165370"),
    ("fax", "电话/传真:0591-23165370", "0591-23165370"),
    ("email", "电子邮箱:someone@163.com)", "someone@163.com"),
    ("website", "网站(www.pingtan.gov.cn)下载", "www.pingtan.gov.cn"),
)

# 国办发〔2019〕54号, 厦海政[2019]96号, 〔2020〕第002号: the part from the bracket on; matches folded text with blanks.
NUMBER_CORE = r"[〔\[(【] ?(?:19|20)\d\d ?[〕\])】] ?第? ?\d{1,4} ?号"
# What stands before the bracket: the short name of the issuer and the series.
ISSUER = r"[一-鿿]{1,12}(?:发|函|办|政|字|规|通|综|传|秘|文|电|任|复|批|令|税|财|审|公|法|号|决|终|驳|告|答)$"
NOT_ISSUER = r"^.*(?:根据|按照|依据|依照|遵照|参照|对照|按|见|现|印发|下发|关于|贯彻|落实|以及|制定|执行|出台|作出|通过|[和与的了])"
LONGEST_ISSUER = 14
# Numbers of orders (国务院令第711号), again without the issuer, and of standards.
NUMBER_STARTS = "〔[(【令GD"
ORDER_SIGN = "令"
STANDARD_SIGNS = "GD"
ORDER_CORE = r"令 ?第? ?\d{1,4} ?号"
ORDER_ISSUER = r"(?:国务院|国家主席|主席|国|(?:[一-鿿]{1,4}[省市])?(?:人民)?政府|[一-鿿]{2,6}部|[一-鿿]{2,6}委员会)$"
STANDARD_NUMBER = r"(?:GB|DB\d{0,4})(?:/[TZ])? ?\d{2,6}(?:\.\d+)?[-—]\d{4}"
DOCUMENT_NUMBER_EXAMPLES = (
    ("(国办发〔2019〕54号)", "国办发〔2019〕54号"),
    ("(闽政办〔2018〕26 号)", "闽政办〔2018〕26 号"),
    ("(厦海政[2019]96号)", "厦海政[2019]96号"),
    ("撤销某市林业局〔2020〕第002号《告知书》", "〔2020〕第002号"),
    ("(国务院令第711号)", "国务院令第711号"),
    ("(DB35/T 1792-2018)", "DB35/T 1792-2018"),
    ("根据闽财非税函〔2021〕1号要求", "闽财非税函〔2021〕1号"),
    ("《告知书》(青自然资告〔2022〕8号)", "青自然资告〔2022〕8号"),
    ("作出复议决定(青岚政复决〔2022〕9号)", "青岚政复决〔2022〕9号"),
)
# A cited title ends like a document, not like a newspaper or a column.
DOCUMENT_TITLE = r"(?:条例|通知|意见|办法|规定|方案|要点|指引|细则|规范|规程|指南|决定|公告|通告|通报|批复|函|制度|目录|格式|格式\(试行\)|纲要|标准|规划|计划|决议|法|预案|清单|任务|分工|分解表|工作报告|实施|措施|机制|流程|规则|章程)(?:\((?:试行|暂行|修订|修订版|修正|修订稿|征求意见稿|20\d\d年.{0,6})\))?$"
DOCUMENT_TITLE_EXAMPLES = (
    "中华人民共和国政府信息公开条例",
    "关于印发2020年政务公开工作要点的通知",
    "中华人民共和国政府信息公开工作年度报告格式(试行)",
)
SHORTEST_TITLE = 5  # shorter ones are short forms that the report introduces itself: 《条例》
