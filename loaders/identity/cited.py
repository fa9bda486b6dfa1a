"""Documents that a report cites: a title in 《》, a document number (国办发〔2019〕54号), or both.

Names of newspapers, columns and short forms (《条例》) are passed over.
"""

import re
from collections.abc import Iterator

from loaders.document import CitedDocument, Span
from loaders.text.squeezed import one_line
from loaders.vocabulary import contacts as words

# Titles of notices on several matters are longer than 40 characters (golden: 001, 003)
_TITLE = re.compile(r"《([^《》]{2,120})》")
_NUMBER = re.compile(
    f"(?=[{re.escape(words.NUMBER_STARTS)}])(?:{words.NUMBER_CORE}|{words.ORDER_CORE}|{words.STANDARD_NUMBER})"
)
_ISSUERS = dict.fromkeys(words.STANDARD_SIGNS) | {words.ORDER_SIGN: re.compile(words.ORDER_ISSUER)}
_ISSUER = re.compile(words.ISSUER)
_NOT_ISSUER = re.compile(words.NOT_ISSUER)
_DOCUMENT = re.compile(words.DOCUMENT_TITLE)
_CHINESE_RUN = re.compile(r"[\u4e00-\u9fff]*$")
_BETWEEN = re.compile(r"[\s(]{0,3}")


def cited_documents(raw: str, folded: str, body: Span) -> tuple[CitedDocument, ...]:
    """All citations of a report."""
    numbers = list(_numbers(folded, body))
    cited: list[CitedDocument] = []
    taken: set[int] = set()
    for match in _TITLE.finditer(folded, body.start, body.end):
        index = next((i for i in _near(numbers, match) if i not in taken), None)
        title = one_line(raw[match.start(1) : match.end(1)])
        if index is None and not (len(title) >= words.SHORTEST_TITLE and _DOCUMENT.search(one_line(match[1]))):
            continue
        number = numbers[index] if index is not None else None
        if index is not None:
            taken.add(index)
        end = max(match.end(), number.end) if number else match.end()
        cited.append(CitedDocument(title, raw[number.start : number.end] if number else None, match.start(), end))
    cited += [
        CitedDocument(None, raw[number.start : number.end], number.start, number.end)
        for index, number in enumerate(numbers)
        if index not in taken
    ]
    return tuple(sorted(cited, key=lambda document: document.start))


def _near(numbers: list[Span], title: re.Match[str]) -> Iterator[int]:
    """The numbers printed inside a title or directly behind it, found by bisection."""
    low, high = 0, len(numbers)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if numbers[middle].start < title.start() else (low, middle)
    for index in range(low, min(low + 2, len(numbers))):
        inside = numbers[index].start < title.end()
        if inside or _BETWEEN.fullmatch(title.string, title.end(), numbers[index].start):
            yield index


def _numbers(folded: str, body: Span) -> Iterator[Span]:
    for match in _NUMBER.finditer(folded, body.start, body.end):
        start = match.start()
        pattern = _ISSUERS.get(match[0][0], _ISSUER)
        if pattern:
            start -= len(_issuer(folded[max(body.start, start - words.LONGEST_ISSUER) : start], pattern))
        yield Span(start, match.end())


def _issuer(before: str, pattern: re.Pattern[str]) -> str:
    """The short name of the issuer at the end of the text before a number."""
    run = _CHINESE_RUN.search(before)
    name = _NOT_ISSUER.sub("", run[0] if run else "")
    return name if pattern.fullmatch(name) else ""
