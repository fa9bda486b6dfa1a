"""Characters and numerals that readers of files need as data."""

# Frequent in every report: a text decoded with the wrong table does not show them.
COMMON = frozenset(
    "的一是在和有为了不中国人民政府信息公开工作年度本行理办法机关务管提情况主动申请报告市县区局各对进加强"
)
COMMON_TRADITIONAL = frozenset(
    "的一是在和有為了不中國人民政府信息公開工作年度本行理辦法機關務管提情況主動申請報告市縣區局各對進加強"
)

# Numerals of Word's Chinese numbering.
DIGITS = "〇一二三四五六七八九"
FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
TENS = ("", "十", "百", "千")
FORMAL_TENS = ("", "拾", "佰", "仟")
HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
EARTHLY_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"

# What can end a sentence, and what may close behind it.
SENTENCE_ENDS = "。！？!?…"
CLOSERS = "”’」』）)】》〉\"'"

# Ordinals of main headings at the start of a line: 一、 十二、 第三章
HEADING_START = r"(?:第?[一二三四五六七八九十]{1,3}(?:、|\s*章|\s*部分))"

# Page numbers in words: 第 3 页, 第3页 共5页, 第3页/共5页
PAGE_NUMBER_WORDS = r"第\s*(\d{1,3})\s*页(?:\s*[/,，]?\s*共\s*\d{1,3}\s*页)?"

# What may stand between a label and its value, and brackets that frame a value.
SEPARATORS = " \t\r\n\u3000\u00a0|:：;；,，"
OPENING = "[(【（"
CLOSING = "])】）"

# Radicals that text layers of PDFs name where the ideograph is meant, and that Unicode does not fold (NFKC).
RADICALS = dict(
    zip(
        map(ord, "⺁⺊⺒⺓⺟⺠⺩⺫⺴⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⼾"),
        "厂卜巳幺母民王目网肉虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟户",
        strict=True,
    )
)
