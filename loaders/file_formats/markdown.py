"""Markdown: the file as it is, like plain text, with the values of its front matter or header block.

Tables are left to the table reader: they are a layout of text.
"""

import re

from loaders.file_formats.encoding import decode
from loaders.file_formats.furniture import body_start, header_values
from loaders.file_formats.model import Draft
from loaders.file_formats.sources import SourceFile
from loaders.vocabulary.furniture import META_NAMES

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n(?P<fields>(?:[A-Za-z][\w:-]*[ \t]*:.*\n|[ \t-][^\n-].*\n)+)---[ \t]*(?:\r?\n|\Z)"
)
_FIELD = re.compile(r"^(?P<name>[A-Za-z_:]+)\s*:\s*(?P<value>\S.*?)\s*$", re.MULTILINE)
_FIRST_HEADING = re.compile(r"\s*#[ \t]+(?P<title>[^\n#]+?)[ \t]*#*\s*$", re.MULTILINE)


def read(source: SourceFile) -> Draft:
    """The text of a Markdown file."""
    decoded = decode(source.data, source.name)
    text = decoded.text
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else body_start(text)
    furniture = header_values(text, start)
    if front:
        furniture |= _fields(front["fields"])
    heading = _FIRST_HEADING.match(text, start)
    if heading:
        furniture.setdefault("title", heading["title"])
    return Draft(
        text=text,
        media_type="text/markdown",
        encoding=decoded.encoding,
        furniture=furniture,
        body=(start, len(text)),
        warnings=decoded.warnings,
    )


def _fields(front_matter: str) -> dict[str, str]:
    named = ((match["name"].lower(), match["value"].strip("\"'")) for match in _FIELD.finditer(front_matter))
    return {META_NAMES[name]: value for name, value in named if name in META_NAMES and value}
