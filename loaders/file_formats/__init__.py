"""Source formats: one file of whatever kind to one text, to which all offsets of the project refer.

Plain text and Markdown are taken as they are; all other kinds are rendered to the canonical text of
`loaders.file_formats.canonical`. What a file is, its bytes say; its name decides only between kinds of text. What holds
no readable text is refused with a code, what was expected and what to do.

A format is one entry in FORMATS; readers are imported when the first file of their kind is met.
"""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from loaders.errors import SourceError
from loaders.file_formats import recognition
from loaders.file_formats.model import Draft, Format, SourceText, damaged, source_text
from loaders.file_formats.sources import SourceFile
from loaders.file_formats.unpacking import gunzipped

__all__ = ["FORMATS", "SUFFIXES", "Draft", "Format", "SourceText", "format_of", "read"]


def _later(module: str) -> Callable[[SourceFile], Draft]:
    """The reader of a module; python-docx costs a quarter of a second that a batch of texts need not pay."""

    def read_with_module(source: SourceFile) -> Draft:
        draft: Draft = import_module(f"{__name__}.{module}").read(source)
        return draft

    return read_with_module


def _unpacked(source: SourceFile) -> Draft:
    """A page as a crawler kept it: with the compression that the server sent it in."""
    try:
        return _draft(gunzipped(source))
    except SourceError as fault:
        raise SourceError(fault.message, where=source.name, code=fault.fault, hint=fault.hint) from fault


FORMATS: tuple[Format, ...] = (
    Format("gzip", (".gz",), recognition.is_gzip, _unpacked),
    Format("pdf", (".pdf",), recognition.is_pdf, _later("pdf")),
    Format("docx", (".docx", ".docm"), recognition.is_docx, _later("docx")),
    Format("xlsx", (".xlsx", ".xlsm"), recognition.is_xlsx, _later("xlsx")),
    Format("ofd", (".ofd",), recognition.is_ofd, _later("ofd")),
    Format("xls", (".xls", ".et"), recognition.is_xls, _later("xls")),
    Format("doc", (".doc", ".wps", ".dot", ".wpt"), recognition.is_doc, _later("doc")),
    Format("rtf", (".rtf",), recognition.is_rtf, _later("rtf")),
    Format("mhtml", (".mht", ".mhtml"), recognition.is_mhtml, _later("mhtml")),
    Format("html", (".html", ".htm", ".shtml", ".xhtml", ".jhtml"), recognition.is_html, _later("html")),
    Format("markdown", (".md", ".markdown"), recognition.never, _later("markdown")),
    Format("plain", (".txt", ".text"), recognition.never, _later("plain")),
)

SUFFIXES: frozenset[str] = frozenset(suffix for known in FORMATS for suffix in known.suffixes)

_NAMED_TEXT = frozenset({"html", "markdown"})
"""Kinds of text that are told by their name, where their bytes say no more than that they are text."""


def format_of(source: SourceFile, formats: tuple[Format, ...] = FORMATS) -> Format:
    """The format of a file: what its bytes say; of text, what its name says, else a web page or plain text."""
    for known in formats:
        if known.magic(source.data):
            return known
    named = next((known for known in formats if source.suffix in known.suffixes), formats[-1])
    if named.id in _NAMED_TEXT or not recognition.is_text(source.data):
        return named
    page = recognition.is_html_fragment(source.data)
    return next((known for known in formats if page and known.id == "html"), formats[-1])


def read(source: SourceFile, formats: tuple[Format, ...] = FORMATS) -> SourceText:
    """The text of a file of any known format; raises SourceError, never an error of a library."""
    return source_text(source, _draft(source, formats))


def _draft(source: SourceFile, formats: tuple[Format, ...] = FORMATS) -> Draft:
    known = format_of(source, formats)
    try:
        draft = known.read(source)
    except (SourceError, MemoryError):
        raise
    except Exception as fault:  # the last wall: whatever a parser raises on a hostile file
        found = f"reading it fails ({type(fault).__name__}: {fault})"
        hint = "save or download the file again; if it opens elsewhere, report this file"
        raise damaged(source.name, expected=f"a {known.id} file", found=found, hint=hint) from fault
    return replace(draft, warnings=_misnamed(source, known, formats) + draft.warnings)


def _misnamed(source: SourceFile, known: Format, formats: tuple[Format, ...]) -> tuple[str, ...]:
    """What is said where name and content disagree; a crawler that keeps compressed pages misnames nothing."""
    if known.id == "gzip" or source.suffix in known.suffixes:
        return ()
    if not any(source.suffix in other.suffixes for other in formats):
        return ()
    said = "it came as" if source.ending else "the name ends in"
    return (f"{said} {source.suffix}, but the content is {known.id}",)
