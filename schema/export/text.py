"""Rows as text: NDJSON and CSV. Columns and rows enter, UTF-8 leaves; nothing is refused.

NDJSON is one JSON object a line, its keys the names of the columns. CSV follows RFC 4180 and begins with a byte order
mark unless told otherwise, since spreadsheets read Chinese wrongly without it. A text that a spreadsheet would take
for a formula gets an apostrophe before it; numbers never do. A missing value is null, and an empty field.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from schema.export.columns import Column, ColumnKind
from schema.export.plan import Row

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # full width starts one in Chinese locales


@dataclass(frozen=True, slots=True)
class TextFormat:
    """One format: its media type, what stands before the rows, and the rows themselves."""

    media_type: str
    head: Callable[[Sequence[Column], bool], bytes]
    body: Callable[[Sequence[Column], Iterable[Row]], bytes]


def _no_head(_columns: Sequence[Column], _mark: bool) -> bytes:  # noqa: FBT001 - the shape of every head
    return b""


def _ndjson(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    names = [column.name for column in columns]
    return b"".join(orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def _csv_head(columns: Sequence[Column], mark: bool) -> bytes:  # noqa: FBT001 - the shape of every head
    return ((BYTE_ORDER_MARK if mark else "") + _csv_lines([[column.name for column in columns]])).encode()


def _csv(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    writers = [_WRITTEN.get(column.kind, _plain) for column in columns]
    written = ([write(value) for write, value in zip(writers, row, strict=True)] for row in rows)
    return _csv_lines(written).encode()


def _csv_lines(rows: Iterable[Sequence[Any]]) -> str:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue()


def _plain(value: Any) -> Any:
    return value


def _harmless(text: str | None) -> str | None:
    return f"'{text}" if text and text.startswith(FORMULA_STARTS) else text


def _truth(value: bool | None) -> str | None:  # noqa: FBT001 - a value of a column
    return None if value is None else str(value).lower()


_WRITTEN: dict[ColumnKind, Callable[[Any], Any]] = {ColumnKind.TEXT: _harmless, ColumnKind.TRUTH: _truth}

TEXT_FORMATS = {
    "ndjson": TextFormat("application/x-ndjson; charset=utf-8", _no_head, _ndjson),
    "csv": TextFormat("text/csv; charset=utf-8", _csv_head, _csv),
}
"""The formats that are text, by their names, which are also their suffixes."""
