"""What the bytes of a file say of its format, whatever its name is.

Each question looks at the first bytes, or for a mark that only that format has; none takes the file apart.
"""

import codecs
import re

_HEAD = 4096
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEFORE = rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
_PAGE = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FRAGMENT = re.compile(
    _BEFORE + rb"<(?:meta|title|link|style|script|base|div|p|table|center|span|font|section|article|h[1-6]|br)\b[^<]*>",
    re.IGNORECASE | re.DOTALL,
)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"|<w:wordDocument\b")
_MIME_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:.*|[ \t].*")
_MIME_WORDS = (b"mime-version:", b"content-type:")
_WIDE_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_NARROW_IN_WIDE = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def never(_data: bytes) -> bool:
    """Of formats that nothing but the name tells."""
    return False


def is_gzip(data: bytes) -> bool:
    """Whether it is compressed as servers send pages."""
    return data.startswith(b"\x1f\x8b\x08")


def is_pdf(data: bytes) -> bool:
    """Whether it is a PDF; some have a few bytes before their mark."""
    return b"%PDF-" in data[:1024]


def is_docx(data: bytes) -> bool:
    """Whether it is a package of Word."""
    return data.startswith(_ZIP) and b"word/document.xml" in data


def is_xlsx(data: bytes) -> bool:
    """Whether it is a package of Excel."""
    return data.startswith(_ZIP) and b"xl/workbook.xml" in data


def is_ofd(data: bytes) -> bool:
    """Whether it is a package of fixed pages."""
    return data.startswith(_ZIP) and b"OFD.xml" in data


def is_xls(data: bytes) -> bool:
    """Whether it is a binary workbook of Excel or WPS."""
    return data.startswith(_OLE) and any(_stream(name) in data for name in ("Workbook", "Book"))


def is_doc(data: bytes) -> bool:
    """Whether it is any other file of Word or WPS from before packages, or Word's XML of 2003."""
    return data.startswith(_OLE) or _WORD_XML.search(_head(data)) is not None


def is_word_stream(data: bytes) -> bool:
    """Whether a binary file holds a document of Word or WPS."""
    return not data.startswith(_OLE) or _stream("WordDocument") in data


def is_protected(data: bytes) -> bool:
    """Whether a binary file is but the envelope of a protected package."""
    return data.startswith(_OLE) and _stream("EncryptedPackage") in data


def is_rtf(data: bytes) -> bool:
    """Whether it is rich text."""
    return data.lstrip()[:5] == rb"{\rtf"


def is_mhtml(data: bytes) -> bool:
    """Whether it begins with headers as a saved page or a mail does."""
    head = data[:_HEAD].removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n").replace(b"\r\n", b"\n")
    headers = head.partition(b"\n\n")[0].split(b"\n")
    told = b"\n".join(headers).lower()
    return all(map(_MIME_HEADER.fullmatch, headers)) and all(word in told for word in _MIME_WORDS)


def is_html(data: bytes) -> bool:
    """Whether it is a web page."""
    return _PAGE.match(_head(data)) is not None


def is_html_fragment(data: bytes) -> bool:
    """Whether it begins as the inside of a web page does; so may Markdown."""
    return _FRAGMENT.match(_head(data)) is not None


def is_text(data: bytes) -> bool:
    """Whether it can be text at all."""
    return not _CONTROLS.search(_head(data))


def _head(data: bytes) -> bytes:
    """The first bytes in an encoding that has Latin letters as ASCII has them."""
    head = data[:_HEAD]
    wide = _WIDE_MARKS.get(head[:2]) or _NARROW_IN_WIDE.get(head[:2])
    if wide:
        head = head.decode(wide, "ignore").encode("utf-8", "ignore")
    return head.removeprefix(codecs.BOM_UTF8)


def _stream(name: str) -> bytes:
    """The name of a stream as the directory of a compound file has it."""
    return name.encode("utf-16-le") + b"\0\0"
