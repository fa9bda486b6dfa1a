"""A manifest: a list of files with the address, the title and the day of each, as CSV with a header or as JSON Lines.

Files are named as they lie from the manifest's own folder, members of an archive as in `all.zip/2020/a.txt`. Refused is
a manifest that cannot be read or lacks its columns; a line that says nothing usable is a fault of its own.
"""

import csv
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from typing import Any

import orjson

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.sources.model import Entry, Inventory, Origin
from loaders.file_formats.sources.refusals import MEGABYTE, refusal, unreadable
from loaders.file_formats.sources.sidecars import origin_of

_LARGEST = 512 * MEGABYTE
_FILE = "file"
_HINT = "give a .csv with the columns file,url[,title,date], or a .jsonl of objects with these fields"


@dataclass(slots=True)
class Manifest:
    """What is known of files, by their whole paths; `faults` are the lines that say nothing usable."""

    path: Path
    origins: dict[str, Origin] = field(default_factory=dict)
    faults: list[SourceError] = field(default_factory=list)

    @classmethod
    def of(cls, path: Path) -> "Manifest":
        """The manifest in a file."""
        manifest = cls(path)
        for number, line in _lines(path, _text(path)):
            try:
                manifest.take(line)
            except SourceError as fault:
                where = f"{path}, line {number:,}"
                manifest.faults.append(refusal(where, fault.fault, fault.message, fault.hint))
        return manifest

    def take(self, line: Mapping[str, Any] | SourceError) -> None:
        """Note what a line says; raises SourceError where it says nothing usable."""
        if isinstance(line, SourceError):
            raise line
        name, origin = line.get(_FILE), origin_of(line)
        if not isinstance(name, str) or not name.strip() or origin == Origin():
            raise refusal("", ErrorCode.BAD_MANIFEST, "expected the name of a file and its address", _HINT)
        self.origins[self._place(name.strip().replace("\\", "/"))] = origin

    def _place(self, name: str) -> str:
        return os.path.normpath(os.path.abspath(self.path.parent / name))  # noqa: PTH100 - links are left as they are

    def told(self, found: Inventory) -> tuple[Inventory, int]:
        """The inventory with what is known of each file, without the manifest itself; how many it names in vain."""
        own = os.path.realpath(self.path)
        kept = [entry for entry in found.entries if os.path.realpath(entry.path) != own or entry.member is not None]
        places = [os.path.abspath(entry.name) for entry in kept]  # noqa: PTH100 - a member's name is no path
        entries = tuple(map(self._told, kept, places))
        return replace(found, entries=entries), len(self.origins.keys() - set(places))

    def _told(self, entry: Entry, place: str) -> Entry:
        return replace(entry, origin=self.origins.get(place))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as fault:
        raise unreadable(str(path), fault) from fault
    if len(data) > _LARGEST:
        raise _unfit(path, f"it has more than {_LARGEST // MEGABYTE} MB")
    for encoding in ("utf-8-sig", "gb18030"):  # spreadsheets in China write GBK
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unfit(path, "it is neither UTF-8 nor GBK")


def _lines(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any] | SourceError]]:
    if path.suffix.lower() == ".jsonl":
        yield from ((number, _object(line)) for number, line in enumerate(text.splitlines(), 1) if line.strip())
        return
    head = text.partition("\n")[0]
    rows = csv.DictReader(StringIO(text, newline=""), delimiter="\t" if "\t" in head else ",")
    try:
        names = [name.strip().lower() for name in rows.fieldnames or ()]
        if not {_FILE, "url"} <= set(names):
            raise _unfit(path, f"its columns are {', '.join(names)[:200] or 'none'}")
        rows.fieldnames = names
        yield from ((rows.line_num, row) for row in rows)
    except csv.Error as fault:
        raise _unfit(path, f"line {rows.line_num:,} is no CSV ({fault})") from None


def _object(line: str) -> Mapping[str, Any] | SourceError:
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError:
        values = None
    return values if isinstance(values, dict) else refusal("", ErrorCode.BAD_MANIFEST, "the line is no JSON object")


def _unfit(path: Path, found: str) -> SourceError:
    return refusal(str(path), ErrorCode.BAD_MANIFEST, f"expected a manifest, but {found}", _HINT)
