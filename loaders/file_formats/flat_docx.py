"""Word files in one piece of XML, as programs that fill templates write them (and call them .doc): packed and read.

Refused: XML that is damaged or declares entities.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from loaders.file_formats import docx
from loaders.file_formats.model import Draft, damaged
from loaders.file_formats.packages import xml_root
from loaders.file_formats.sources import SourceFile

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
_TYPE = '<Override PartName="{}" ContentType="{}"/>'


def read(source: SourceFile) -> Draft:
    """The report in a Word file that is XML."""
    try:
        parts = {_name(part): part for part in xml_root(source.data).iterchildren(f"{_PKG}part")}
    except ValueError as fault:
        hint = "open it in Word and save it as .docx"
        raise damaged(source.name, expected="a Word file", found=f"it {fault}", hint=hint) from fault
    return docx.read(replace(source, data=_packed(parts)))


def _packed(parts: Mapping[str, etree._Element]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES.format("".join(_types(parts))))
        for name, part in parts.items():
            package.writestr(name.lstrip("/"), _content(part))
    return buffer.getvalue()


def _types(parts: Mapping[str, etree._Element]) -> Iterator[str]:
    for name, part in parts.items():
        yield _TYPE.format(escape(name), escape(part.get(f"{_PKG}contentType", "application/xml")))


def _name(part: etree._Element) -> str:
    return part.get(f"{_PKG}name", "")


def _content(part: etree._Element) -> bytes:
    data = part.find(f"{_PKG}xmlData")
    if data is not None and len(data):
        return etree.tostring(data[0])
    return b""  # pictures, which are not read
