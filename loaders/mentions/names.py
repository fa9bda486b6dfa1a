"""Websites, awards and programmes: names that the text itself marks as what they are."""

import re
from collections.abc import Iterator

from loaders.document import MentionKind
from loaders.mentions.found import Found
from loaders.text.folding import bare
from loaders.vocabulary import mentions as words

_WEBSITE = re.compile(words.WEBSITE)
_SIGN = re.compile(words.WEBSITE_SIGN)
_HOST = re.compile(words.HOST_BEFORE)
_DOT = "."
_AWARD = re.compile(words.AWARD)
_AWARD_TAIL = re.compile(words.AWARD_TAIL)
_PROGRAMME = re.compile(words.PROGRAMME)
_PARTS_OF_ADDRESS = re.compile(r"(?:(?P<scheme>https?://))?(?P<host>[^/?#]+)(?P<path>.*)", re.DOTALL)
_QUOTE = '"'


def websites_in(text: str) -> Iterator[Found]:
    """Addresses of pages and sites."""
    end = 0
    for sign in _SIGN.finditer(text):
        match = _WEBSITE.match(text, _host_start(text, sign.start())) if sign.start() >= end else None
        if match and match.end() >= sign.end() and _DOT in match[0]:
            end = match.end()
            yield Found(MentionKind.WEBSITE, match.start(), end, address(match[0]))


def _host_start(text: str, position: int) -> int:
    """Where the host begins that goes on at a place; the place itself where none does."""
    host = _HOST.search(text, max(0, position - words.LONGEST_HOST), position) if text[position] == _DOT else None
    return host.start() if host else position


def address(printed: str) -> str:
    """An address with its scheme, the host in small letters, and no stroke behind a bare host.

    >>> address("www.Qinglan.gov.cn/")
    'http://www.qinglan.gov.cn'
    """
    parts = _PARTS_OF_ADDRESS.fullmatch(printed)
    if parts is None:
        return printed
    path = "" if parts["path"] == "/" else parts["path"]
    return (parts["scheme"] or words.SCHEME) + parts["host"].lower() + path


def awards_in(text: str) -> Iterator[Found]:
    """What was won, where the sentence says that it was and what it is."""
    for match in _AWARD.finditer(text) if any(sign in text for sign in words.AWARD_SIGNS) else ():
        name = bare(match["name"])
        value = _AWARD_TAIL.sub("", name).strip(_QUOTE) if name.startswith(_QUOTE) else name
        yield Found(MentionKind.AWARD, match.start("name"), match.end("name"), value.replace(_QUOTE, ""))


def programmes_in(text: str) -> Iterator[Found]:
    """Reforms and campaigns that stand between quotes before the word for what they are."""
    for match in _PROGRAMME.finditer(text):
        yield Found(MentionKind.PROGRAMME, match.start(), match.end(), bare(match[0]).replace(_QUOTE, ""))
