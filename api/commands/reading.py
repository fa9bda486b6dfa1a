"""What a worker does with a file that is to be loaded: an entry enters, its outcome leaves; nothing is refused."""

from dataclasses import replace

from api.mongo.packed import packed
from loaders.batch import Outcome, parse_entry
from loaders.file_formats.sources import Entry


def parse_and_pack(entry: Entry) -> Outcome:
    """Read one file as `parse_entry` does, and make the rows of its report, so that who stores them need not."""
    outcome = parse_entry(entry)
    return outcome if outcome.document is None else replace(outcome, packed=packed(outcome.document))
