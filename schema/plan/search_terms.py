"""A search as it is written, and what it says of a text: terms enter, matches, a score and spans leave; no database.

Terms are separated by blanks and must all be in the text; "between quotes" blanks separate nothing. Texts and terms
are compared folded (`loaders.text.search_folding`), so neither script, width, case nor blanks tell them apart. Refused
by `checked` (`BAD_SEARCH`): searches without a term or with too many, and terms that are too short or too long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.document import Document
from loaders.text.folding import fold
from loaders.text.search_folding import searchable, visible
from schema.errors import ErrorCode, RequestError
from schema.request import Limits

SHORTEST = 2
"""Characters that a term must have: an index holds pairs."""

FOUND_BY = "@search"
"""The key under which a row keeps the search that found it."""

_TERM = re.compile(r'"([^"]*)"(?!\S)|(\S+)')
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Search:
    """The folded terms of a search, each once."""

    terms: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Search":
        """The search that a text asks for; nothing is refused.

        >>> Search.of("「依 申請」 公開").terms
        ('依申请', '公开')
        """
        found = (searchable(match[1] or match[2] or "") for match in _TERM.finditer(fold(text)))
        return cls(tuple(dict.fromkeys(term for term in found if term)))

    def finds(self, text: str) -> bool:
        """Whether every term is in the text."""
        folded = searchable(text)
        return all(term in folded for term in self.terms)

    def score(self, text: str) -> float:
        """The share of the text that the terms make up, each counted once: 1 where it says nothing else."""
        asked = sum(map(len, self.terms))
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


def checked(text: str, limits: Limits) -> Search:
    """The search that a text asks for, if it is one that an index can answer."""
    longest = limits.search_terms * (limits.search_term + len('"" ')) * 2
    search = Search.of(text[: longest + 1])
    if len(text) > longest:
        raise _refused(f"a search may have {longest} characters", f"Give {limits.search_terms} terms at most.")
    if not 1 <= len(search.terms) <= limits.search_terms:
        hint = "Separate terms by blanks; all of them must be in one text."
        raise _refused(f"a search has 1 to {limits.search_terms} terms, not {len(search.terms)}", hint)
    for term in search.terms:
        if not SHORTEST <= len(term) <= limits.search_term:
            message = f"a term has {SHORTEST} to {limits.search_term} characters, blanks not counted, not {len(term)}"
            raise _refused(message, _hint(term))
    return search


def _hint(term: str) -> str:
    if len(term) < SHORTEST:
        return f"Write {term} together with the characters next to it."
    return "Separate terms by blanks; the most telling words of a sentence find it."


def _refused(message: str, hint: str) -> RequestError:
    return RequestError(ErrorCode.BAD_SEARCH, message, hint=hint)
