"""The language of searches, without texts: what it comes to, and what it refuses."""

import pytest

from schema.errors import ErrorCode, RequestError
from schema.plan.search_language import Alternative, alternatives
from schema.plan.search_terms import checked
from schema.request import Limits

COURSE, MEETING, NOTICE = "培训", "会议", "通知"


@pytest.mark.parametrize(
    ("search", "wanted"),
    [
        (f"{COURSE} {MEETING}", [({COURSE, MEETING}, set())]),
        (f"{COURSE} AND {MEETING}", [({COURSE, MEETING}, set())]),
        (f"{COURSE} OR {MEETING}", [({COURSE}, set()), ({MEETING}, set())]),
        (f"{COURSE} -{MEETING}", [({COURSE}, {MEETING})]),
        (f"{COURSE} NOT {MEETING}", [({COURSE}, {MEETING})]),
        (f"{COURSE} NOT NOT {MEETING}", [({COURSE, MEETING}, set())]),
        (f"{COURSE} -({MEETING} OR {NOTICE})", [({COURSE}, {MEETING, NOTICE})]),
        (f"{COURSE} -({MEETING} {NOTICE})", [({COURSE}, {MEETING}), ({COURSE}, {NOTICE})]),
        (f"（{COURSE} OR {MEETING}） {NOTICE}", [({COURSE, NOTICE}, set()), ({MEETING, NOTICE}, set())]),
        (f"{COURSE} {MEETING} OR {NOTICE}", [({COURSE, MEETING}, set()), ({NOTICE}, set())]),
        ("培訓＊", [({COURSE}, set())]),
        ('"培 訓"*', [({COURSE}, set())]),
        ("(一)总体情况", [({"(一)总体情况"}, set())]),
        ("开展“公开日”活动", [({'开展"公开日"活动'}, set())]),
        ("(依申请公开(2019) OR 会议)", [({"依申请公开(2019)"}, set()), ({MEETING}, set())]),
        ("“OR” 0596-12345", [({"or", "0596-12345"}, set())]),
        (f"{COURSE} OR {COURSE}", [({COURSE}, set())]),
    ],
)
def test_a_search_comes_to_alternatives_of_terms(search: str, wanted: list[tuple[set[str], set[str]]]) -> None:
    assert [({*one.has}, {*one.lacks}) for one in alternatives(search)] == wanted


@pytest.mark.parametrize(
    "search",
    [
        *(f"-{COURSE}", f"NOT {COURSE}", f"{COURSE} OR -{MEETING}"),
        *(f"OR {COURSE}", f"{COURSE} OR", f"{COURSE} OR OR {MEETING}", f"{COURSE} NOT", "()", f"{COURSE} ()"),
        *(f"({COURSE}", f"{COURSE})", f"“{COURSE}", "培*训", "*", "培*", "培"),
        *(f"{'(' * 9}{COURSE}{')' * 9}", f"{'-' * 9}{COURSE}", "-" * 1000 + COURSE, "(" * 1000, "(" * 3000),
        " ".join(f"(甲{digit} OR 乙{digit})" for digit in range(8)),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_to_write_instead(search: str) -> None:
    with pytest.raises(RequestError) as refusal:
        checked(search, Limits())

    assert refusal.value.code == ErrorCode.BAD_SEARCH.name
    assert refusal.value.hint


def test_many_brackets_with_the_same_terms_come_to_no_more_than_these() -> None:
    assert set(alternatives("(甲乙 OR 丙丁) " * 60)) >= {Alternative(("甲乙",)), Alternative(("丙丁",))}
