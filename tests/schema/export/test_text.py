"""Rows as text: what Python's own readers read back is what was written."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.export.columns import Column, ColumnKind
from schema.export.text import FORMULA_STARTS, TEXT_FORMATS

COLUMNS = (
    Column("agency.name", "agency.name"),
    Column("year", "year", ColumnKind.WHOLE),
    Column("value", "value", ColumnKind.NUMBER),
    Column("implied", "implied", ColumnKind.TRUTH),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
ROWS = st.lists(
    st.tuples(
        st.none() | TEXTS,
        st.none() | st.integers(-(10**9), 10**9),
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.none() | st.booleans(),
    ).map(list)
)


def csv_of(rows: list[list[Any]], *, mark: bool = True) -> bytes:
    return TEXT_FORMATS["csv"].head(COLUMNS, mark) + TEXT_FORMATS["csv"].body(COLUMNS, rows)


def read(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))


@given(ROWS)
def test_csv_is_read_back_as_it_was_written(rows: list[list[Any]]) -> None:
    head, *found = read(csv_of(rows))

    assert head == [column.name for column in COLUMNS]
    assert len(found) == len(rows)
    for (name, year, value, implied), row in zip(found, rows, strict=True):
        written = row[0] or ""
        assert name == ("'" + written if written.startswith(FORMULA_STARTS) else written)
        assert (int(year) if year else None) == row[1]
        assert (float(value) if value else None) == row[2]
        assert implied == {None: "", True: "true", False: "false"}[row[3]]


@given(ROWS)
def test_ndjson_is_one_object_a_line_with_every_value_as_it_is(rows: list[list[Any]]) -> None:
    lines = TEXT_FORMATS["ndjson"].body(COLUMNS, rows).split(b"\n")

    assert lines.pop() == b""
    assert [list(json.loads(line).values()) for line in lines] == rows


@pytest.mark.parametrize("start", FORMULA_STARTS, ids=ascii)
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(start: str) -> None:
    _, row = read(csv_of([[f"{start}HYPERLINK(1)", -5, -0.5, None]]))

    assert row == [f"'{start}HYPERLINK(1)", "-5", "-0.5", ""]


def test_a_formula_is_left_as_it_is_where_no_spreadsheet_reads() -> None:
    assert b'"=1+1"' in TEXT_FORMATS["ndjson"].body(COLUMNS, [["=1+1", 1, 1, True]])


def test_csv_begins_with_a_byte_order_mark_unless_told_otherwise() -> None:
    assert csv_of([]).startswith(b"\xef\xbb\xbfagency.name,")
    assert csv_of([], mark=False).startswith(b"agency.name,")


def test_chinese_commas_quotes_and_line_ends_come_through() -> None:
    text = '厦门市，"海沧"区,\r\n人民政府\n'

    assert read(csv_of([[text, 2021, None, None]]))[1][0] == text
    assert "厦门市".encode() in TEXT_FORMATS["ndjson"].body(COLUMNS, [[text, 2021, None, None]])
