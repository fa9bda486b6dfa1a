"""Pictures of pages for tests of recognition, and whether this machine can make them and recognise them.

A fresh checkout has the extra with the tests' own; Chinese characters need a font of the system to be drawn with.
"""

from functools import lru_cache
from io import BytesIO

import pytest
from PIL import Image
from PIL.ImageOps import invert
from pypdfium2 import PdfDocument

from loaders.file_formats.ocr import NOT_ENLARGED, is_installed
from tests.rendering import Report, render, report

DPI = 144


@lru_cache(maxsize=1)
def _draws_chinese() -> bool:
    """Whether two different characters come out different, not as two boxes or as nothing."""
    first, second = (pages_of(report(text))[0] for text in ("公", "开"))
    return first.tobytes() != second.tobytes()


def pages_of(made: Report) -> list[Image.Image]:
    """The pages of a report as a scanner sees them, without most of an empty foot, which takes time."""
    document = PdfDocument(render(made, "pdf"))
    return [_without_foot(page.render(scale=DPI / 72).to_pil().convert("RGB")) for page in document]


def _without_foot(page: Image.Image) -> Image.Image:
    _, _, _, bottom = invert(page).getbbox() or (0, 0, 0, 0)
    return page.crop((0, 0, page.width, max(bottom + 40, NOT_ENLARGED)))


def saved(pages: list[Image.Image], kind: str) -> bytes:
    """The pages as the bytes of a PNG, a TIFF of several pages, or a PDF without any text."""
    buffer = BytesIO()
    several = {} if kind == "PNG" else {"save_all": True, "append_images": pages[1:], "resolution": DPI}
    pages[0].save(buffer, kind, **several)
    return buffer.getvalue()


needs_ocr = pytest.mark.skipif(
    not (is_installed() and _draws_chinese()),
    reason="recognition needs the extra gongkai[ocr], and its tests a Chinese font (fonts-noto-cjk)",
)
