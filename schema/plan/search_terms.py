"""A search as it is written, and what it says of a text: terms enter, matches, a score and spans leave; no database.

What is written is read by `schema.plan.search_language`. Texts and terms are compared folded
(`loaders.text.search_folding`), so neither script, width, case nor blanks tell them apart. Refused by `checked`
(`BAD_SEARCH`), besides what the language refuses: searches with too many terms or none, terms that are too short or
too long, and alternatives that only say what a text must not have.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from loaders.document import Document
from loaders.text.search_folding import searchable, visible
from schema.plan.predicate import conjunction
from schema.plan.search_language import Alternative, Alternatives, alternatives, refused
from schema.request import Limits

SHORTEST = 2
"""Characters that a term must have: an index holds pairs."""

FOUND_BY = "@search"
"""The key under which a row keeps the search that found it."""

_DIGITS = 6


@dataclass(frozen=True)
class Search:
    """What a search looks for: one of its alternatives must be met."""

    alternatives: Alternatives

    @classmethod
    def of(cls, text: str) -> "Search":
        """The search that a text asks for; refused is only what the language refuses.

        >>> Search.of("「依 申請」 公開 -通知").terms
        ('依申请', '公开')
        """
        return cls(alternatives(text))

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The terms that are looked for, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(one.has for one in self.alternatives)))

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """The terms that texts must not have, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(one.lacks for one in self.alternatives)))

    def finds(self, text: str) -> bool:
        """Whether the text is like one of the alternatives."""
        folded = searchable(text)
        return any(one.meets(folded) for one in self.alternatives)

    def score(self, text: str) -> float:
        """The share of the text that the terms make up, each counted once: 1 where it says nothing else.

        Of alternatives the shortest counts, so that of two texts the shorter has the higher score.
        """
        asked = min((sum(map(len, one.has)) for one in self.alternatives), default=0)
        return round(min(1.0, asked / max(1, len(searchable(text)))), _DIGITS)

    def highlights(self, text: str) -> list[Document]:
        """Where the terms stand in the text, in order; what overlaps is one span."""
        seen = visible(text)
        merged: list[Document] = []
        for start, end in (seen.bounds(*found) for found in sorted(self._found(seen.text))):
            if merged and start < merged[-1]["end"]:
                merged[-1]["end"] = max(merged[-1]["end"], end)
            else:
                merged.append({"start": start, "end": end})
        return merged

    def _found(self, folded: str) -> Iterator[tuple[int, int]]:
        for term in self.terms:
            yield from ((match.start(), match.end()) for match in re.finditer(re.escape(term), folded))


def matched(search: Search, path: str, pattern: Callable[[str], str] = re.escape) -> Mapping[str, Any]:
    """The match document of what is found by the text at a path; `pattern` finds a term in it as it is stored."""
    found = [_like(one, path, pattern) for one in search.alternatives]
    return found[0] if len(found) == 1 else {"$or": found}


def _like(alternative: Alternative, path: str, pattern: Callable[[str], str]) -> Mapping[str, Any]:
    has = [{path: {"$regex": pattern(term)}} for term in alternative.has]
    lacks = [{path: {"$not": {"$regex": pattern(term)}}} for term in alternative.lacks]
    return conjunction([*has, *lacks])


def checked(text: str, limits: Limits, *, shortest: int = SHORTEST) -> Search:
    """The search that a text asks for, if it is one that can be answered; an index needs terms of two characters."""
    longest = limits.search_terms * (limits.search_term + len('"" ')) * 2
    if len(text) > longest:
        raise refused(f"a search may have {longest} characters", f"Give {limits.search_terms} terms at most.")
    search = Search.of(text)
    count = len({*search.terms, *search.left_out})
    if not 1 <= count <= limits.search_terms:
        hint = "Separate terms by blanks; all of them must be in one text, of those with OR between them one."
        raise refused(f"a search has 1 to {limits.search_terms} terms, not {count}", hint)
    if not all(one.has for one in search.alternatives):
        hint = "Add a term that texts must have in them, without OR between the two."
        raise refused("a search, or an alternative of it, only says what texts must not have", hint)
    for term in search.terms:
        _check_length(term, shortest, limits.search_term)
    for term in search.left_out:
        _check_length(term, 1, limits.search_term)
    return search


def _check_length(term: str, least: int, most: int) -> None:
    if not least <= len(term) <= most:
        message = f"a term has {least} to {most} characters, blanks and a star not counted, not {len(term)}"
        raise refused(message, _hint(term))


def _hint(term: str) -> str:
    if len(term) < SHORTEST:
        return f"Write {term} together with the characters next to it."
    return "Separate terms by blanks; the most telling words of a sentence find it."
