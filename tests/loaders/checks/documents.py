"""Small documents to be checked: some figures of some tables, some sections, some sentences with their figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from loaders.checks.facts import printed_cells
from loaders.document import Document, put
from loaders.forms import FORMS


def report(
    figures: Mapping[str, Any] | None = None,
    *,
    edition: str = "E2",
    statuses: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    **fields: Any,
) -> Document:
    """An annual report whose tables hold these figures, every other cell being MISSING."""
    document: Document = {
        "_id": "r1",
        "kind": "ANNUAL_REPORT",
        "title": "青岚县水务局2020年政府信息公开工作年度报告",
        "template": edition,
        "templateExpected": edition,
        "year": 2020,
        "periodStart": "2020-01-01",
        "periodEnd": "2020-12-31",
        "publishedOn": "2021-01-20",
        "scope": "DEPARTMENT",
        "agency": {"name": "青岚县水务局", "level": "COUNTY", "type": "DEPARTMENT", "region": {"county": "青岚县"}},
        "citedDocuments": [],
        "rawText": "",
        "sections": [],
        "passages": [],
        "statistics": [],
        "tables": [],
        "cells": [],
        "checks": [],
        "failedRules": [],
        **{form.id: None for form in FORMS},
        **fields,
    }
    if figures is not None or statuses is not None:
        _fill(document, edition, dict(figures or {}), dict(statuses or {}), dict(texts or {}))
    return document


def _fill(
    document: Document, edition: str, figures: dict[str, Any], statuses: dict[str, str], texts: dict[str, str]
) -> None:
    wanted = {path.partition(".")[0] for path in (*figures, *statuses)}
    for form in FORMS:
        found = form.edition(edition)
        if found is None or form.id not in wanted:
            continue
        document["tables"].append({"form": form.id, "edition": edition, "start": 0, "end": 0})
        document[form.id] = {}
        for cell in printed_cells(form, found):
            value = figures.pop(cell.path, None)
            status = statuses.pop(cell.path, "MISSING" if value is None else "REPORTED")
            put(document, cell.path, value)
            document["cells"].append(
                {"path": cell.path, "value": value, "text": texts.get(cell.path), "status": status, "rules": []}
            )
    assert not figures, f"no such cells in edition {edition}: {sorted(figures)}"
    assert not statuses, f"no such cells in edition {edition}: {sorted(statuses)}"


def whole_table(form_id: str, edition: str, value: int | None = 0) -> dict[str, Any]:
    """The same figure in every printed cell of a table."""
    form = next(form for form in FORMS if form.id == form_id)
    found = form.edition(edition)
    assert found is not None
    return {cell.path: value for cell in printed_cells(form, found)}


def narrative(*sections: tuple[str, str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """The fields of a text: for each section its role, title and text, and the figures that stand in it.

    A figure names its `text`, which is found in the section, and whatever else differs from an exact count in 件.
    """
    raw = ""
    found: dict[str, Any] = {"sections": [], "passages": [], "statistics": []}
    for number, (role, title_and_text, figures) in enumerate(sections, start=1):
        title, _, text = title_and_text.partition("|")
        start, heading_end = len(raw), len(raw) + len(title)
        raw += title + "\n"
        low = len(raw)
        raw += text + "\n"
        found["sections"].append(
            {
                "id": f"s{number}",
                "parent": None,
                "level": 1,
                "role": role,
                "title": title,
                "start": start,
                "headingEnd": heading_end,
                "end": len(raw),
            }
        )
        found["passages"].append(
            {"id": f"p{number}", "section": f"s{number}", "text": text, "start": low, "end": len(raw) - 1}
        )
        found["statistics"] += [_statistic(raw, low, number, figure) for figure in figures]
    return {"rawText": raw, **found}


def _statistic(raw: str, low: int, number: int, figure: Mapping[str, Any]) -> Document:
    start = raw.index(figure["text"], low)
    return {
        "label": None,
        "value": 7,
        "unit": "件",
        "qualifier": "EXACT",
        "change": None,
        "period": None,
        "partOf": None,
        "implied": False,
        "passage": f"p{number}",
        "section": f"s{number}",
        "start": start,
        "end": start + len(figure["text"]),
        **figure,
    }
