"""The same report in every layout and source format gives the same tables."""

import pytest

from loaders.document import Document, get
from loaders.file_formats import read
from loaders.forms import FORMS, Edition, Form
from loaders.pipeline import parse
from tests.documents import report_document
from tests.printed import tables_of
from tests.rendering import LAYOUTS, Report, report, source

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
YEARS = {"E1": 2016, "E2": 2020, "E3": 2022}
MOST_UNREAD = 0.02
"""Share of the figures that a layout which loses its blanks may leave unread; none may be false."""
LEAST_READ = {"piped-cells": 0.5}
"""Share of the cells to be read with a third of them blank; a bar for a spanned cell looks like an empty cell."""


def editions(name: str) -> list[tuple[Form, Edition]]:
    return [(form, edition) for form in FORMS if (edition := form.edition(name)) is not None]


def printed_report(document: Document, name: str) -> Report:
    """The document as its agency would have printed it."""
    year = document["year"]
    blocks = [HEADINGS[0], f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"]
    for heading, (form, edition) in zip([*HEADINGS[1:], ""], editions(name), strict=False):
        blocks += [heading] if heading else []
        blocks += tables_of(document, form, edition)  # type: ignore[arg-type]
    return report(document["title"], *blocks, "五、存在的主要问题及改进情况", "公开的主动性有待加强。")


def figures(document: Document, name: str) -> dict[str, object]:
    found = {}
    for form, edition in editions(name):
        for cell in form.cells_of(edition):
            if cell.row.printed:
                value = get(document, cell.path)
                found[cell.path] = value["value"] if isinstance(value, dict) else value
    return found


@pytest.mark.parametrize(
    ("layout", "name", "seed"),
    [
        (layout, name, seed)
        for layout, made in LAYOUTS.items()
        for name in YEARS
        for seed in (3, 14)
        if not made.disguised or (name, seed) == ("E3", 3)
    ],
)
def test_the_same_figures_come_out_of_every_format(layout: str, name: str, seed: int) -> None:
    document = report_document(seed, year=YEARS[name], blank=0.0)
    text = read(source(printed_report(document, name), layout))

    parsed = parse(text, name=f"report{LAYOUTS[layout].suffix}")

    expected, got = figures(document, name), figures(parsed, name)
    false = {path: (got[path], value) for path, value in expected.items() if got[path] not in (None, value)}
    unread = [path for path, value in expected.items() if got[path] is None and value is not None]
    assert false == {}
    assert len(unread) <= (0 if LAYOUTS[layout].lossless else MOST_UNREAD * len(expected)), unread


@pytest.mark.parametrize("layout", [layout for layout, made in LAYOUTS.items() if made.lossless and not made.disguised])
def test_cells_printed_empty_stay_empty_in_formats_that_keep_them(layout: str) -> None:
    document = report_document(7, year=2022, blank=0.3)
    parsed = parse(read(source(printed_report(document, "E3"), layout)), name=f"report{LAYOUTS[layout].suffix}")

    expected, got = figures(document, "E3"), figures(parsed, "E3")
    assert {path: value for path, value in got.items() if value is not None and value != expected[path]} == {}
    read_right = sum(got[path] == value for path, value in expected.items())
    assert read_right >= LEAST_READ.get(layout, 0.9) * len(expected)
