"""The fields of a record that are read, by the names that they have in this corpus."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.sources.model import Origin
from loaders.file_formats.sources.refusals import refusal
from loaders.file_formats.sources.sidecars import origin_of

_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """What the fields are called that hold the content of a page, its address, its title and its day."""

    text: str = "text"
    html: str = "html"
    url: str = "url"
    title: str = "title"
    date: str = "date"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all that are read."""
        return astuple(self)

    def content(self, record: Mapping[str, Any]) -> tuple[bytes, str]:
        """The page as bytes, with the suffix of its kind: its HTML, which has the tables, else its text."""
        for name, ending in ((self.html, ".html"), (self.text, ".txt")):
            if data := _bytes(name, record.get(name)):
                return data, ending
        if self.html not in record and self.text not in record:
            raise self.without(record)
        raise refusal("", ErrorCode.EMPTY_FILE, "the record holds no text")

    def origin(self, record: Mapping[str, Any]) -> Origin:
        """What the record says of its page."""
        return origin_of(record, (self.url, self.title, self.date))

    def without(self, names: Iterable[str]) -> SourceError:
        """The refusal of what has neither of the fields that can hold a page."""
        held = sorted(map(str, names))
        there = ", ".join(name[:40] for name in held[:_MOST_NAMED]) + (", ..." if len(held) > _MOST_NAMED else "")
        message = f"expected a field {self.text} or {self.html}, but there is {there or 'none at all'}"
        hint = "name the field that holds the page with --text-field or --html-field"
        return refusal("", ErrorCode.BAD_RECORD, message, hint)


def _bytes(name: str, value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if value is None or isinstance(value, str):
        return value.encode("utf-8", "replace") if value and value.strip() else b""
    raise refusal("", ErrorCode.BAD_RECORD, f"expected text in the field {name}, but it holds {type(value).__name__}")
