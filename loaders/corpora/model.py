"""A record as its reader found it."""

from dataclasses import dataclass

from loaders.file_formats.sources.model import Origin, Record


@dataclass(frozen=True, slots=True)
class Found:
    """A record, what messages call it, and how many bytes of its file lie behind once it is read.

    `member` is the part of the file that it stands in, with a slash before it, where the file has parts.
    """

    record: Record
    called: str
    behind: int
    origin: Origin | None = None
    member: str = ""
