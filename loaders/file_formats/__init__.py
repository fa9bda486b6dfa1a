"""Source formats: one file of whatever kind to one text, to which all offsets of the project refer.

Plain text and Markdown are taken as they are; web pages, Word and PDF files are rendered to the canonical text of
`loaders.file_formats.canonical`. What holds no readable text is refused with a code, what was expected and what to do.

A format is one entry in FORMATS; readers are imported when the first file of their kind is met.
"""

import re
from collections.abc import Callable
from importlib import import_module

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats import ocr
from loaders.file_formats.model import Draft, Format, SourceText, damaged, source_text
from loaders.file_formats.sources import SourceFile

__all__ = ["FORMATS", "SUFFIXES", "Draft", "Format", "SourceText", "format_of", "read"]

_HEAD = 2048
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_PAGE = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def _later(module: str) -> Callable[[SourceFile], Draft]:
    """The reader of a module; python-docx costs a quarter of a second that a batch of texts need not pay."""

    def read_with_module(source: SourceFile) -> Draft:
        draft: Draft = import_module(module).read(source)
        return draft

    return read_with_module


def _refuse(what: str, hint: str) -> Callable[[SourceFile], Draft]:
    def refuse(source: SourceFile) -> Draft:
        raise SourceError(f"{what} is not read", where=source.name, code=ErrorCode.UNSUPPORTED_FORMAT, hint=hint)

    return refuse


def _never(_head: bytes) -> bool:
    return False


FORMATS: tuple[Format, ...] = (
    Format("pdf", (".pdf",), lambda data: b"%PDF-" in data[:1024], _later("loaders.file_formats.pdf")),
    Format(
        "docx",
        (".docx", ".docm"),
        lambda data: data.startswith(_ZIP) and b"word/document.xml" in data,
        _later("loaders.file_formats.docx"),
    ),
    Format(
        "doc",
        (".doc", ".wps", ".rtf", ".dot"),
        lambda data: data.startswith((_OLE, rb"{\rtf")),
        _refuse("an old Word file (.doc, .rtf) or a Word file with a password", "save it as .docx without a password"),
    ),
    Format(
        "ofd",
        (".ofd",),
        lambda data: data.startswith(_ZIP) and b"OFD.xml" in data,
        _later("loaders.file_formats.ofd"),
    ),
    Format(
        "picture",
        (".png", ".jpg", ".jpeg", ".tif", ".tiff"),
        lambda data: data.startswith(_PICTURES),
        _later("loaders.file_formats.picture"),
    ),
    Format(
        "html",
        (".html", ".htm", ".shtml", ".xhtml", ".jhtml"),
        lambda data: _PAGE.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")) is not None,
        _later("loaders.file_formats.html"),
    ),
    Format("markdown", (".md", ".markdown"), _never, _later("loaders.file_formats.markdown")),
    Format("plain", (".txt", ".text"), _never, _later("loaders.file_formats.plain")),
)

SUFFIXES: frozenset[str] = frozenset(
    suffix for known in FORMATS for suffix in known.suffixes if known.id != "picture" or ocr.is_installed()
)
"""Endings of the files that are taken out of folders; of pictures only where they can be read: most are logos."""


def format_of(source: SourceFile, formats: tuple[Format, ...] = FORMATS) -> Format:
    """The format of a file: what its bytes say, else its suffix, else plain text."""
    for known in formats:
        if known.magic(source.data):
            return known
    return next((known for known in formats if source.suffix in known.suffixes), formats[-1])


def read(source: SourceFile, formats: tuple[Format, ...] = FORMATS) -> SourceText:
    """The text of a file of any known format; raises SourceError, never an error of a library."""
    known = format_of(source, formats)
    try:
        return source_text(source, known.read(source))
    except (SourceError, MemoryError):
        raise
    except Exception as fault:  # the last wall: whatever a parser raises on a hostile file
        found = f"reading it fails ({type(fault).__name__}: {fault})"
        hint = "save or download the file again; if it opens elsewhere, report this file"
        raise damaged(source.name, expected=f"a {known.id} file", found=found, hint=hint) from fault
