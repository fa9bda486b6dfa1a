"""The nouns of an inventory: what is to be read, where it came from, and its bytes."""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from loaders.document import RecordPlace
from loaders.errors import SourceError


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a document besides its bytes: its address, its title, and the day it was published."""

    url: str | None = None
    title: str | None = None
    date: str | None = None

    def furniture(self) -> dict[str, str]:
        """The values as those that a web page has around its content; a day given counts less than any printed one."""
        values = {"title": self.title, "createdOn": self.date}
        return {key: value for key, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a corpus: where it stands, and its bytes or why they cannot be had.

    `ending` is the suffix that a file of its kind would have, `charset` the encoding that came with it.
    """

    place: RecordPlace
    data: bytes = b""
    ending: str = ""
    charset: str | None = None
    fault: SourceError | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that is to be read: a path on disk, and the member or the record where that path holds many.

    `name` is what messages call it, in full; `kept_name` is what is stored of that: nothing above the folder, or the
    file, that was asked for. `size` is how many bytes on disk it accounts for.
    """

    name: str
    path: Path
    kept_name: str
    member: int | None = None
    size: int = 0
    origin: Origin | None = None
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of one document under the name that messages and documents give it, and what came with them."""

    name: str
    data: bytes
    path: Path | None = None
    origin: Origin = Origin()
    record: RecordPlace | None = None
    ending: str = ""
    charset: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot; of a record, the one that its kind has."""
        return self.ending or os.path.splitext(self.name)[1].lower()  # noqa: PTH122  a member's name is no path


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the given paths hold: files to read, names passed over with the reason, and faults."""

    entries: tuple[Entry, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    failures: tuple[SourceError, ...] = ()

    def skipped_reasons(self) -> dict[str, int]:
        """How many files were passed over for each reason."""
        return dict(Counter(reason for _, reason in self.skipped))

    @property
    def size(self) -> int:
        """How many bytes on disk are to be read."""
        return sum(entry.size for entry in self.entries)

    @classmethod
    def of(cls, parts: Iterable["Inventory"]) -> "Inventory":
        """The parts in one, in their order."""
        held = list(parts)
        return cls(
            tuple(chain.from_iterable(part.entries for part in held)),
            tuple(chain.from_iterable(part.skipped for part in held)),
            tuple(chain.from_iterable(part.failures for part in held)),
        )
