"""Words by which checks read titles, preambles and the last section. Patterns match folded text without blanks."""

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

BRACKETS = (r"\[(〔【", r"\])〕】")
"""What stands before and behind the year in the number of a document, as insides of character classes."""

DOCUMENT_YEAR = rf"[{BRACKETS[0]}](?P<year>(?:19|20)\d\d)[{BRACKETS[1]}]"
DOCUMENT_YEAR_EXAMPLES = (("国办公开办函〔2019〕60号", "2019"), ("国办发(2014)32号", "2014"))

NOT_TEXT = r"[\d\W_]+"
"""What a comparison of texts leaves out: numbers, punctuation, blanks."""
