"""Reports to section trees, as the tests of `loaders/structure` write and state them."""

from loaders.document import Section, SectionRole, Span, TableSpan
from loaders.structure.sections import sections_of
from loaders.text.folding import fold

WIDER = str.maketrans("(),:;", "（），：；")

FULL_REPORT = """清源县农业农村局2022年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》要求,现公布本局2022年度报告。报告包括总体情况、主动公开政府信息情况等六个部分。统计期限为2022年1月1日至12月31日。
一、总体情况
(一)主动公开。全年公开信息120条。
(二)依申请公开。收到申请3件。
二、主动公开政府信息情况
表格见附件。
三、收到和处理政府信息公开申请情况
全年收到申请3件,均已办结。
四、政府信息公开行政复议、行政诉讼情况
无。
五、存在的主要问题及改进情况
一是公开不够及时;二是解读形式单一。
六、其他需要报告的事项
无。
清源县农业农村局
2023年1月12日
"""


def parse(raw: str, tables: tuple[TableSpan, ...] = ()) -> tuple[Section, ...]:
    return sections_of(raw, fold(raw), tables=tables, body=Span(0, len(raw)))


def outline(raw: str, tables: tuple[TableSpan, ...] = ()) -> list[tuple[int | None, str | None, str]]:
    return [(found.level, found.ordinal, found.title) for found in parse(raw, tables) if found.level]


def main_roles(raw: str, tables: tuple[TableSpan, ...] = ()) -> list[tuple[str | None, SectionRole | None]]:
    return [(found.ordinal, found.role) for found in parse(raw, tables) if found.level == 1]
