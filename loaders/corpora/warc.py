"""WARC, plain or packed: every page that was answered with status 200, its content as a browser would have it.

A record that is damaged or cut is one fault, and reading goes on where the next one begins. warcio reads the heads and
undoes chunks; unpacking is done here, where a file that is torn is told and nothing can swell.
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from warcio.recordloader import ArcWarcRecordLoader

from loaders.corpora.columns import Columns
from loaders.corpora.model import Found
from loaders.corpora.packed import TornError, Unpacked, is_packed
from loaders.corpora.web_records import no_page, page_of
from loaders.document import RecordPlace
from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.sources.model import Record
from loaders.file_formats.sources.refusals import MEGABYTE, refusal
from loaders.file_formats.sources.sidecars import origin_of

_LONGEST_HEAD = MEGABYTE
_LONGEST_SKIPPED = 1024 * MEGABYTE  # of one record: beyond that the next is looked for in the packed bytes
_START = re.compile(rb"\x1f\x8b\x08|(?<=\n)WARC/[01]\.")
_OVERLAP = 16
_BETWEEN = (b"\r", b"\n")
logging.getLogger("warcio").setLevel(logging.CRITICAL)  # what is wrong with a record is told here


def records(path: Path, _columns: Columns, passed_over: Counter[str]) -> Iterator[Found]:
    """The pages of a file."""
    with path.open("rb") as file:
        yield from pages(file, passed_over)


def pages(file: BinaryIO, passed_over: Counter[str], *, member: str = "") -> Iterator[Found]:
    """The pages of a file that can be sought in; records that are none are counted."""
    return iter(_Walk(file, passed_over, member))


class _Walk:
    """From one record of a file to the next, over those that are torn."""

    def __init__(self, file: BinaryIO, passed_over: Counter[str], member: str) -> None:
        self._file = file
        self._passed_over = passed_over
        self._member = member
        self._loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
        self._place = RecordPlace(0, 0)

    def __iter__(self) -> Iterator[Found]:
        start: int | None = 0
        while start is not None:
            self._at(start)
            self._file.seek(start)
            try:
                start = yield from self._stretch(start)
            except TornError as fault:
                yield self._found(Record(self._place, fault=_torn(fault)))
                start = _next_start(self._file, (self._place.offset or 0) + 1)

    def _stretch(self, start: int) -> Generator[Found, None, int | None]:
        """The pages of a packed member, or of a plain file to its end; says where the next member begins."""
        member = Unpacked(self._file, one_member=True) if is_packed(self._file) else None
        stream: Any = io.BufferedReader(member) if member else self._file
        number = self._place.number
        while _skips_to_record(stream):
            self._place = RecordPlace(number, start if member else self._file.tell())
            found = self._step(stream)
            number += 1
            if found:
                yield found
        self._place = RecordPlace(number - 1)
        end = member.end if member else None
        return end if end is not None and _goes_on(self._file, end) else None

    def _at(self, start: int) -> None:
        self._place = RecordPlace(self._place.number + 1, start)

    def _step(self, stream: Any) -> Found | None:
        """The next record where it is a page; raises where it is torn."""
        record = self._head(stream)
        if record.length is None:
            raise TornError("does not say how long it is")
        page = self._page(record)
        _pass(record.raw_stream)
        if stream.peek(1)[:1] not in (b"", *_BETWEEN):
            raise TornError("is not as long as it says")
        return self._found(page, record.rec_headers.get_header("WARC-Target-URI")) if page else None

    def _head(self, stream: Any) -> Any:
        try:
            return self._loader.parse_record_stream(_Heads(stream), known_format="warc")
        except (TornError, OSError, MemoryError):
            raise
        except Exception as fault:  # warcio raises whatever comes of a head that is cut
            raise TornError("does not begin as a WARC record does") from fault

    def _page(self, record: Any) -> Record | None:
        if reason := no_page(record):
            self._passed_over[reason] += 1
            return None
        try:
            return page_of(record, self._place)
        except SourceError as fault:
            return Record(self._place, fault=fault)

    def _found(self, record: Record, url: str | None = None) -> Found:
        called = f"record {record.place.number:,} at byte {record.place.offset:,}"
        return Found(record, called, self._file.tell(), origin_of({"url": url}), self._member)


class _Heads:
    """A stream as warcio reads heads from it; heads without end are refused."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._left = _LONGEST_HEAD

    def read(self, length: int) -> bytes:
        """So many bytes, or fewer."""
        data: bytes = self._stream.read(length)
        return data

    def tell(self) -> int:
        """Asked for where a record does not say how long it is; of no use."""
        return 0

    def readline(self, length: int = _LONGEST_HEAD) -> bytes:
        """A line of a head."""
        line: bytes = self._stream.readline(min(length, self._left))
        self._left -= len(line)
        if self._left <= 0:
            raise TornError(f"has a head of more than {_LONGEST_HEAD // MEGABYTE} MB")
        return line


def _skips_to_record(stream: Any) -> bool:
    """Whether there is another record, once the blank lines before it are read."""
    while (following := stream.peek(1)[:1]) in _BETWEEN:
        stream.read(1)
    return bool(following)


def _pass(stream: Any) -> None:
    """Read what is left of a record."""
    passed = 0
    while part := stream.read(MEGABYTE):
        passed += len(part)
        if passed > _LONGEST_SKIPPED:
            raise TornError(f"goes on after {passed // MEGABYTE:,} MB")
    if stream.limit:
        raise TornError(f"ends {stream.limit:,} bytes too early")


def _goes_on(file: BinaryIO, place: int) -> bool:
    file.seek(place)
    return bool(file.read(1))


def _next_start(file: BinaryIO, place: int) -> int | None:
    """Where the next record begins, None where there is none."""
    while True:
        file.seek(place)
        block = file.read(MEGABYTE)
        for match in _START.finditer(block):
            if _begins(file, place + match.start()):
                return place + match.start()
        if len(block) <= _OVERLAP:
            return None
        place += len(block) - _OVERLAP


def _begins(file: BinaryIO, place: int) -> bool:
    file.seek(place)
    try:
        stream = io.BufferedReader(Unpacked(file, one_member=True), 64) if is_packed(file) else file
        return stream.read(5) == b"WARC/"
    except TornError:
        return False


def _torn(fault: TornError) -> SourceError:
    hint = "download the file again; the records that are whole are loaded"
    return refusal("", ErrorCode.DAMAGED_FILE, f"the record {fault}", hint)
