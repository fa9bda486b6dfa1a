"""Entries that are not read yet: those whose bytes this parser has read and stored before are passed by, unparsed.

Enters: entries, and a way to ask which texts are stored. Leaves: the entries that must be parsed. So loading goes on
where it was stopped at the speed of reading files. Refused is nothing; what cannot be fetched is left to be parsed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from loaders.errors import SourceError
from loaders.file_formats.sources import Entry, fetch
from loaders.shipped import is_sample

Known = Mapping[tuple[str, str], bool]
"""Stored texts by the hash of their bytes and the name they were read under: whether their address is known."""

_AT_ONCE = 64
_BYTES_AT_ONCE = 32 * 1024 * 1024


@dataclass(slots=True)
class Unread:
    """Entries to be iterated over once; `ask` says which texts of some hashes are stored.

    `count` is how many were passed by so far; the next one accounts for their bytes, too.
    """

    entries: Iterable[Entry]
    ask: Callable[[Sequence[str]], Known]
    count: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[Entry]:
        behind = 0
        for batch in _batches(self.entries):
            known = self.ask([text.digest for text in batch if text.digest])
            for text in batch:
                if text.is_among(known):
                    self.count += 1
                    behind += text.entry.size
                else:
                    yield replace(text.entry, size=text.entry.size + behind)
                    behind = 0


@dataclass(frozen=True, slots=True)
class _Text:
    """An entry with the hash of its bytes, empty where it is to be parsed in any case."""

    entry: Entry
    digest: str = ""
    has_address: bool = False
    size: int = 0

    def is_among(self, known: Known) -> bool:
        """Whether it is stored; one that has got an address since is to be stored anew."""
        addressed = known.get((self.digest, self.entry.kept_name))
        return addressed is not None and (addressed or not self.has_address)


def _text_of(entry: Entry) -> _Text:
    try:
        source = fetch(entry)
    except (SourceError, MemoryError):
        return _Text(entry)
    digest = sha256(source.data).hexdigest()
    if is_sample(digest):  # whether a sample may be there is decided anew each time
        return _Text(entry)
    return _Text(entry, digest, source.origin.url is not None, len(source.data))


def _batches(entries: Iterable[Entry]) -> Iterator[list[_Text]]:
    batch: list[_Text] = []
    for text in map(_text_of, entries):
        batch.append(text)
        if len(batch) == _AT_ONCE or sum(one.size for one in batch) > _BYTES_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
