"""The entries of an inventory with every corpus replaced by its records; records that are no pages are counted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module

from loaders.corpora.columns import Columns
from loaders.corpora.model import Found
from loaders.document import RecordPlace
from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.sources import Entry, Record
from loaders.file_formats.sources.names import is_corpus
from loaders.file_formats.sources.refusals import refusal, under, unreadable

_READERS = {
    ".jsonl": "loaders.corpora.jsonl",
    ".jsonl.gz": "loaders.corpora.jsonl",
    ".jsonl.zst": "loaders.corpora.jsonl",
    ".parquet": "loaders.corpora.parquet",
    ".warc": "loaders.corpora.warc",
    ".warc.gz": "loaders.corpora.warc",
    ".wacz": "loaders.corpora.wacz",
}
"""The module that reads each kind, imported when the first file of it is met."""


@dataclass(slots=True)
class Corpora:
    """Entries to be iterated over once; `passed_over` counts, by reason, the records that are no pages."""

    entries: Iterable[Entry]
    columns: Columns = field(default_factory=Columns)
    passed_over: Counter[str] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Entry]:
        for entry in self.entries:
            if entry.member is None and is_corpus(entry.path.name):
                yield from self._records(entry)
            else:
                yield entry

    def _records(self, corpus: Entry) -> Iterator[Entry]:
        """Its records; what ends it early is one more entry, whose fault that is."""
        behind = 0
        try:
            for found in self._found(corpus):
                yield _entry(corpus, found, max(0, found.behind - behind))
                behind = max(behind, found.behind)
        except SourceError as fault:
            yield _failed(corpus, under(fault.where or corpus.name, fault))
        except OSError as fault:
            yield _failed(corpus, unreadable(corpus.name, fault))
        except Exception as fault:  # noqa: BLE001 - the last wall: whatever a library raises on a hostile file
            message = f"reading it fails ({type(fault).__name__}: {fault})"
            yield _failed(corpus, refusal(corpus.name, ErrorCode.DAMAGED_FILE, message))

    def _found(self, corpus: Entry) -> Iterator[Found]:
        name = corpus.path.name.lower()
        suffix = max((suffix for suffix in _READERS if name.endswith(suffix)), key=len)
        read: Iterator[Found] = import_module(_READERS[suffix]).records(corpus.path, self.columns, self.passed_over)
        return read


def _entry(corpus: Entry, found: Found, size: int) -> Entry:
    return Entry(
        f"{corpus.name}{found.member}, {found.called}",
        corpus.path,
        f"{corpus.kept_name}{found.member}/{found.record.place.number}",
        size=size,
        origin=found.origin,
        record=found.record,
    )


def _failed(corpus: Entry, fault: SourceError) -> Entry:
    return Entry(fault.where, corpus.path, corpus.kept_name, record=Record(RecordPlace(0), fault=fault))
