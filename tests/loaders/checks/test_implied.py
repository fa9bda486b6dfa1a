"""What follows from printed figures: told only where nothing else can be, with its evidence, and never altering any."""

from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.checks import implied_figures, with_implied
from loaders.document import Document, FigureStatus, ImpliedFigure, get, put
from loaders.forms import FORMS, Comparison
from loaders.forms.concepts import CONCEPTS, concepts_for, sums_by_edition
from loaders.forms.requests import APPLICANTS, DENIED
from tests.documents import report_document

E1, E2, E3 = 2016, 2020, 2022
OUTCOMES = "requests.outcomes"
TOTAL = f"{OUTCOMES}.total.total"


def report(year: int, seed: int = 3) -> Document:
    """A consistent report with a figure in every cell."""
    return report_document(seed, year=year, blank=0.0)


def without(document: Document, *paths: str, status: str = "BLANK", text: str | None = None) -> Document:
    """The report with these cells left without a figure."""
    lacking = deepcopy(document)
    for path in paths:
        put(lacking, path, None)
        cell = next(cell for cell in lacking["cells"] if cell["path"] == path)
        cell |= {"value": None, "status": status, "text": text}
    return lacking


def told(document: Document, path: str) -> ImpliedFigure | None:
    """What is implied at a path."""
    return next((figure for figure in implied_figures(document) if figure.path == path), None)


def figures(document: Document) -> list[ImpliedFigure]:
    """What is implied besides concepts."""
    return [figure for figure in implied_figures(document) if not figure.path.startswith("concept.")]


@pytest.mark.parametrize("year", [E1, E2, E3])
def test_nothing_follows_where_all_is_printed(year: int) -> None:
    assert figures(report(year)) == []


def test_a_blank_total_follows_from_its_parts_and_says_by_which() -> None:
    whole, path = report(E2), f"{OUTCOMES}.granted.total"

    figure = told(without(whole, path), path)

    assert figure is not None
    assert (figure.value, figure.status, figure.rules) == (get(whole, path), FigureStatus.IMPLIED, ("R3",))
    assert set(figure.cells) == {f"{OUTCOMES}.granted.{column}" for column in APPLICANTS[:-1]}


def test_the_printed_figure_stays_null_beside_the_implied_one() -> None:
    whole = report(E2)
    lacking = without(whole, TOTAL)

    stored = with_implied(lacking)

    assert get(stored, TOTAL) is None
    assert get(stored["known"], TOTAL) == get(whole, TOTAL)
    assert {key: stored[key] for key in lacking if key not in {"known", "concept", "implications"}} == {
        key: lacking[key] for key in lacking if key not in {"known", "concept", "implications"}
    }


@pytest.mark.parametrize("status", ["BLANK", "AMBIGUOUS", "MISSING", "TEXT"])
def test_nothing_follows_from_parts_that_have_no_figure(status: str) -> None:
    whole = report(E2)
    put(whole, f"{OUTCOMES}.granted.naturalPerson", 7)
    lacking = without(whole, f"{OUTCOMES}.granted.total", f"{OUTCOMES}.granted.naturalPerson", status=status)

    assert told(lacking, f"{OUTCOMES}.granted.total") is None


@pytest.mark.parametrize("status", ["AMBIGUOUS", "TEXT"])
def test_words_in_a_total_stand(status: str) -> None:
    path = f"{OUTCOMES}.granted.total"

    assert told(without(report(E2), path, status=status, text="见附件"), path) is None


def test_nothing_is_left_of_a_total_that_its_printed_parts_make_up() -> None:
    whole = report(E2, seed=5)
    empty = [path for path in (f"{OUTCOMES}.{row}.naturalPerson" for row in DENIED_ROWS) if get(whole, path) == 0]
    assert len(empty) > 1

    found = {figure.path: figure for figure in figures(without(whole, *empty))}

    assert {path: (figure.value, figure.rules) for path, figure in found.items()} == dict.fromkeys(empty, (0, ("R2",)))
    assert found[empty[0]].cells == (f"{OUTCOMES}.total.naturalPerson",)


DENIED_ROWS = tuple(row.removeprefix("outcomes.") for row in DENIED)


def test_parts_that_a_total_leaves_something_for_are_not_told_apart_nor_told() -> None:
    whole = report(E2)
    path = next(path for path in (f"{OUTCOMES}.{row}.naturalPerson" for row in DENIED_ROWS) if get(whole, path))

    assert told(without(whole, path, f"{OUTCOMES}.granted.naturalPerson"), path) is None


def test_blank_row_totals_of_a_table_that_prints_no_zeros_follow_in_a_chain() -> None:
    """As an agency prints that leaves every zero and every row total blank."""
    whole = report(E2, seed=5)
    rows = [cell["path"] for cell in whole["cells"] if cell["path"].startswith(f"{OUTCOMES}.")]
    blank = [path for path in rows if get(whole, path) == 0 or path.endswith(".total")]
    lacking = without(whole, *(path for path in blank if not path.startswith(f"{OUTCOMES}.total.")))

    stored = with_implied(lacking)

    denied = [f"{OUTCOMES}.{row}" for row in DENIED_ROWS]
    assert [get(stored["known"], f"{row}.total") for row in denied] == [get(whole, f"{row}.total") for row in denied]
    concept = told(lacking, "concept.denied")
    assert concept is not None
    assert concept.value == sum(get(whole, f"{row}.total") for row in denied)
    assert concept.value == sum(get(whole, cell) for cell in concept.cells)
    assert set(concept.rules) == {"R2", "R3", "denied"}


def test_a_balance_tells_the_one_figure_that_it_lacks() -> None:
    whole, path = report(E3), "requests.carriedOver.naturalPerson"
    lacking = without(whole, path, "requests.carriedOver.total")

    figure = told(lacking, path)

    assert figure is not None
    assert (figure.value, figure.rules) == (get(whole, path), ("R1",))
    assert set(figure.less) == {"requests.received.naturalPerson"}


def test_a_balance_that_fails_elsewhere_tells_nothing() -> None:
    whole, path = report(E3), "requests.carriedOver.naturalPerson"
    put(whole, "requests.pending.otherOrganization", get(whole, "requests.pending.otherOrganization") + 1)

    assert told(without(whole, path, "requests.carriedOver.total"), path) is None


def test_less_than_nothing_contradicts_itself() -> None:
    whole, path = report(E3), "requests.carriedOver.naturalPerson"
    put(whole, "requests.received.naturalPerson", 10**6)
    lacking = without(whole, path, "requests.carriedOver.total", "requests.received.total")

    assert figure_of(lacking, path) == (None, FigureStatus.CONTRADICTED)


def figure_of(document: Document, path: str) -> tuple[Any, FigureStatus | None]:
    """Value and status of what is implied at a path."""
    figure = told(document, path)
    return (None, None) if figure is None else (figure.value, figure.status)


def test_what_two_sums_tell_differently_has_no_figure() -> None:
    whole, path = report(E2), TOTAL
    put(whole, f"{OUTCOMES}.total.naturalPerson", get(whole, f"{OUTCOMES}.total.naturalPerson") + 1)
    lacking = without(whole, path, *(f"{OUTCOMES}.{row}.naturalPerson" for row in DENIED_ROWS[:2]))

    assert figure_of(lacking, path) == (None, FigureStatus.CONTRADICTED)


def test_nothing_follows_from_a_cell_of_a_sum_that_fails() -> None:
    whole, path = report(E2), TOTAL
    put(whole, f"{OUTCOMES}.granted.naturalPerson", get(whole, f"{OUTCOMES}.granted.naturalPerson") + 1)
    lacking = without(whole, path, "requests.pending.naturalPerson", "requests.pending.total")

    assert figure_of(lacking, path) == (None, FigureStatus.CONTRADICTED)
    # the balance, which holds none of the cells in doubt, still tells it
    assert figure_of(without(whole, path), path) == (get(whole, path), FigureStatus.IMPLIED)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 5_000), year=st.sampled_from([E1, E2, E3]), share=st.floats(0.01, 0.9))
def test_whatever_is_left_out_of_a_consistent_report_is_told_right_or_not_at_all(
    seed: int, year: int, share: float
) -> None:
    whole = report(year, seed)
    drawn = Random(seed)  # noqa: S311 - repeatable, not secret
    counted = [cell["path"] for cell in whole["cells"] if isinstance(cell["value"], int)]
    lacking = without(whole, *(path for path in counted if drawn.random() < share))

    for figure in figures(lacking):
        assert figure.status is FigureStatus.IMPLIED
        assert figure.value == get(whole, figure.path), figure
        assert get(lacking, figure.path) is None


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 5_000), year=st.sampled_from([E1, E2, E3]), share=st.floats(0, 0.5))
def test_what_is_implied_breaks_no_sum_and_is_what_its_cells_add_up_to(seed: int, year: int, share: float) -> None:
    whole = report_document(seed, year=year, blank=0.0, broken=True)
    drawn = Random(seed)  # noqa: S311 - repeatable, not secret
    counted = [cell["path"] for cell in whole["cells"] if isinstance(cell["value"], int)]
    lacking = without(whole, *(path for path in counted if drawn.random() < share))

    implied = {figure.path: figure for figure in figures(lacking) if figure.value is not None}
    for form in FORMS:
        for equation in (one for edition in form.editions for one in edition.equations(form.id)):
            if equation.comparison is Comparison.LE or not implied.keys() & set(equation.paths):
                continue
            sides = [[_known(lacking, implied, path) for path in side] for side in (equation.left, equation.right)]
            assert None in sides[0] + sides[1] or sum(sides[0]) == sum(sides[1])
    for figure in implied.values():
        added, taken = (sum(get(lacking, cell) for cell in side) for side in (figure.cells, figure.less))
        assert figure.value == added - taken


def _known(document: Document, implied: dict[str, ImpliedFigure], path: str) -> Any:
    return implied[path].value if path in implied else get(document, path)


# --- concepts ---


def test_a_concept_that_one_cell_prints_is_printed() -> None:
    for year, cell in ((E1, "annexStatistics.requests.received.total"), (E3, "requests.received.total")):
        whole = report(year)
        figure = told(whole, "concept.received")
        assert figure is not None
        assert (figure.value, figure.status, figure.cells) == (get(whole, cell), FigureStatus.PRINTED, (cell,))
        assert with_implied(whole)["concept"]["received"] == get(whole, cell)


def test_a_concept_of_several_cells_is_implied() -> None:
    whole = report(E1)
    put(whole, "annexStatistics.requests.replies.denied.total", 9)
    put(whole, "annexStatistics.requests.replies.denied.notGovernmentInformation", 2)

    figure = told(whole, "concept.denied")

    assert figure is not None
    assert (figure.value, figure.status) == (7, FigureStatus.IMPLIED)
    assert figure.less == ("annexStatistics.requests.replies.denied.notGovernmentInformation",)


def test_an_edition_counts_only_what_means_the_same() -> None:
    counted = {concept.id: set(sums_by_edition(concept, FORMS)) for concept in CONCEPTS}
    assert counted["denied"] == counted["notHeld"] == counted["litigationUpheld"] == {"E1", "E2", "E3"}
    assert counted["carriedOver"] == counted["unclear"] == counted["litigation"] == {"E2", "E3"}
    assert told(report(E1), "concept.unclear") is None


def test_the_last_group_of_outcomes_is_a_row_in_one_edition_and_a_sum_in_the_next() -> None:
    for year, status in ((E2, FigureStatus.PRINTED), (E3, FigureStatus.IMPLIED)):
        figure = told(report(year), "concept.otherHandling")
        assert figure is not None
        assert figure.status is status


def test_forms_without_the_cells_have_no_concepts() -> None:
    assert concepts_for(FORMS) == CONCEPTS
    assert concepts_for(FORMS[:1]) == ()


# --- zeros that the narrative states ---


def stating(year: int, sentence: str, label: str, *, table: bool = True) -> Document:
    """A report whose section on requests says of something, in words, that there was none."""
    document = report(year)
    raw = f"三、收到和处理政府信息公开申请情况\n{sentence}\n"
    start = raw.index(sentence)
    at = start + sentence.index(label)
    zero = {
        **document["statistics"][0],
        "label": label,
        "labelStart": at,
        "labelEnd": at + len(label),
        "value": 0,
        "unit": None,
        "qualifier": "EXACT",
        "change": None,
        "implied": True,
        "text": sentence[: sentence.index(label) + len(label)],
        "start": start,
        "end": at + len(label),
        "passage": "p1",
        "section": "s1",
    }
    section = {**document["sections"][2], "id": "s1", "start": 0, "headingEnd": start - 1, "end": len(raw)}
    passage = {"id": "p1", "section": "s1", "text": sentence, "start": start, "end": start + len(sentence)}
    stated = {**document, "rawText": raw, "statistics": [zero], "sections": [section], "passages": [passage]}
    if not table:
        stated |= {"tables": [], "cells": [], "template": "NARRATIVE", **{form.id: None for form in FORMS}}
    return stated


NONE_RECEIVED = ("本年度未收到政府信息公开申请。", "政府信息公开申请")


def test_a_zero_in_words_is_stated_where_no_table_is() -> None:
    figure = told(stating(E2, *NONE_RECEIVED, table=False), "concept.received")

    assert figure is not None
    assert (figure.value, figure.status, figure.cells) == (0, FigureStatus.STATED, ("statistics.0",))


def test_a_zero_in_words_fills_a_blank_total_but_not_one_that_figures_speak_against() -> None:
    row = [f"requests.received.{column}" for column in APPLICANTS]
    unbalanced = [f"requests.carriedOver.{column}" for column in APPLICANTS]
    blank = without(stating(E2, *NONE_RECEIVED), *row, *unbalanced)
    assert figure_of(blank, "requests.received.total") == (0, FigureStatus.STATED)

    put(blank, row[0], 3)
    assert figure_of(blank, "requests.received.total") == (None, FigureStatus.CONTRADICTED)


def test_what_is_printed_stands_whatever_words_say() -> None:
    whole = stating(E2, *NONE_RECEIVED)
    put(whole, "requests.received.total", 4)

    assert figure_of(whole, "requests.received.total") == (None, None)
    assert figure_of(whole, "concept.received") == (4, FigureStatus.PRINTED)


def test_a_zero_that_another_sentence_denies_is_not_stated() -> None:
    stated = stating(E2, "本年度未收到政府信息公开申请。收到政府信息公开申请3件。", "政府信息公开申请", table=False)
    text = stated["passages"][0]["text"]
    at = stated["passages"][0]["start"] + text.index("3件")
    stated["statistics"].append(
        {
            **stated["statistics"][0],
            "value": 3,
            "unit": "件",
            "implied": False,
            "text": "3件",
            "start": at,
            "end": at + 2,
        }
    )

    assert told(stated, "concept.received") is None
