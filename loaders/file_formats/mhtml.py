"""Saved web pages (.mht, .mhtml) of browsers and of Word: the page among the parts is read as any other.

Refused: files whose parts hold no page.
"""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from email.policy import compat32

from loaders.file_formats import html, plain
from loaders.file_formats.model import Draft, damaged
from loaders.file_formats.sources import SourceFile

_READERS = {"text/html": html.read, "application/xhtml+xml": html.read, "text/plain": plain.read}
_ADDRESSES = ("Snapshot-Content-Location", "Content-Location", "Content-Base")
_CUT = "the end of the file is missing: the page may be cut"


def read(source: SourceFile) -> Draft:
    """The report on a saved web page."""
    message = message_from_bytes(source.data.lstrip(b"\xef\xbb\xbf\r\n"), policy=compat32)
    part = _page(message)
    if part is None:
        found = "none of its parts is a page"
        raise damaged(source.name, expected="a saved web page", found=found, hint="save the page again, as HTML")
    data = part.get_payload(decode=True)
    charset = part.get_content_charset() or source.charset
    page = replace(source, data=data if isinstance(data, bytes) else b"", charset=charset)
    draft = _READERS[part.get_content_type()](page)
    address = _address(message) or _address(part)
    furniture = {**draft.furniture, "url": address} if address else draft.furniture
    return replace(draft, furniture=furniture, warnings=draft.warnings + (_CUT,) * _is_cut(message))


def _page(message: Message) -> Message | None:
    """The part that is named as the first to show, else the first page, else the first text."""
    parts = list(_parts(message))
    start = _parameter(message, "start")
    for wanted in (lambda part: start and part.get("Content-ID") == start, _is_page, lambda _part: True):
        found = next((part for part in parts if wanted(part)), None)
        if found is not None:
            return found
    return None


def _parts(message: Message) -> Iterator[Message]:
    return (part for part in message.walk() if part.get_content_type() in _READERS)


def _is_page(part: Message) -> bool:
    return part.get_content_type() != "text/plain"


def _parameter(message: Message, name: str) -> str:
    value = message.get_param(name)
    return value if isinstance(value, str) else ""


def _address(part: Message) -> str:
    """The address that the page was saved from; files saved from a disk have none that others could open."""
    values = (str(part.get(name, "")).strip() for name in _ADDRESSES)
    return next((value for value in values if value.startswith(("http://", "https://"))), "")


def _is_cut(message: Message) -> bool:
    return any(isinstance(defect, CloseBoundaryNotFoundDefect) for part in message.walk() for defect in part.defects)
