"""Rows packed as MongoDB holds them, by whoever read the report: who stores it has only to pass them on.

A report's document enters, its derived rows leave as BSON, one after the other, for each collection.
"""

from collections.abc import Iterable

import bson
from bson.codec_options import CodecOptions
from bson.errors import InvalidDocument
from bson.raw_bson import RawBSONDocument

from loaders.document import Document
from loaders.store.derived_rows import Packed, own_rows

_AS_THEY_ARE = CodecOptions(document_class=RawBSONDocument)


def packed(document: Document) -> Packed | None:
    """The rows of a report; None where BSON cannot hold one, as is told when the report is stored."""
    try:
        return {collection: _joined(rows) for collection, rows in own_rows(document).items()}
    except (InvalidDocument, OverflowError, UnicodeEncodeError):
        return None


def unpacked(rows: bytes) -> list[RawBSONDocument]:
    """The rows one by one, each still as BSON."""
    return bson.decode_all(rows, _AS_THEY_ARE)


def _joined(rows: Iterable[Document]) -> bytes:
    return b"".join(map(bson.encode, rows))
