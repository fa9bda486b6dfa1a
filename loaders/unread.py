"""Entries that are not read yet: those whose bytes this parser has read and stored before are passed by, unparsed.

Enters: entries, and ways to ask which texts are stored. Leaves: the entries that must be parsed. So loading goes on
where it was stopped at the speed of reading files. Refused is nothing; what cannot be fetched is left to be parsed.

A text that a newer one of its report has superseded comes last, when it is known what else is given: where the newer
one is among that, both belong to what was loaded before, and the earlier text is passed by as well.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from loaders.errors import SourceError
from loaders.file_formats.sources import Entry, fetch
from loaders.shipped import is_sample

Known = Mapping[tuple[str, str], bool]
"""Stored texts by the hash of their bytes and the name they were read under: whether their address is known."""

Older = Mapping[str, str]
"""Superseded texts by the hash of their bytes: the hash of the text that is current in their place."""

_AT_ONCE = 64
_DIGITS = 15  # of a hash: 60 bits tell a million texts apart
_NO_HASH = "f" * _DIGITS
_BYTES_AT_ONCE = 32 * 1024 * 1024


class Hashes:
    """Which hashes of texts there are; of each only a part is kept, for there may be a million."""

    def __init__(self) -> None:
        self._known: set[int] = set()

    def add(self, digest: str) -> None:
        """Take one up."""
        self._known.add(int(digest[:_DIGITS], 16))

    def __contains__(self, digest: object) -> bool:
        return int(str(digest)[:_DIGITS], 16) in self._known


def _none(_hashes: Sequence[str]) -> Mapping[str, str]:
    return {}


@dataclass(slots=True)
class Unread:
    """Entries to be iterated over once; `ask` says which texts of some hashes are stored, `older` which are superseded.

    `count` is how many were passed by so far, and the next one accounts for their bytes, too; `given` are the texts
    that have been met. Without `passes_by` current texts are read again.
    """

    entries: Iterable[Entry]
    ask: Callable[[Sequence[str]], Known]
    older: Callable[[Sequence[str]], Older] = _none
    passes_by: bool = True
    count: int = field(default=0, init=False)
    given: Hashes = field(default_factory=Hashes, init=False)
    _behind: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[Entry]:
        last: list[_Text] = []
        for batch in _batches(self.entries):
            hashes = [text.digest for text in batch if text.digest]
            for digest in hashes:
                self.given.add(digest)
            known, older = self.ask(hashes) if self.passes_by else {}, self.older(hashes)
            last += [text for text in batch if text.digest in older]
            yield from self._left((one, one.is_among(known)) for one in batch if one.digest not in older)
        for start in range(0, len(last), _AT_ONCE):
            some = last[start : start + _AT_ONCE]
            older = self.older([text.digest for text in some])
            yield from self._left((one, older.get(one.digest, _NO_HASH) in self.given) for one in some)

    def _left(self, batch: Iterable[tuple["_Text", bool]]) -> Iterator[Entry]:
        """The entries that are left to be read of these, each with whether it is stored."""
        for text, is_stored in batch:
            if is_stored:
                self.count += 1
                self._behind += text.entry.size
            else:
                yield replace(text.entry, size=text.entry.size + self._behind)
                self._behind = 0


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
