"""JSON Lines, plain or packed: one object a line."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from loaders.corpora.columns import Columns
from loaders.corpora.model import Found
from loaders.corpora.packed import TornError, unpacked
from loaders.document import RecordPlace
from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.sources.model import Record
from loaders.file_formats.sources.refusals import LARGEST_FILE, MEGABYTE, refusal, too_large

_MARK = b"\xef\xbb\xbf"
_ENOUGH = 100  # lines without a page at the start: the file holds something else
_LONGEST_SKIPPED = 1024 * MEGABYTE  # of one line: beyond that nothing but harm is to be expected


def records(path: Path, columns: Columns, _passed_over: Counter[str]) -> Iterator[Found]:
    """The record of every line that is not blank; of a file that only looks like one of records, one fault."""
    bad: list[Found] | None = []  # as long as there are no others
    with path.open("rb") as file:
        for found in _records(file, columns):
            if bad is not None and _is_bad(found):
                bad.append(found)
                if len(bad) == _ENOUGH:
                    raise _all_bad(bad[0])
                continue
            yield from bad or ()
            bad = None
            yield found
    yield from bad or ()


def _records(file: BinaryIO, columns: Columns) -> Iterator[Found]:
    for number, (offset, line) in enumerate(_lines(unpacked(file)), 1):
        if isinstance(line, SourceError) or line.strip():
            yield _found(RecordPlace(number, offset), line, columns, file.tell())


def _is_bad(found: Found) -> bool:
    return found.record.fault is not None and found.record.fault.fault is ErrorCode.BAD_RECORD


def _all_bad(first: Found) -> SourceError:
    said = first.record.fault.message if first.record.fault else ""
    hint = first.record.fault.hint if first.record.fault else ""
    return refusal("", ErrorCode.BAD_RECORD, f"{said}; the first {_ENOUGH} lines are all of this kind", hint)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | SourceError]]:
    """Where each line begins, and the line; a last one that is torn, and one that is too long, is a fault."""
    offset = 0
    try:
        while line := stream.readline(LARGEST_FILE + 1):
            length = len(line)
            if length > LARGEST_FILE:
                length += _skipped(stream)
                yield offset, too_large(length)
            else:
                yield offset, line.removeprefix(_MARK) if offset == 0 else line
            offset += length
    except TornError as torn:
        hint = "download the file again; the lines before this one are loaded"
        yield offset, refusal("", ErrorCode.DAMAGED_FILE, f"the file {torn}", hint)


def _skipped(stream: BinaryIO) -> int:
    """How many bytes of the line were still to come."""
    length = 0
    while not (part := stream.readline(MEGABYTE)).endswith(b"\n") and part:
        length += len(part)
        if length > _LONGEST_SKIPPED:
            message = f"a line goes on after {length // MEGABYTE:,} MB"
            raise refusal("", ErrorCode.FILE_TOO_LARGE, message, "expected one JSON object a line")
    return length + len(part)


def _found(place: RecordPlace, line: bytes | SourceError, columns: Columns, behind: int) -> Found:
    called = f"line {place.number:,}"
    try:
        values = _object(line)
        data, ending = columns.content(values)
    except SourceError as fault:
        return Found(Record(place, fault=fault), called, behind)
    return Found(Record(place, data, ending), called, behind, columns.origin(values))


def _object(line: bytes | SourceError) -> dict[str, Any]:
    if isinstance(line, SourceError):
        raise line
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError as fault:
        message = f"expected one JSON object in UTF-8, but the line is no JSON ({fault.msg})"
        raise refusal("", ErrorCode.BAD_RECORD, message) from None
    if not isinstance(values, dict):
        message = f"expected one JSON object, but the line holds {type(values).__name__}"
        raise refusal("", ErrorCode.BAD_RECORD, message)
    return values
