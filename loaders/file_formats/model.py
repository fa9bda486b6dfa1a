"""What every reader of a source format yields, and the refusals they share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from loaders.document import RecordPlace
from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.recognised import Recognised
from loaders.file_formats.sources import Origin, SourceFile

# The stored document (16 MB at most) holds the text several times over; real reports have 5,000 to 100,000 characters.
LONGEST_TEXT = 1_500_000


@dataclass(frozen=True, slots=True)
class SourceText:
    """One report as text; every offset of the project counts code points of `text`."""

    text: str
    media_type: str
    encoding: str | None
    furniture: Mapping[str, str]
    sha256: str
    bytes: int
    body: tuple[int, int]
    warnings: tuple[str, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    record: RecordPlace | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader has found, before it is measured and bound to its source."""

    text: str
    media_type: str
    encoding: str | None = None
    furniture: Mapping[str, str] = field(default_factory=dict)
    body: tuple[int, int] | None = None
    warnings: tuple[str, ...] = ()
    recognised: tuple[Recognised, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A source format: how its files are named, how its bytes are recognised, and how it is read."""

    id: str
    suffixes: tuple[str, ...]
    magic: Callable[[bytes], bool]
    read: Callable[[SourceFile], Draft]


def source_text(source: SourceFile, draft: Draft) -> SourceText:
    """The draft bound to the bytes it came from; refuses what holds no text or too much of it."""
    if not draft.text.strip():
        raise nothing_in(source.name)
    if len(draft.text) > LONGEST_TEXT:
        raise too_long(source.name, len(draft.text))
    return SourceText(
        text=draft.text,
        media_type=draft.media_type,
        encoding=draft.encoding,
        furniture=_furniture(source.origin, draft),
        sha256=sha256(source.data).hexdigest(),
        bytes=len(source.data),
        body=draft.body or (0, len(draft.text)),
        recognised=draft.recognised,
        warnings=source.warnings + draft.warnings,
        record=source.record,
    )


def _furniture(origin: Origin, draft: Draft) -> dict[str, str]:
    """What the page says of itself goes before what came with it, save the address that it was fetched from."""
    address = {"url": origin.url} if origin.url else {}
    return {**origin.furniture(), **draft.furniture, **address}


def nothing_in(name: str, *, hint: str = "") -> SourceError:
    """The refusal of a file without a single visible character."""
    return SourceError(
        "the file holds no text",
        where=name,
        code=ErrorCode.EMPTY_FILE,
        hint=hint or "download the report again; an empty answer of the website was probably saved",
    )


def too_long(name: str, characters: int) -> SourceError:
    """The refusal of a text that no single report can have."""
    return SourceError(
        f"the text has about {characters:,} characters; a report has at most {LONGEST_TEXT:,}",
        where=name,
        code=ErrorCode.FILE_TOO_LARGE,
        hint="split collections into one file a report",
    )


def damaged(name: str, *, expected: str, found: str, hint: str) -> SourceError:
    """The refusal of a file that a library could not take apart."""
    return SourceError(f"expected {expected}, but {found}", where=name, code=ErrorCode.DAMAGED_FILE, hint=hint)


def encrypted(name: str, kind: str) -> SourceError:
    """The refusal of a file behind a password."""
    return SourceError(
        f"the {kind} is protected by a password",
        where=name,
        code=ErrorCode.ENCRYPTED_FILE,
    )
