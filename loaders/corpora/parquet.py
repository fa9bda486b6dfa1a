"""Parquet: one row a document, read some rows at a time by pyarrow, which is imported only when it is needed."""

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from loaders.corpora.columns import Columns
from loaders.corpora.model import Found
from loaders.document import RecordPlace
from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.sources.model import Record
from loaders.file_formats.sources.refusals import LARGEST_FILE, refusal, too_large

_ROWS = 16  # held at once
_BUFFER = 1024 * 1024


def records(path: Path, columns: Columns, _passed_over: Counter[str]) -> Iterator[Found]:
    """The record of every row; rows that cannot be read are one fault for each group of them."""
    arrow, parquet = _pyarrow()
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            table = parquet.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
            names = [name for name in columns.names if name in table.schema_arrow.names]
        except (arrow.ArrowException, OSError) as fault:
            raise _damaged(fault) from None
        if columns.text not in names and columns.html not in names:
            raise columns.without(table.schema_arrow.names)
        rows = table.metadata.num_rows
        for number, row in _rows(arrow, table, names):
            yield _found(RecordPlace(number), row, columns, size * number // rows)


def _rows(arrow: Any, table: Any, names: list[str]) -> Iterator[tuple[int, dict[str, Any] | SourceError]]:
    """The number and the values of each row, one group of rows after the other."""
    before = 0
    for group in range(table.num_row_groups):
        number = before
        before += table.metadata.row_group(group).num_rows
        try:
            for batch in table.iter_batches(_ROWS, [group], columns=names, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
        except (arrow.ArrowException, OSError, ValueError) as fault:
            yield number + 1, _damaged(fault, f"this row and {before - number - 1:,} more cannot be read")


def _found(place: RecordPlace, row: dict[str, Any] | SourceError, columns: Columns, behind: int) -> Found:
    called = f"row {place.number:,}"
    try:
        if isinstance(row, SourceError):
            raise row
        data, ending = columns.content(row)
        if len(data) > LARGEST_FILE:
            raise too_large(len(data))
    except SourceError as fault:
        return Found(Record(place, fault=fault), called, behind)
    return Found(Record(place, data, ending), called, behind, columns.origin(row))


def _damaged(fault: Exception, what: str = "expected a Parquet file, but it cannot be read") -> SourceError:
    reason = " ".join(str(fault).split())[:200]
    return refusal("", ErrorCode.DAMAGED_FILE, f"{what} ({reason})", "download the file again")


def _pyarrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise SourceError(code=ErrorCode.NO_PARQUET) from None
