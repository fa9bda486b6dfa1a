"""Documents that the report cites, by title and by number, and numbers of court cases; with one way to write each."""

import re
from collections.abc import Iterator, Sequence

from loaders.document import CitedDocument, MentionKind
from loaders.mentions.found import Found
from loaders.text.simplified import comparable
from loaders.vocabulary import mentions as words

_TITLE = re.compile(words.TITLE)
_INNER = str.maketrans(words.INNER_TITLE)
_BRACKETS = re.compile(words.NUMBER_BRACKETS[0])
_ORDER = re.compile(words.ORDER[0])
_CASE = re.compile(words.CASE_NUMBER)


def document_number(printed: str) -> str:
    """A number as the rules for official documents write it: one kind of brackets, no blanks.

    >>> document_number("国办发[2018] 123 号")
    '国办发〔2018〕123号'
    """
    number = comparable(printed)
    if order := _ORDER.fullmatch(number):
        issuer = words.ORDER_ISSUERS.get(order["issuer"], order["issuer"])
        return words.ORDER[1].format(issuer=issuer, number=order["number"])
    _, opening, closing = words.NUMBER_BRACKETS
    return _BRACKETS.sub(rf"{opening}\1{closing}", number)


def document_title(printed: str) -> str:
    """A title as others cite it, too: in simplified characters, without blanks, with one kind of marks inside."""
    return comparable(printed).translate(_INNER)


def cited(raw: str, text: str, documents: Sequence[CitedDocument]) -> Iterator[Found]:
    """What is mentioned by citing documents: their titles, and their numbers."""
    for document in documents:
        if document.title is not None:
            title = _TITLE.match(text, document.start)
            end = title.end() if title else document.end
            yield Found(MentionKind.DOCUMENT, document.start, end, document_title(document.title), title=document.title)
        if document.number is not None:
            start = raw.rfind(document.number, document.start, document.end)
            end = start + len(document.number)
            beside = document.title or _title_behind(raw, text, end)
            yield Found(MentionKind.DOCUMENT_NUMBER, start, end, document_number(document.number), title=beside)


def _title_behind(raw: str, text: str, end: int) -> str | None:
    """The title that follows a number at once: 〔2020〕第2号《告知书》."""
    match = _TITLE.match(text, end)
    return raw[match.start(1) : match.end(1)] if match else None


def cases_in(text: str) -> Iterator[Found]:
    """Numbers of court cases."""
    for match in _CASE.finditer(text):
        opening, closing = words.CASE_BRACKETS
        value = f"{opening}{match['y']}{closing}{match['code']}{match['number']}{words.NUMBER_SIGN}"
        yield Found(MentionKind.CASE, match.start(), match.end(), value)
