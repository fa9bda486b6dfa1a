"""A mention on its way to a stored one: what it is and where it stands in the text of the report."""

from dataclasses import dataclass

from loaders.document import MentionKind, Precision


@dataclass(frozen=True, slots=True)
class Found:
    """What is mentioned from `start` to `end`."""

    kind: MentionKind
    start: int
    end: int
    value: str | None
    precision: Precision | None = None
    title: str | None = None
