"""The language of searches: a text enters, alternatives of terms leave; neither texts that are searched nor a database.

Terms side by side, or with AND between them, must all be found; OR joins alternatives and binds less; NOT, or a hyphen
right before a term, leaves out what has it; round brackets group. "Between quotes" everything is a term as it is
written, blanks and these signs included. A star may end a term, which is found inside longer words in any case.
Brackets with text right beside them are text, as in (一)总体情况. Refused (`BAD_SEARCH`), each with what to write
instead: brackets and quotes that are not closed, words of the language without terms beside them, a star elsewhere.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from loaders.text.folding import fold
from loaders.text.search_folding import searchable
from schema.errors import ErrorCode, RequestError

DEEPEST = 8
"""How many brackets may be inside each other."""
LONGEST = 2_000
"""Characters that a search may have, whatever its terms may be."""
MOST = 64
"""How many alternatives a search may come to, once its brackets are multiplied out."""

_OR, _AND, _NOT, _MINUS, _OPEN, _CLOSE = "OR", "AND", "NOT", "-", "(", ")"
_SIGNS = frozenset({_OR, _AND, _NOT, _MINUS, _OPEN, _CLOSE})
_QUOTED = re.compile(r'"([^"]*)"\*?(?=[\s)]|$)')
_WORD = re.compile(r"\S+")
_QUOTES_HINT = "Put between quotes what is to be found as it is written."


@dataclass(frozen=True, slots=True)
class Alternative:
    """Folded terms that a text must have in it, and those that it must not."""

    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    def joined(self, other: "Alternative") -> "Alternative":
        """What meets both."""
        return Alternative(_each_once(*self.has, *other.has), _each_once(*self.lacks, *other.lacks))

    def meets(self, folded: str) -> bool:
        """Whether a folded text is like this."""
        return all(term in folded for term in self.has) and not any(term in folded for term in self.lacks)


Alternatives = tuple[Alternative, ...]


def alternatives(text: str) -> Alternatives:
    """What a search looks for, one of which a text must meet; none where the search says nothing.

    >>> alternatives("培訓 OR “會 議” -通知")
    (Alternative(has=('培训',), lacks=()), Alternative(has=('会议',), lacks=('通知',)))
    """
    if len(text) > LONGEST:
        raise refused(f"a search may have {LONGEST} characters", "The most telling words of a sentence find it.")
    tokens = list(_tokens(fold(text)))
    return _Reader(tokens).any_of(0) if tokens else ()


@dataclass(frozen=True, slots=True)
class _Token:
    """A term, or a sign of the language."""

    text: str
    sign: bool = False


def _tokens(folded: str) -> Iterator[_Token]:
    at, depth = 0, 0
    while at < len(folded):
        token, at = _next(folded, at, depth)
        if token:
            depth += (token == _Token(_OPEN, sign=True)) - (token == _Token(_CLOSE, sign=True))
            yield token


def _next(folded: str, at: int, depth: int) -> tuple[_Token | None, int]:
    """The token that begins at a place, and where it ends."""
    char = folded[at]
    if char.isspace():
        return None, at + 1
    if quoted := _QUOTED.match(folded, at):
        return _Token(quoted[1]), quoted.end()
    if char == _CLOSE and depth:
        return _Token(_CLOSE, sign=True), at + 1
    if char == _MINUS and not folded[at + 1 : at + 2].isspace() and at + 1 < len(folded):
        return _Token(_MINUS, sign=True), at + 1
    if char == _OPEN and _closes_alone(folded, at):
        return _Token(_OPEN, sign=True), at + 1
    return _word(folded, at, depth)


def _closes_alone(folded: str, at: int) -> bool:
    """Whether a bracket holds all up to a blank, the end, or the end of a bracket around it: then it groups."""
    depth = 0
    for place in range(at, len(folded)):
        depth += (folded[place] == _OPEN) - (folded[place] == _CLOSE)
        if not depth:
            rest = folded[place + 1 : place + 2]
            return not rest or rest.isspace() or rest == _CLOSE
    raise refused("a bracket is not closed", _QUOTES_HINT)


def _word(folded: str, at: int, depth: int) -> tuple[_Token, int]:
    """A word up to a blank; brackets in it that are not opened there close groups, if any is open."""
    found = _WORD.match(folded, at)
    word = found[0] if found else ""
    if depth:
        word = word[: _unopened(word)]
    elif word.endswith(_CLOSE) and _unopened(word) < len(word):
        raise refused("a bracket is closed that is not opened", _QUOTES_HINT)
    if word.startswith('"') and word.count('"') == 1:
        raise refused("a quote is not closed", _QUOTES_HINT)
    end = at + len(word)
    return (_Token(word, sign=True) if word in _SIGNS else _Token(_unstarred(word))), end


def _unopened(word: str) -> int:
    """Where the first bracket closes that the word does not open, else its length."""
    depth = 0
    for place, char in enumerate(word):
        depth += (char == _OPEN) - (char == _CLOSE)
        if depth < 0:
            return place
    return len(word)


def _unstarred(word: str) -> str:
    bare = word.rstrip("*")
    if "*" in bare or not bare:
        raise refused("a star stands at the end of a term", f"Separate terms by blanks. {_QUOTES_HINT}")
    return bare


class _Reader:
    """Reads tokens from the first to the last, each once; a later one is asked for only where there is one."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def any_of(self, depth: int) -> Alternatives:
        """What OR joins, up to the end of its brackets."""
        found = self._all_of(depth)
        while self._takes(_OR):
            found = _distinct((*found, *self._all_of(depth)))
        return found

    def _all_of(self, depth: int) -> Alternatives:
        found = self._one(depth)
        while self._at < len(self._tokens) and not self._next_is(_OR) and not self._next_is(_CLOSE):
            self._takes(_AND)
            found = _both(found, self._one(depth))
        return found

    def _one(self, depth: int) -> Alternatives:
        if depth > DEEPEST:
            raise refused(f"brackets and NOT are inside each other more than {DEEPEST} times", "Ask for less at once.")
        if self._takes(_NOT) or self._takes(_MINUS):
            return _opposite(self._one(depth + 1))
        if self._takes(_OPEN):
            found = self.any_of(depth + 1)
            self._at += 1  # the bracket that closes it
            return found
        if self._at == len(self._tokens) or self._tokens[self._at].sign:
            raise refused("AND, OR, NOT and brackets need terms beside them or in them", _QUOTES_HINT)
        term = searchable(self._tokens[self._at].text)
        self._at += 1
        return (Alternative((term,) if term else ()),)

    def _next_is(self, sign: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at] == _Token(sign, sign=True)

    def _takes(self, sign: str) -> bool:
        taken = self._next_is(sign)
        self._at += taken
        return taken


def _opposite(found: Alternatives) -> Alternatives:
    """What meets none of these: of each alternative, one of its terms the other way round."""
    opposite: Alternatives = (Alternative(),)
    for one in found:
        lacking = (Alternative(lacks=(term,)) for term in one.has)
        having = (Alternative(has=(term,)) for term in one.lacks)
        opposite = _both(opposite, (*lacking, *having))
    return opposite


def _both(some: Alternatives, others: Alternatives) -> Alternatives:
    """What meets one of these and one of those."""
    return _distinct(one.joined(other) for one, other in product(some, others))


def _distinct(found: Iterable[Alternative]) -> Alternatives:
    """Each alternative once, in whatever order its terms are."""
    once = {(frozenset(one.has), frozenset(one.lacks)): one for one in found}
    if len(once) > MOST:
        raise refused(f"a search comes to more than {MOST} alternatives", "Ask for less at once.")
    return tuple(once.values())


def _each_once(*terms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))


def refused(message: str, hint: str) -> RequestError:
    """The refusal of a search."""
    return RequestError(ErrorCode.BAD_SEARCH, message, hint=hint)
