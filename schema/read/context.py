"""What the fields of Query, and those that are joined, are answered from."""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.plan.pages import Bounds
from schema.queryable.lists import Listing
from schema.read.reader import Reader
from schema.read.search import GramSearch, TextSearch


@dataclass(frozen=True, slots=True)
class ReadContext:
    """One database within its bounds, with a search for each list that can be searched by terms."""

    reader: Reader
    bounds: Bounds
    searches: Mapping[str, TextSearch]

    @classmethod
    def of(cls, reader: Reader, bounds: Bounds, listings: Mapping[str, Listing]) -> "ReadContext":
        """The context of lists that are searched by pairs of characters."""
        searched = {name: listing for name, listing in listings.items() if listing.searched}
        return cls(reader, bounds, {name: GramSearch(reader, listing, bounds) for name, listing in searched.items()})
