"""Disputes that the prose tells step by step: their steps, dates, numbers and outcomes; and what tells of none."""

import pytest

from loaders.document import Event, EventKind, EventOutcome, EventStepKind, Passage, Span
from loaders.identity.cited import cited_documents
from loaders.mentions.events import events_of
from loaders.mentions.report import mentions_of
from loaders.text.folding import fold


def told(*paragraphs: str, year: int | None = 2022) -> list[Event]:
    """The events of paragraphs that stand in one section of a report on a year."""
    raw = "\n".join(paragraphs)
    starts = [raw.index(paragraph) for paragraph in paragraphs]
    passages = [
        Passage(f"p{number}", "s1", paragraph, start, start + len(paragraph))
        for number, (paragraph, start) in enumerate(zip(paragraphs, starts, strict=True), start=1)
    ]
    folded = fold(raw)
    documents = cited_documents(raw, folded, Span(0, len(raw)))
    mentions = mentions_of(raw, folded, passages=passages, sections=(), documents=documents, year=year)
    events = list(events_of(raw, folded, passages=passages, mentions=mentions))
    for event in events:
        assert all(raw[step.start : step.end] == step.text for step in event.steps)
        assert (event.start, event.end) == (event.steps[0].start, event.steps[-1].end)
    return events


def shown(event: Event) -> list[tuple[str, str | None, str | None]]:
    return [(step.step.value, step.date, step.document_number) for step in event.steps]


RECONSIDERED = (
    "2022年3月4日,青岚县水务局收到周某的政府信息公开申请。3月18日,县水务局作出〔2022〕第3号《答复书》。"
    "周某不服,于2022年4月20日向青岚县人民政府申请行政复议。2022年6月17日,县人民政府作出行政复议决定"
    "(青岚政复决〔2022〕9号),撤销县水务局的答复,责令其重新答复。2022年7月1日,县水务局重新作出答复。"
)


UPHELD = "2022年5月9日,孙某申请行政复议。2022年7月4日,县政府作出行政复议决定,维持答复。"


def test_a_reconsideration_is_told_by_its_steps() -> None:
    (event,) = told(RECONSIDERED)

    assert (event.kind, event.outcome) == (EventKind.RECONSIDERATION, EventOutcome.REVOKED)
    assert shown(event) == [
        ("APPLIED", "2022-03-04", None),
        ("ANSWERED", "2022-03-18", "〔2022〕第3号"),
        ("FILED", "2022-04-20", None),
        ("DECIDED", "2022-06-17", "青岚政复决〔2022〕9号"),
        ("ANSWERED_ANEW", "2022-07-01", None),
    ]


def test_a_court_case_goes_through_its_instances() -> None:
    (event,) = told(
        "2021年9月1日,吴某向望舒区人民法院提起行政诉讼,请求撤销区住建局的答复。2021年9月8日,法院立案。"
        "2021年12月3日,区人民法院作出(2021)霁0102行初33号行政判决,驳回原告要求撤销答复的诉讼请求。"
        "吴某于2021年12月15日提起上诉。2022年3月10日,澜川市中级人民法院作出(2022)霁01行终7号行政判决,驳回上诉,维持原判。"
    )

    assert (event.kind, event.outcome) == (EventKind.LITIGATION, EventOutcome.DISMISSED)
    assert shown(event) == [
        ("FILED", "2021-09-01", None),
        ("ACCEPTED", "2021-09-08", None),
        ("DECIDED", "2021-12-03", "（2021）霁0102行初33号"),
        ("APPEALED", "2021-12-15", None),
        ("DECIDED", "2022-03-10", "（2022）霁01行终7号"),
    ]


def test_the_day_a_decision_came_is_not_the_day_it_was_made() -> None:
    (event,) = told(
        "我局于2022年5月5日收到省厅《行政复议答复通知书》(霁复答〔2022〕11号),"
        "2022年7月1日收到行政复议决定书(霁复决〔2022〕11号),决定撤销我局告知书并责令重新处理。"
    )

    assert shown(event) == [
        ("NOTIFIED", "2022-05-05", "霁复答〔2022〕11号"),
        ("DECIDED", None, "霁复决〔2022〕11号"),
    ]
    assert event.outcome is EventOutcome.REVOKED


def test_an_appeal_that_is_withdrawn_lets_the_decision_stand() -> None:
    (event,) = told(
        "2022年2月,王某向县人民法院提起诉讼,县法院于2022年5月开庭审理,2022年6月判决驳回王某诉讼请求。"
        "王某不服一审判决,向市中级人民法院上诉,市中院于2022年9月13日裁定准许撤回上诉。"
    )

    assert [(step.step, step.date) for step in event.steps] == [
        (EventStepKind.FILED, "2022-02"),
        (EventStepKind.HEARD, "2022-05"),
        (EventStepKind.DECIDED, "2022-06"),
        (EventStepKind.APPEALED, None),
        (EventStepKind.WITHDRAWN, "2022-09-13"),
    ]
    assert event.outcome is EventOutcome.DISMISSED


def test_a_chain_of_days_keeps_its_year_through_notices() -> None:
    (event,) = told(
        "2021年6月15日,刘某邮寄信息公开申请表,我局于6月28日以《补正通知书》通知其补正,8月2日我局作出《告知书》"
        "(青自然资告〔2021〕8号)。刘某不服,8月20日向市人民政府申请行政复议,市人民政府于10月15日作出"
        "《行政复议决定书》(澜政行复〔2021〕33号),维持我局作出的告知书。"
    )

    assert shown(event) == [
        ("APPLIED", "2021-06-15", None),
        ("NOTIFIED", "2021-06-28", None),
        ("NOTIFIED", "2021-08-02", "青自然资告〔2021〕8号"),
        ("FILED", "2021-08-20", None),
        ("DECIDED", "2021-10-15", "澜政行复〔2021〕33号"),
    ]


def test_a_step_a_paragraph_is_one_event() -> None:
    (event,) = told(*(f"{sentence}。" for sentence in RECONSIDERED.split("。") if sentence))

    assert [step for step, *_ in shown(event)] == ["APPLIED", "ANSWERED", "FILED", "DECIDED", "ANSWERED_ANEW"]
    assert event.passage == "p1"


def test_a_second_application_begins_a_second_event() -> None:
    first, second = told(
        RECONSIDERED,
        "2022年8月2日,县教育局收到郑某的信息公开申请。2022年9月5日,郑某向县人民政府申请行政复议。"
        "2022年11月1日,县人民政府作出维持原答复的复议决定。",
    )

    assert (first.outcome, second.outcome) == (EventOutcome.REVOKED, EventOutcome.UPHELD)
    assert (len(first.steps), len(second.steps)) == (5, 3)


def test_a_decision_behind_the_filing_has_no_date_of_its_own() -> None:
    (event,) = told(
        "2022年2月8日,某局收到孙某的公开申请。2022年5月9日,孙某向县政府申请行政复议,县政府受理后作出复议决定,维持该局答复。"
    )

    assert shown(event) == [("APPLIED", "2022-02-08", None), ("FILED", "2022-05-09", None), ("DECIDED", None, None)]
    assert event.outcome is EventOutcome.UPHELD


def test_what_is_challenged_lends_a_decision_no_number() -> None:
    (event,) = told("2022年5月9日,孙某申请行政复议。2022年7月4日,县政府作出维持青住建〔2022〕15号告知书的复议决定。")

    assert shown(event) == [("FILED", "2022-05-09", None), ("DECIDED", "2022-07-04", None)]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("2022年5月9日,孙某申请行政复议。2022年6月2日,孙某撤回行政复议申请。", EventOutcome.WITHDRAWN),
        ("2022年5月9日,孙某申请行政复议,2022年5月16日县政府依法受理,目前尚未审结。", None),
        (f"{UPHELD}2022年7月20日,孙某向县人民法院提起诉讼。", None),
        (
            "2022年5月9日,孙某提起行政诉讼。2022年7月4日,县人民法院作出判决,撤销第一项答复,驳回其他诉讼请求。",
            None,
        ),
        ("2022年5月9日,孙某提起行政诉讼。2022年7月4日,县人民法院判决确认该局逾期答复违法。", EventOutcome.UNLAWFUL),
    ],
)
def test_an_outcome_is_that_of_the_last_decision_or_none(text: str, outcome: EventOutcome | None) -> None:
    (event,) = told(text)

    assert event.outcome is outcome


@pytest.mark.parametrize(
    "text",
    [
        "2022年,我局收到行政复议申请3件,其中维持2件,撤销1件;收到行政诉讼1件。",
        "截至2022年12月31日,因政府信息公开被申请行政复议2件,8月份办结1件。",
        "2022年3月4日,我局收到周某的公开申请。2022年3月18日,我局作出答复。全年无行政复议、行政诉讼。",
        "下一步将规范复议应诉工作,2023年6月30日前完成培训,2023年9月30日前完成考核。",
    ],
)
def test_counts_and_plans_are_no_events(text: str) -> None:
    assert told(text) == []


def test_a_step_without_a_certain_year_has_no_date() -> None:
    (event,) = told("12月20日,王某向县政府申请行政复议。1月15日,县政府作出行政复议决定,维持答复。")

    assert shown(event) == [("FILED", None, None), ("DECIDED", None, None)]


def test_traditional_characters_tell_the_same() -> None:
    text = (
        "2022年5月9日,孫某申請行政復議。2022年7月4日,縣政府作出行政復議決定,維持該局答覆。信息公開報告,處務總結會議。"
    )

    (event,) = told(text)

    assert [step.step for step in event.steps] == [EventStepKind.FILED, EventStepKind.DECIDED]
