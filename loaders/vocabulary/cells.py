"""What stands in the cells of official tables besides plain digits."""

NOT_APPLICABLE = ("/", "\\", "-", "--", "—", "——", "―", "――", "–", "无", "空", "暂无", "*", "N/A")
"""Marks that say: this cell does not apply."""

YUAN_UNITS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
"""Units of money with their worth in 元."""

COUNT_UNITS = ("件", "条", "项", "个", "次", "人次", "人", "篇", "份", "宗", "户", "家", "期", "部")
"""Units that may be printed behind a count."""

CHANGE_WORDS = {"增加": 1, "增": 1, "↑": 1, "减少": -1, "减": -1, "↓": -1}
"""What is printed for the sign of a change, with its direction."""

INDICATOR_UNITS = (
    "万元", "亿元", "元", "人次", "条次", "件次", "条", "件", "次", "个", "篇", "份", "宗", "人", "期", "部", "家", "户", "项",
)  # fmt: skip
"""Units in the unit column of statistical annexes, longest first."""

INDICATOR_HEADERS = ("指标名称", "统计指标", "指标项目")
"""What stands above the labels of a statistical annex."""

INDICATOR_UNIT_HEADERS = ("计量单位", "单位")
INDICATOR_CODE_HEADERS = ("(代码)", "代码", "序号")
INDICATOR_VALUE_HEADERS = ("本期实际", "本年实际", "本年数", "本年度", "当年数", "统计数", "数量", "数值")
INDICATOR_CUMULATIVE_HEADERS = ("历年累计", "本年累计", "累计数", "累计")
INDICATOR_YEAR_HEADER = r"\d{4}\s*年(?:\s*(?:度|数))?"
"""A year above a column of figures, as a pattern over folded text."""

OF_WHICH = "其中"
"""What is printed before the parts that an indicator is broken down into."""

LOCAL_INDICATOR_STEMS = ("公开", "申请", "答复", "复议", "诉讼", "申诉", "举报", "咨询", "收费", "访问", "信息")
"""A local annex is believed only if most of its labels have one of these stems."""

ORDINAL_STYLES = (
    r"[一二三四五六七八九十]\s*、",
    r"\(\s*[一二三四五六七八九十]\s*\)|[㈠-㈩]",
    r"\d[^\S\n]*[.、](?!\d)",
    r"\(\s*\d\s*\)|[⑴-⑼]",
    r"[①-⑨]",
)
"""Ordinals printed before row labels, as patterns over folded text, from the outermost level inwards.

They take one digit at most: what stands before it belongs to the cell before, and so does a digit at the end of a line.
"""

ORDINALS = rf"(?:{'|'.join(ORDINAL_STYLES[:4])}|{OF_WHICH}\s*:)"
"""Any ordinal of a row label, as one pattern."""

PAGE_MARKS = (
    r"[-—–~·]+[ \t]*\d{1,3}[ \t]*[-—–~·]+|第[ \t]*\d{1,3}[ \t]*页(?:[ \t]*[,/]?[ \t]*共[ \t]*\d{1,3}[ \t]*页)?"
    r"|\d{1,3}[ \t]*/[ \t]*\d{1,3}|\([ \t]*续表[ \t]*\)|续表"
)
"""What alone on a line numbers a page, as a pattern over folded text."""

TURNING_LETTERS = frozenset("不未非无逾延上下前后新旧增减专兼国市县省")
"""Letters by which labels that look alike mean different things."""

NOTED_COLUMNS = {"废止": ("失效", "废止"), "制发": ("制定", "印发"), "有效": ("继续有效",)}
"""What a note in brackets behind a figure says of the column it stands in, by a word of the column's label."""

NOT_COUNTED = ("不含", "不包括", "除外")
"""What a note says of things that its figure does not count."""

APPROXIMATING = "约近超逾达满至到第前后共仅"
"""Characters right before a number that make more of it than the figure of a cell: 约100, 第3."""
