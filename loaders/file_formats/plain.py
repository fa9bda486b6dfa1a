"""Plain text: the file as it is, decoded, with the values of a crawler's header block and where the report begins."""

from loaders.file_formats.encoding import decode
from loaders.file_formats.furniture import body_start, header_values
from loaders.file_formats.model import Draft
from loaders.file_formats.sources import SourceFile


def read(source: SourceFile) -> Draft:
    """The text of a plain text file."""
    decoded = decode(source.data, source.name, declared=source.charset)
    start = body_start(decoded.text)
    return Draft(
        text=decoded.text,
        media_type="text/plain",
        encoding=decoded.encoding,
        furniture=header_values(decoded.text, start),
        body=(start, len(decoded.text)),
        warnings=decoded.warnings,
    )
