"""The section tree of made-up reports, of random texts, and of the owner's reports."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Section, SectionRole, Span, TableSpan
from loaders.forms import narrative
from loaders.structure.sections import role_of, sections_of
from loaders.text.folding import fold
from tests.loaders.structure.outlined import FULL_REPORT, main_roles, outline, parse
from tests.shared import GOLD, REPORTS


def test_a_list_that_begins_anew_goes_with_the_section_around() -> None:
    raw = "一、总体情况\n1.重点工作。一是甲事项,成效好。二是乙事项,成效好。\n一是丙事项,成效好。二是丁事项,成效好。\n"
    parents = {found.title: found.parent for found in parse(raw)}
    ids = {found.title: found.id for found in parse(raw)}
    assert parents["甲事项"] == ids["重点工作"]
    assert parents["丙事项"] == ids["总体情况"]


@pytest.mark.parametrize(
    ("title", "role"),
    [(example, heading.role) for heading in narrative.HEADINGS for example in heading.examples]
    + [(example, role) for role, _, examples in narrative.ROLE_CUES for example in examples]
    + [("审批事项办理", None)],
)
def test_a_title_shows_its_role(title: str, role: SectionRole | None) -> None:
    assert role_of(title) == role


def test_roles_belong_to_main_sections() -> None:
    found = parse(FULL_REPORT)
    assert [(section.ordinal, section.role) for section in found if section.parent is None and section.level] == [
        ("一", SectionRole.OVERVIEW),
        ("二", SectionRole.PROACTIVE_DISCLOSURE),
        ("三", SectionRole.REQUESTS),
        ("四", SectionRole.REVIEW_AND_LITIGATION),
        ("五", SectionRole.PROBLEMS_AND_IMPROVEMENTS),
        ("六", SectionRole.OTHER_MATTERS),
    ]
    assert {section.role for section in found if section.parent} == {None}


def test_thematic_headings_of_a_work_points_report_are_work_points() -> None:
    raw = "清源县2020年政务公开工作要点落实情况\n现将情况报告如下:\n一、着力稳定预期\n文。\n二、规范平台\n文。\n"
    assert main_roles(raw) == [("一", SectionRole.WORK_POINTS), ("二", SectionRole.WORK_POINTS)]


def test_traditional_characters_are_read_alike() -> None:
    raw = "一、總體情況\n本局認真開展工作。\n二、主動公開政府信息情況\n公開資訊。\n三、依申請公開情況\n無申請。\n"
    assert [role for _, role in main_roles(raw)] == [
        SectionRole.OVERVIEW,
        SectionRole.PROACTIVE_DISCLOSURE,
        SectionRole.REQUESTS,
    ]
    assert outline(raw)[0][2] == "總體情況"


def test_ids_are_paths_of_the_tree() -> None:
    assert [found.id for found in parse(FULL_REPORT)][:4] == ["preamble", "s1", "s1.1", "s1.2"]


def test_an_empty_text_has_a_preamble_alone() -> None:
    assert [found.role for found in parse("")] == [SectionRole.PREAMBLE]


def assert_sound(raw: str, found: tuple[Section, ...]) -> None:
    """Sections come in order, lie inside the text and inside their parents, and quote what is printed."""
    by_id = {section.id: section for section in found}
    assert len(by_id) == len(found)
    for section in found:
        assert 0 <= section.start <= section.heading_end <= section.end <= len(raw)
        if section.ordinal and not section.inferred:
            assert section.ordinal[0] in fold(raw[section.start : section.heading_end])
        if section.parent:
            parent = by_id[section.parent]
            assert parent.start <= section.start
            assert section.end <= parent.end
    for first, second in pairwise(found):
        assert first.start <= second.start
        assert second.parent == first.id or first.end <= second.start or first.parent is not None


@settings(deadline=None)
@given(st.text(alphabet="一二三、是(1)2.①中文公开 \n。,;:|#《》“”第附表报告年", max_size=300))
def test_any_text_gives_a_sound_tree(raw: str) -> None:
    assert_sound(raw, parse(raw))


def official_tables(raw: str) -> tuple[TableSpan, ...]:
    """The grids of a report, told by what stands above and below them: good enough to leave them out."""
    text = fold(raw)
    starts = [
        match.start()
        for match in re.finditer(r"第二十条第\(一\)项|\(?本列数据的?勾稽关系|行政复议[ |\n]*行政诉讼", text)
    ]
    if len(starts) < 3:
        return ()
    ends = [text.find("三、收到", starts[0]), text.find("四、政府", starts[1]), text.find("五、", starts[2])]
    ends = [end if end > 0 else other for end, other in zip(ends, [*starts[1:], len(raw)], strict=True)]
    forms = ("proactiveDisclosure", "requests", "reviewAndLitigation")
    return tuple(TableSpan(*span) for span in zip(forms, starts, ends, strict=True))


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_headings_of_a_development_report_are_found(number: str) -> None:
    gold = json.loads((GOLD / f"narrative-{number}.json").read_text(encoding="utf-8"))
    raw = (REPORTS / gold["file"]).read_text(encoding="utf-8")
    spans = [(table["start"], table["end"]) for table in gold["tables"]]
    if len(spans) == 1:  # one entry for three grids that stand side by side
        (whole,) = spans
        cuts = [whole[0], raw.index("(本列数据"), raw.index("行政复议 |\n行政诉讼"), whole[1]]
        spans = list(pairwise(cuts))
    forms = ("proactiveDisclosure", "requests", "reviewAndLitigation")
    tables = tuple(TableSpan(form, start, end) for form, (start, end) in zip(forms, spans, strict=False))
    found = parse(raw, tables)
    assert_sound(raw, found)
    expected = {(entry["start"], 6 if entry["level"] == "item" else entry["level"]) for entry in gold["sections"]}
    predicted = {(section.start, section.level) for section in found if section.level}
    right = len(expected & predicted)
    assert 2 * right / (len(expected) + len(predicted)) >= 0.99


E2_ROLES = [
    SectionRole.OVERVIEW,
    SectionRole.PROACTIVE_DISCLOSURE,
    SectionRole.REQUESTS,
    SectionRole.REVIEW_AND_LITIGATION,
    SectionRole.PROBLEMS_AND_IMPROVEMENTS,
    SectionRole.OTHER_MATTERS,
]

MAIN_ROLES = {
    "pingtan-2013": ["OVERVIEW", "PROACTIVE_DISCLOSURE", "REQUESTS", "PROBLEMS_AND_IMPROVEMENTS"],
    "pingtan-2015": [
        *("OVERVIEW", "PROACTIVE_DISCLOSURE", "REQUESTS", "FEES", "REVIEW_AND_LITIGATION"),
        *("PROBLEMS_AND_IMPROVEMENTS", "ANNEX"),
    ],
    "pingtan-2018": [
        *("OVERVIEW", "PROACTIVE_DISCLOSURE", "REQUESTS", "REVIEW_AND_LITIGATION", "PROBLEMS_AND_IMPROVEMENTS"),
        "ANNEX",
    ],
    "pingtan-2019": E2_ROLES,
    "pingtan-2021": E2_ROLES,
    "pingtan-2024": E2_ROLES,
    "pingtan-dishui-2013": ["OVERVIEW", "PROACTIVE_DISCLOSURE", "REQUESTS", "OTHER", "REVIEW_AND_LITIGATION", "OTHER"],
    "pingtan-xian-2012": ["OVERVIEW", "PROACTIVE_DISCLOSURE", "REQUESTS", "PROBLEMS_AND_IMPROVEMENTS"],
}


@pytest.mark.shared
@pytest.mark.parametrize(("name", "roles"), MAIN_ROLES.items())
def test_the_main_sections_of_a_report_on_one_line_have_their_roles(name: str, roles: list[str]) -> None:
    raw = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
    body = Span(raw.index("\n", raw.index("正文 =")) + 1, len(raw))
    found = sections_of(raw, fold(raw), tables=official_tables(raw), body=body)
    assert [section.role for section in found if section.level == 1] == roles
    assert_sound(raw, found)
