"""Made-up reports to their identity, as the tests of `loaders/identity` state it."""

from typing import Any

from loaders.document import Identity, Span, TableSpan
from loaders.forms.editions import NONE
from loaders.identity.facts import identity_of
from loaders.structure.sections import sections_of
from loaders.text.folding import fold


def identify(raw: str, *, tables: tuple[TableSpan, ...] = (), body: Span | None = None, **given_: Any) -> Identity:
    body = body or Span(0, len(raw))
    folded = fold(raw)
    found: dict[str, Any] = {"furniture": {}, "name": "report.txt", "url": None, "edition": NONE} | given_
    return identity_of(raw, folded, sections=sections_of(raw, folded, tables=tables, body=body), body=body, **found)


REPORT = """漳平市财政局2021年政府信息公开工作年度报告
发布时间:2022-01-18 09:30
根据《中华人民共和国政府信息公开条例》(国务院令第711号)和《关于做好年度报告的通知》(漳政办〔2021〕12号)要求编制。
统计期限自2021年1月1日起至2021年12月31日止。
本报告电子版可在网站(http://www.example.gov.cn/cz)下载。
联系地址:漳平市桂林路8号;邮编:364400;电话:0597-1234567;传真:0597-7654321;电子邮箱:cz@example.com。
一、总体情况
公开信息30条。
"""
