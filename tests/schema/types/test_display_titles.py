"""Every report has a name to show: its title, or one made of what is known of it."""

from typing import Any

import pytest

from loaders.document import Document, ReportKind
from schema.types.display_titles import display_title
from tests.schema.conftest import Ask

MADE: dict[str, tuple[Document, str]] = {
    "agency, year and kind": (
        {"agency": {"name": "清源县审计局"}, "year": 2021},
        "清源县审计局2021年政府信息公开工作年度报告",
    ),
    "a town without its county": (
        {"agency": {"name": None, "candidates": ["太平镇人民政府"]}, "year": 2021},
        "太平镇人民政府2021年政府信息公开工作年度报告",
    ),
    "one of several agencies": (
        {"agency": {"name": None, "candidates": ["深圳市龙华区", "海口市龙华区"]}, "year": 2021},
        "2021年政府信息公开工作年度报告",
    ),
    "nothing known": ({"agency": {}, "year": None}, "政府信息公开工作年度报告"),
    "its own": ({"title": "清源县2020年年报", "agency": {"name": "清源县"}, "year": 2020}, "清源县2020年年报"),
}


@pytest.mark.parametrize(("document", "title"), MADE.values(), ids=MADE.keys())
def test_a_report_is_called_by_its_title_or_by_what_is_known_of_it(document: Document, title: str) -> None:
    assert display_title({"title": None, "kind": "ANNUAL_REPORT", **document}) == title


@pytest.mark.parametrize("kind", ReportKind)
def test_every_kind_of_report_has_a_name(kind: ReportKind) -> None:
    assert display_title({"kind": kind.value})


async def test_the_name_to_show_says_whether_it_is_printed(ask: Ask, reports: list[Document]) -> None:
    answer = await ask("{ reports(first: 100) { nodes { title displayTitle titlePrinted agency { name } } } }")
    data: Any = answer.data
    nodes = data["reports"]["nodes"]

    assert nodes
    assert all(node["displayTitle"] == node["title"] for node in nodes if node["titlePrinted"])
    assert [node["titlePrinted"] for node in nodes] == [node["title"] is not None for node in nodes]
    assert len(nodes) <= len(reports)
