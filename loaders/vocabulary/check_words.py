"""Words by which checks read titles, preambles and the last section. Patterns match folded text without blanks."""

from loaders.forms.messages import Message

NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}

ANNOUNCED_PARTS = r"(?P<count>[一二两三四五六七八九十]|\d{1,2})个?大?部分(?!的)"
ANNOUNCED_PARTS_EXAMPLES = (("报告全文由总体情况等六个部分组成。", "六"), ("共6部分", "6"))

TITLE_YEAR = r"(?P<year>(?:19|20)\d\d)年"

SAYS_NOTHING = r"(?:无|没有|暂无)(?:其[他它])?(?:需要)?(?:报告|说明)?(?:的)?(?:事项|问题|情况)?[。.]?"
SAYS_NOTHING_EXAMPLES = ("无。", "无", "没有需要报告的事项。")

FEES = r"收费|信息处理费|费用|缴费|缴纳|收取"
FEES_EXAMPLES = ("本年度未收取信息处理费。", "逾期未缴费")
PROCESSING_FEE = r"信息处理费"
YUAN = "元"
YUAN_PRINTED_LARGE = r"[万亿]元?$"
"""A fee printed in 万元, where the fee rules count in 元."""

WORDS_FOR_CHANGE = r"[增减↑↓+-]"

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

DOCUMENT_YEAR = r"[\[(〔【](?P<year>(?:19|20)\d\d)[\])〕】]"
DOCUMENT_YEAR_EXAMPLES = (("国办公开办函〔2019〕60号", "2019"), ("国办发(2014)32号", "2014"))

FORMAT_DOCUMENTS: tuple[tuple[str, str, str], ...] = (
    (r"国办发[\[(〔【]2014[\])〕】]32号", "E1", "国办发〔2014〕32号"),
    (r"国办公开办函[\[(〔【]2019[\])〕】]60号", "E2", "国办公开办函〔2019〕60号"),
    (r"国办公开办函[\[(〔【]2021[\])〕】]30号", "E3", "国办公开办函〔2021〕30号"),
)
"""The documents that prescribe a format: a pattern for the number, the edition, the official number."""

NOT_TEXT = r"[\d\W_]+"
"""What a comparison of texts leaves out: numbers, punctuation, blanks."""
