"""Full-text search over a list, of passages or of figures.

`TextSearch` is all that the fields of Query know of it; another engine serves the same fields by implementing it.
`GramSearch` needs nothing but MongoDB: the rarest pair of characters of each alternative of the search chooses
candidates by an index that holds them in the order of relevance, and a look at their folded text lets only real
matches through. All matches have the terms asked for, so what tells them apart is how much else they say: the shortest
come first, and a page is read without reading the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Protocol

from loaders.store.collections import GRAMS
from loaders.text.search_folding import grams
from schema.plan.pages import Bounds, PagePlan, Wanted, plan_page
from schema.plan.predicate import conjunction, required
from schema.plan.search_language import Alternative
from schema.plan.search_terms import FOUND_BY, Search, matched
from schema.queryable.lists import Listing
from schema.queryable.sort_keys import UP
from schema.read.gram_frequencies import Frequencies
from schema.read.reader import Reader
from schema.types.connection import Page

_TEXT = "folded"  # no index serves a look at it
_PLACES = ("agency.name", "agency.region.")


class TextSearch(Protocol):
    """Finds the rows of one list whose text is as a search wants it.

    This is the seam behind which a search server (Atlas Search, mongot) can stand. An implementation has to find what
    `Search.finds` finds and nothing else, also of rows written a moment ago.
    """

    async def page(self, search: Search, arguments: Mapping[str, Any], wanted: Wanted) -> Page:
        """One page of what is found, in the order of `orderBy`, else the most relevant first.

        It keeps to `where` and to the page arguments, its cursors go on both ways, its total is counted no further
        than `search_count`, and each row keeps the search at `FOUND_BY`.
        """

    async def match(self, search: Search) -> Mapping[str, Any]:
        """The match document of what is found, for the first stage of an aggregation."""


@dataclass(slots=True)
class GramSearch:
    """Finds rows by pairs of characters."""

    reader: Reader
    listing: Listing
    bounds: Bounds
    _frequencies: Frequencies = field(init=False)

    def __post_init__(self) -> None:
        """Frequencies belong to one list."""
        self._frequencies = Frequencies(self.reader, self.listing.collection)

    async def page(self, search: Search, arguments: Mapping[str, Any], wanted: Wanted) -> Page:
        """See `TextSearch.page`."""
        plan = search_plan(self.listing, search, arguments, wanted, self.bounds)
        page = await self.reader.page(chosen_by(plan, await self._rarest(search)))
        for row in page.rows:
            row[FOUND_BY] = search
        return page

    async def match(self, search: Search) -> Mapping[str, Any]:
        """See `TextSearch.match`."""
        return conjunction([_having(await self._rarest(search)), matched(search, _TEXT)])

    async def _rarest(self, search: Search) -> list[int]:
        """The rarest pair of each alternative, each once."""
        rarest = [await self._frequencies.rarest(pairs_of(one)) for one in search.alternatives]
        return list(dict.fromkeys(rarest))


def search_plan(
    listing: Listing, search: Search, arguments: Mapping[str, Any], wanted: Wanted, bounds: Bounds
) -> PagePlan:
    """The plan of a page of matches, not yet saying by which pair they are found: cursors outlive that choice."""
    place = frozenset({"place"})
    by_relevance = replace(listing, own_order=[("place", UP)], never_null=place, unique=place)
    plan = plan_page(by_relevance, arguments, wanted, bounds, within=matched(search, _TEXT))
    return replace(plan, count_to=bounds.limits.search_count)


def chosen_by(plan: PagePlan, pairs: Sequence[int]) -> PagePlan:
    """The plan with its candidates chosen by pairs of characters; no other index is to be tried, with one exception.

    One agency, or one place, may have fewer rows than the pairs: MongoDB then finds out which index is the shorter way.
    """
    hint = "" if any(path.startswith(_PLACES) for path in required(plan.match)) else GRAMS
    return replace(plan, match=conjunction([_having(pairs), plan.match]), hint=hint)


def _having(pairs: Sequence[int]) -> Mapping[str, Any]:
    return {GRAMS: pairs[0]} if len(pairs) == 1 else {GRAMS: {"$in": list(pairs)}}


def pairs_of(alternative: Alternative) -> list[int]:
    """The pairs of all terms of an alternative, each once."""
    return list(dict.fromkeys(chain.from_iterable(map(grams, alternative.has))))
