"""Web pages: the main content as canonical text, the furniture around it as values.

The title comes first; 索引号, 发布机构, dates and the like are taken from <title>, <meta> and the blocks around the
content. Refused: pages without any text.
"""

import re

from lxml import etree

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats import plain
from loaders.file_formats.canonical import canonical, tidy
from loaders.file_formats.encoding import decode
from loaders.file_formats.furniture import values_in
from loaders.file_formats.main_content import MainContent, clear, main_content
from loaders.file_formats.model import Draft, damaged, nothing_in
from loaders.file_formats.sources import SourceFile
from loaders.vocabulary.characters import SENTENCE_ENDS
from loaders.vocabulary.furniture import META_NAMES, SITE_WORDS, TITLE_WORDS

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z!/]")
_WITHIN = 4096
_TITLE_SEPARATORS = re.compile(
    r"\s*(?:[_|>\u00bb\uff5c]|\s[-\u2013\u2014]+\s|--+|\u2014\u2014|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff]))\s*"
)
_YEAR = re.compile(r"(?:19|20)\d{2}|\u4e8c[\u3007\u25cb\u96f6O0]")
_NOT_COMPARED = re.compile(r"[\W_]+")
_HEAD_LINES = 6
_FURNITURE_LINES = 200
_LONGEST_TITLE = 90
_AGAIN = "save the page again, as HTML"
_LARGEST_PAGE = 24 * 1024 * 1024


def read(source: SourceFile) -> Draft:
    """The report on a web page."""
    if len(source.data) > _LARGEST_PAGE:
        raise _oversized(source)
    decoded = decode(source.data, source.name, declared=source.charset or _declared(source.data))
    if not _TAG.search(decoded.text):
        return plain.read(source)
    root = _parsed(decoded.text, source.name)
    furniture = _of_head(root)
    headings = [tidy("".join(map(str, element.itertext()))) for element in root.iter("h1", "h2", "ucaptitle")]
    body = next(root.iter("body"), root)
    clear(body)
    content = main_content(body)
    if not content.lines:
        raise nothing_in(source.name, hint="open the page in a browser, let it load its text, and save it again")
    furniture = values_in(content.surrounding[:_FURNITURE_LINES] + content.lines[:_HEAD_LINES]) | furniture
    title = _title(furniture.get("title", ""), headings, _page_title(root))
    if title:
        furniture["title"] = title
    return Draft(
        text=canonical(_with_title(content.lines, title)),
        media_type="text/html",
        encoding=decoded.encoding,
        furniture=furniture,
        warnings=decoded.warnings + _pictures(content),
    )


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:_WITHIN]) or _XML_ENCODING.search(data[:_WITHIN])
    return match[1].decode("ascii", "ignore") if match else None


def _parsed(text: str, name: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise damaged(name, expected="a web page", found=f"it cannot be parsed ({fault})", hint=_AGAIN) from fault
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise damaged(name, expected="a web page", found="its elements nest without end", hint=_AGAIN)
    if root is None:
        raise nothing_in(name)
    return root


def _of_head(root: etree._Element) -> dict[str, str]:
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        key = META_NAMES.get((element.get("name") or element.get("property") or "").lower())
        value = tidy(element.get("content") or "")
        if key and value:
            values.setdefault(key, value)
    for element in root.iter("link"):
        if element.get("rel") == "canonical" and element.get("href"):
            values.setdefault("url", element.get("href", ""))
    return values


def _page_title(root: etree._Element) -> str:
    return next((tidy("".join(map(str, element.itertext()))) for element in root.iter("title")), "")


def _title(declared: str, headings: list[str], page: str) -> str:
    """The report's own name: what the page declares, its heading, or the likeliest part of <title>."""
    parts = [part for part in _TITLE_SEPARATORS.split(page) if part]
    candidates = [text for text in (declared, *headings, *parts) if text and len(text) <= _LONGEST_TITLE]
    named = next((text for text in candidates if _names_a_report(text)), "")
    if named or not parts:
        return named or declared
    return "" if any(word in parts[0] for word in SITE_WORDS) else parts[0]


def _names_a_report(text: str) -> bool:
    return bool(_YEAR.search(text)) and any(word in text for word in TITLE_WORDS)


def _with_title(lines: list[str], title: str) -> list[str]:
    """The lines with the title before them, unless they begin with it or with a title of their own."""
    head = _bare("".join(lines[:_HEAD_LINES]))
    if not title or _bare(title) in head:
        return lines
    own = any(
        _names_a_report(line) and len(line) <= _LONGEST_TITLE and line[-1] not in SENTENCE_ENDS for line in lines[:3]
    )
    return lines if own and not _names_a_report(title) else [title, *lines]


def _bare(text: str) -> str:
    return _NOT_COMPARED.sub("", text)


def _pictures(content: MainContent) -> tuple[str, ...]:
    if not content.pictures:
        return ()
    return (f"{content.pictures} picture(s) in the content; figures inside pictures are not read",)


def _oversized(source: SourceFile) -> SourceError:
    return SourceError(
        f"{len(source.data):,} bytes; a page with a report has at most {_LARGEST_PAGE:,}",
        where=source.name,
        code=ErrorCode.FILE_TOO_LARGE,
        hint="save the page without embedded pictures",
    )
