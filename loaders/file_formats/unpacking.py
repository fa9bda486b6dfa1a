"""Compressed pages, as a crawler keeps them that leaves the compression of the server as it is.

Refused: what swells without end, or is cut.
"""

import zlib
from dataclasses import replace

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.model import damaged
from loaders.file_formats.sources import SourceFile
from loaders.file_formats.sources.refusals import LARGEST_FILE, MEGABYTE

_GZIP = 16 + zlib.MAX_WBITS


def gunzipped(source: SourceFile) -> SourceFile:
    """The file that a gzip file holds, under its name without the ending."""
    unpacking = zlib.decompressobj(_GZIP)
    try:
        data = unpacking.decompress(source.data, LARGEST_FILE + 1)
    except zlib.error as fault:
        raise _broken(source, f"it cannot be unpacked ({fault})") from fault
    if len(data) > LARGEST_FILE:
        raise SourceError(
            f"the file unpacks to more than {LARGEST_FILE // MEGABYTE} MB, as no report does",
            where=source.name,
            code=ErrorCode.FILE_TOO_LARGE,
            hint="leave it out",
        )
    if not unpacking.eof:
        raise _broken(source, "its end is missing")
    if data.startswith(b"\x1f\x8b"):
        raise _broken(source, "it holds yet another gzip file")
    return replace(source, name=source.name.removesuffix(".gz"), data=data)


def _broken(source: SourceFile, found: str) -> SourceError:
    return damaged(source.name, expected="a gzip file", found=found, hint="download the file again")
