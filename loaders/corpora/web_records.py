"""One record of a WARC: whether it is a page that can be read, and its content with chunks and packing undone."""

import io
import re
import zlib
from typing import Any
from urllib.parse import urlsplit

import zstandard
from warcio.bufferedreaders import ChunkedDataReader

from loaders.document import RecordPlace
from loaders.faults import ErrorCode
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources.model import Record
from loaders.file_formats.sources.refusals import LARGEST_FILE, refusal, too_large

_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-word": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/wps-office.docx": ".docx",
    "application/wps-office.doc": ".wps",
    "application/kswps": ".wps",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/ofd": ".ofd",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "multipart/related": ".mht",
    "message/rfc822": ".mht",
}
"""The suffix that a file of each media type has; what it is indeed, its bytes decide."""

_ANYTHING = frozenset(
    {"application/octet-stream", "binary/octet-stream", "application/download", "application/x-download",
     "application/force-download", "application/x-msdownload", "application/save"}
)  # fmt: skip
_FAMILIES = ("image", "video", "audio", "font")
_NAMED = re.compile(r"filename\*?=[^;]*?(\.\w{2,8})[\"'\s]*(?:;|$)", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_OK = "200"


def no_page(record: Any) -> str:
    """Why a record is passed over; nothing where it is a page, or may be one."""
    kind = str(record.rec_type)[:40]
    if kind not in ("response", "resource", "conversion"):
        return f"{kind} record"
    if kind == "response":
        if record.http_headers is None:
            return "response without HTTP"
        status = record.http_headers.get_statuscode()
        if status != _OK:
            return f"HTTP status {status[:3]}"
    return "" if _ending(record) is not None else f"content type {_shown_type(_media_type(record))}"


def page_of(record: Any, place: RecordPlace) -> Record:
    """The page that a record holds; raises SourceError where it is too large or does not unpack."""
    data = _all_of(record.raw_stream)
    headers = record.http_headers
    if headers is not None:
        if "chunked" in (headers.get_header("Transfer-Encoding") or "").lower():
            data = _all_of(ChunkedDataReader(io.BytesIO(data)))
        for coding in reversed((headers.get_header("Content-Encoding") or "").lower().split(",")):
            data = _decoded(data, coding.strip())
    charset = _CHARSET.search(_content_type(record))
    return Record(place, data, _ending(record) or "", charset[1] if charset else None)


def _content_type(record: Any) -> str:
    headers = record.http_headers
    return str((headers.get_header("Content-Type") if headers is not None else record.content_type) or "")


def _media_type(record: Any) -> str:
    return _content_type(record).partition(";")[0].strip().lower()


def _ending(record: Any) -> str | None:
    """The suffix of what a record holds, empty where nothing tells it, None where it is nothing that is read."""
    media_type = _media_type(record)
    if media_type in _ENDINGS:
        return _ENDINGS[media_type]
    if media_type and media_type not in _ANYTHING:
        return None
    named = _named_suffix(record)
    return named if named in SUFFIXES else None if media_type else ""


def _named_suffix(record: Any) -> str:
    headers = record.http_headers
    match = _NAMED.search((headers.get_header("Content-Disposition") if headers is not None else None) or "")
    if match:
        return match[1].lower()
    try:
        path = urlsplit(record.rec_headers.get_header("WARC-Target-URI") or "").path
    except ValueError:
        return ""
    return "." + path.rpartition(".")[2].lower()


def _shown_type(media_type: str) -> str:
    family = media_type.partition("/")[0]
    return f"{family}/*" if family in _FAMILIES else media_type[:60]


def _all_of(stream: Any) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size <= LARGEST_FILE and (part := stream.read(LARGEST_FILE + 1 - size)):
        parts.append(part)
        size += len(part)
    return _bounded(b"".join(parts))


def _bounded(data: bytes) -> bytes:
    if len(data) > LARGEST_FILE:
        raise too_large(len(data))
    return data


def _decoded(data: bytes, coding: str) -> bytes:
    """The content with one coding undone; crawlers that store it plain often leave the header as it was."""
    try:
        if coding in ("gzip", "x-gzip"):
            return _inflated(data, 16 + zlib.MAX_WBITS) if data.startswith(b"\x1f\x8b") else data
        if coding == "deflate":
            return _deflated(data)
        if coding == "zstd" and data.startswith(b"\x28\xb5\x2f\xfd"):
            return _bounded(zstandard.ZstdDecompressor().stream_reader(data).read(LARGEST_FILE + 1))
    except (zlib.error, zstandard.ZstdError) as fault:
        message = f"its {coding} content does not unpack ({fault})"
        raise refusal("", ErrorCode.BAD_RECORD, message) from None
    if coding == "br" and data.lstrip()[:1] != b"<":
        message = "its content is packed with Brotli, which is not read"
        raise refusal("", ErrorCode.BAD_RECORD, message, "fetch the page again without Accept-Encoding: br")
    return data


def _inflated(data: bytes, window: int) -> bytes:
    return _bounded(zlib.decompressobj(window).decompress(data, LARGEST_FILE + 1))


def _deflated(data: bytes) -> bytes:
    """Servers send either of two things under this name, or neither."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return _inflated(data, window)
        except zlib.error:
            continue
    return data
