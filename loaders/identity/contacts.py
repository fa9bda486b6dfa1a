"""How a report says its agency can be reached: what is printed behind a label, and nothing else."""

import re
from collections.abc import Sequence

from loaders.document import Contact, Span
from loaders.text.squeezed import Squeezed
from loaders.vocabulary.contacts import CONTACT

_FIELDS = tuple((field, re.compile(f"(?:{label})(?P<value>{value})")) for field, label, value in CONTACT)


def contact_of(stretches: Sequence[Squeezed]) -> tuple[Contact, dict[str, Span]]:
    """The contact data printed in the stretches; the first place that prints a field counts."""
    values: dict[str, str] = {}
    spans: dict[str, Span] = {}
    for stretch in stretches:
        for field, pattern in _FIELDS:
            if field in values or not (match := pattern.search(stretch.text)):
                continue
            values[field] = match["value"].rstrip("./") if field != "website" else match["value"].rstrip(".")
            spans[field] = stretch.span_of(match, "value")
    return Contact(**values), spans
