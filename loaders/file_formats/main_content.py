"""The element of a web page that holds the report, and the lines around it; scripts, menus and hidden parts are gone.

A page without structure is its own main content.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from loaders.file_formats.furniture import is_furniture
from loaders.file_formats.html_lines import BLOCKS, lines_of
from loaders.vocabulary.characters import HEADING_START, SENTENCE_ENDS
from loaders.vocabulary.furniture import CONTENT_NAMES, NAVIGATION_NAMES

_NEVER_SHOWN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "canvas",
        "video",
        "audio",
        "map",
        "select",
        "option",
        "input",
        "textarea",
        "button",
        "link",
        "meta",
        "base",
        "head",
        "title",
    ]
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_CJK = re.compile(r"[\u3400-\u9fff]+")
_NAME_PARTS = re.compile(r"[^\s]+")
_HEADING = re.compile(HEADING_START)
# Share of the page's text that the block with the report has at least, and a known container to be believed.
_DOMINANT_SHARE = 0.8
_KNOWN_SHARE = 0.15
# Of containers inside one another the innermost that still has this much of the outermost is the report itself.
_INNERMOST_SHARE = 0.5
_SHORTEST_SENTENCE = 12


@dataclass(frozen=True, slots=True)
class MainContent:
    """Where the report is, and what the page prints before and behind it."""

    lines: list[str]
    surrounding: list[str]
    pictures: int


def clear(root: etree._Element) -> None:
    """Take out of the page what a reader never sees; text behind a removed element stays."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in _NEVER_SHOWN or _is_hidden(element):
            _remove(element)


def main_content(body: etree._Element) -> MainContent:
    """The report's lines, trimmed of the furniture at both ends, and the lines around it."""
    weights = _weights(body)
    element, left_out = _whole(_start(body, weights), body, weights)
    lines, trimmed = _trimmed(lines_of(element, without=left_out))
    around = lines_of(body, without=(element,)) if element is not body else []
    around += [line for other in left_out for line in lines_of(other)]
    return MainContent(lines, around + trimmed, sum(1 for _ in element.iter("img")))


def _is_hidden(element: etree._Element) -> bool:
    if element.tag in {"html", "body"}:
        return False
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and bool(_HIDDEN.search(style)))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)


def _weights(body: etree._Element) -> dict[etree._Element, int]:
    """Chinese characters below each element, those in links, menus and feet not counted."""
    weights: dict[etree._Element, int] = {}
    for element in reversed(list(body.iter())):
        weight = _chinese(element.text)
        for child in element:
            weight += weights[child] + _chinese(child.tail)
        weights[element] = 0 if element.tag == "a" or _is_navigation(element) else weight
    return weights


def _chinese(text: str | None) -> int:
    return sum(map(len, _CJK.findall(text))) if text else 0


def _names(element: etree._Element) -> Iterator[str]:
    for attribute in ("id", "class"):
        value = element.get(attribute)
        if value:
            yield from (part.lower() for part in _NAME_PARTS.findall(value))


def _is_navigation(element: etree._Element) -> bool:
    if element.tag in {"nav", "footer", "aside"}:
        return True
    # A page's <header>, or a box named after one, may hold the title but never the report.
    return element.tag in {"div", "ul", "header", "table"} and any(name in NAVIGATION_NAMES for name in _names(element))


def _start(body: etree._Element, weights: dict[etree._Element, int]) -> etree._Element:
    """A known container with most of the text; else the deepest block that still has nearly all of it."""
    known = [element for element in body.iter() if weights[element] and _is_known(element)]
    if known:
        most = max(weights[element] for element in known)
        if most >= weights[body] * _KNOWN_SHARE:
            return [element for element in known if weights[element] >= most * _INNERMOST_SHARE][-1]
    element = body
    while True:
        enough = weights[element] * _DOMINANT_SHARE
        inner = next((child for child in element if weights[child] > enough and _may_hold_a_report(child)), None)
        if inner is None or weights[inner] == 0:
            return element
        element = inner


def _is_known(element: etree._Element) -> bool:
    return element.tag in CONTENT_NAMES or any(name in CONTENT_NAMES for name in _names(element))


def _may_hold_a_report(element: etree._Element) -> bool:
    if element.tag in {"p", "table", "tbody", "tr", "ul", "ol"}:
        return _is_layout(element)
    return element.tag in BLOCKS


def _is_layout(element: etree._Element) -> bool:
    """A table, or a part of one, that has tables or paragraphs of its own below."""
    if element.tag not in {"table", "tbody", "tr"}:
        return False
    return element.find(".//td//table") is not None or len(element.findall(".//tr")) <= 1


def _whole(
    start: etree._Element, body: etree._Element, weights: dict[etree._Element, int]
) -> tuple[etree._Element, list[etree._Element]]:
    """The start, widened while the parent has more of the report: a table or a chapter put beside the container.

    With it come the parent's blocks that are menus or furniture, before the first and behind the last that belongs.
    """
    element = chosen = start
    left_out: list[etree._Element] = []
    while element is not body and (parent := element.getparent()) is not None:
        blocks = list(parent)
        own = [place for place, block in enumerate(blocks) if block is element or _belongs(block, weights)]
        if len(own) > 1:
            chosen = parent
            left_out += _cut(blocks[: own[0]][::-1], weights) + _cut(blocks[own[-1] + 1 :], weights)
        element = parent
    return chosen, left_out


def _cut(blocks: list[etree._Element], weights: dict[etree._Element, int]) -> list[etree._Element]:
    """The blocks from the first that is a menu or furniture on, going away from the report."""
    for place, block in enumerate(blocks):
        lines = lines_of(block)
        if lines and (weights[block] == 0 or all(is_furniture(line) for line in lines)):
            return blocks[place:]
    return []


def _belongs(sibling: etree._Element, weights: dict[etree._Element, int]) -> bool:
    if weights.get(sibling, 0) < _SHORTEST_SENTENCE:
        return False
    return any(_is_of_a_report(line) for line in lines_of(sibling))


def _is_of_a_report(line: str) -> bool:
    if is_furniture(line):
        return False
    if _HEADING.match(line):
        return True
    return line[-1] in SENTENCE_ENDS and _chinese(line) >= _SHORTEST_SENTENCE


def _trimmed(lines: list[str]) -> tuple[list[str], list[str]]:
    first, last = 0, len(lines)
    while first < last and is_furniture(lines[first]):
        first += 1
    while first < last and is_furniture(lines[last - 1]):
        last -= 1
    return lines[first:last], lines[:first] + lines[last:]
