"""Parquet, by the writer of pyarrow, which is imported only here and only when it is asked for."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, BinaryIO

from loaders.errors import GongkaiError
from loaders.faults import ErrorCode
from schema.export.columns import Column, ColumnKind
from schema.export.plan import Row

ROWS_A_GROUP = 5_000


class ParquetFile:
    """A Parquet file that rows are written to; complete once it is closed."""

    def __init__(self, target: BinaryIO, columns: Sequence[Column]) -> None:
        self._arrow, writer = _pyarrow()
        types = {
            ColumnKind.TEXT: self._arrow.string(),
            ColumnKind.WHOLE: self._arrow.int64(),
            ColumnKind.NUMBER: self._arrow.float64(),
            ColumnKind.TRUTH: self._arrow.bool_(),
        }
        self._schema = self._arrow.schema([(column.name, types[column.kind]) for column in columns])
        self._file = writer.ParquetWriter(target, self._schema, compression="zstd")
        self._pending: list[Row] = []

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows; they reach the file a row group at a time."""
        self._pending += rows
        if len(self._pending) >= ROWS_A_GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is left, and what ends the file."""
        if self._pending:
            self._flush()
        self._file.close()

    def _flush(self) -> None:
        try:
            arrays = [
                self._arrow.array(values, type=kind)
                for values, kind in zip(zip(*self._pending, strict=True), self._schema.types, strict=True)
            ]
        except self._arrow.ArrowException as fault:
            raise GongkaiError(f"a column cannot hold a value: {fault}", code=ErrorCode.BAD_VALUE) from None
        self._file.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._pending = []


def _pyarrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise GongkaiError(code=ErrorCode.NO_PARQUET) from None
