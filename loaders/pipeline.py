"""One source text to one report document: the stages in order, composed here and nowhere else.

Pure: nothing is read, written or looked up but the text and the declared forms. A report that is incomplete or does
not reconcile is a document with statuses and failed checks; nothing that is readable is refused.
"""

from collections.abc import Sequence

from loaders.checks import assessed
from loaders.document import (
    INDICATORS,
    CellValue,
    Document,
    Identity,
    SourceInfo,
    Span,
    TableSpan,
    put,
    report_id,
    to_document,
)
from loaders.file_formats import SourceText
from loaders.forms import FORMS, Form
from loaders.forms.editions import NONE, prescribed
from loaders.identity import identity_of
from loaders.identity.edition import edition_followed
from loaders.mentions.events import events_of
from loaders.mentions.report import mentions_of
from loaders.statistics.report import statistics_of
from loaders.structure import passages_of, sections_of
from loaders.tables.indicators import IndicatorTable, read_indicators
from loaders.tables.read import FormRead, read_tables
from loaders.tables.recognised import with_certain_indicators, with_certainty
from loaders.text.folding import fold

PARSER_VERSION = "5"
"""Raised with every change of what a parsed document says, so that stored ones can be told to be older."""


def parse(
    source: SourceText, *, name: str, url: str | None = None, sample: bool = False, forms: Sequence[Form] = FORMS
) -> Document:
    """The document of one report, ready to be stored: design of the collection `reports`."""
    raw = source.text
    folded = fold(raw)
    body = Span(*source.body)
    tables = with_certainty(read_tables(folded, forms, raw=raw), source.recognised, forms)
    indicators = with_certain_indicators(read_indicators(folded, forms), source.recognised)
    spans = _table_spans(tables, indicators)
    sections = sections_of(raw, folded, tables=spans, body=body, forms=forms)
    passages = passages_of(raw, folded, sections, tables=spans, body=body, forms=forms)
    identity = identity_of(
        raw,
        folded,
        furniture=source.furniture,
        name=name,
        url=url,
        sections=sections,
        edition=edition_followed(tables, forms, indicators=bool(indicators)),
        body=body,
    )
    mentions = mentions_of(
        raw,
        folded,
        passages=passages,
        sections=sections,
        documents=identity.cited_documents,
        year=identity.year,
    )
    document: Document = {
        **_identity(identity, tables, indicators, forms),
        "source": to_document(_source(source, name, url or source.furniture.get("url"), sample=sample)),
        "rawText": raw,
        "sections": to_document(sections),
        "passages": to_document(passages),
        "statistics": to_document(statistics_of(raw, folded, passages=passages, sections=sections)),
        "mentions": to_document(mentions),
        "events": to_document(events_of(raw, folded, passages=passages, mentions=mentions)),
        **_tables(tables, indicators, forms),
        "revision": 1,
        "supersedes": None,
    }
    return {"_id": report_id(document), **assessed(document, forms)}


def _identity(
    identity: Identity, tables: Sequence[FormRead], indicators: IndicatorTable | None, forms: Sequence[Form]
) -> Document:
    edition = edition_followed(tables, forms, indicators=bool(indicators), kind=identity.kind)
    expected = prescribed(identity.year, forms) if edition != NONE else None
    return {"template": edition, "templateExpected": expected, **to_document(identity)}


def _source(source: SourceText, name: str, url: str | None, *, sample: bool) -> SourceInfo:
    return SourceInfo(
        name=name,
        url=url,
        media_type=source.media_type,
        sha256=source.sha256,
        bytes=source.bytes,
        encoding=source.encoding,
        parser_version=PARSER_VERSION,
        warnings=source.warnings,
        sample=sample,
        ocr=bool(source.recognised),
        record=source.record,
    )


def _table_spans(tables: Sequence[FormRead], indicators: IndicatorTable | None) -> list[TableSpan]:
    spans = [table.span for table in tables] + ([indicators.span] if indicators else [])
    return sorted(spans, key=lambda span: span.start)


def _tables(tables: Sequence[FormRead], indicators: IndicatorTable | None, forms: Sequence[Form]) -> Document:
    """The forms as nested figures, and the cells with their evidence; a form not found is null."""
    cells: dict[str, CellValue] = {cell.path: cell for table in tables for cell in table.cells}
    values: Document = {form.id: None for form in forms}
    for table in tables:
        values[table.form] = {}
    for path, cell in cells.items():
        put(values, path, to_document(cell.value))
    if indicators:
        put(values, f"{indicators.span.form}.{INDICATORS}", to_document(indicators.indicators))
    return {
        **values,
        "tables": [
            {"form": table.form, "edition": table.edition, "layout": table.layout, **to_document(table.span)}
            for table in tables
        ],
        "cells": to_document(tuple(cells.values())),
    }
