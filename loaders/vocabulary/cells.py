"""What stands in the cells of official tables besides plain digits."""

NOT_APPLICABLE = ("/", "\\", "-", "--", "—", "——", "―", "――", "–", "无", "空", "暂无", "*", "N/A")
"""Marks that say: this cell does not apply."""

YUAN_UNITS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
"""Units of money with their worth in 元."""

COUNT_UNITS = ("件", "条", "项", "个", "次", "人次", "人", "篇", "份", "宗", "户", "家", "期", "部")
"""Units that may be printed behind a count."""

INDICATOR_UNITS = ("万元", "亿元", "元", "人次", "条", "件", "次", "个", "篇", "份", "宗", "人", "期", "部", "家", "户")
"""Units in the unit column of statistical annexes, longest first."""

INDICATOR_HEADERS = ("指标名称", "统计指标", "指标项目")
"""What stands above the labels of a statistical annex."""

INDICATOR_UNIT_HEADERS = ("计量单位", "单位")
INDICATOR_VALUE_HEADERS = ("本期实际", "本年实际", "本年数", "本年度", "统计数", "数量")
INDICATOR_CUMULATIVE_HEADERS = ("历年累计", "本年累计", "累计")
OF_WHICH = "其中"
YEAR_MARK = "年度"
LOCAL_INDICATOR_STEMS = ("公开", "申请", "答复", "复议", "诉讼", "申诉", "举报", "咨询", "收费", "访问", "信息")
"""A line of a local annex is believed only if its label has one of these stems."""

ORDINALS = r"(?:[一二三四五六七八九十]\s*、|\(\s*[一二三四五六七八九十]\s*\)|[㈠-㈩]|\d\s*[.、]|其中\s*:)"
"""An ordinal printed before a row label, as a pattern over folded text; it takes one digit at most."""
