import struct
import sys
from collections.abc import Callable
from io import BytesIO
from zlib import compress, crc32

import pytest
from PIL import Image, ImageDraw

from loaders.errors import SourceError
from loaders.file_formats import format_of, pdf, picture
from loaders.file_formats.ocr import bounds
from loaders.file_formats.picture_rulings import drawn_in
from loaders.file_formats.sources import SourceFile
from tests.pictures import needs_ocr, saved

WITHOUT_EXTRA = "pip install 'gongkai[ocr]'"


def blank(wide: int = 300, high: int = 200) -> Image.Image:
    return Image.new("RGB", (wide, high), "white")


def refusal(data: bytes, name: str = "a.png") -> SourceError:
    with pytest.raises(SourceError) as caught:
        (pdf if name.endswith(".pdf") else picture).read(SourceFile(name, data))
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("TIFF", "a.tif"), ("PDF", "a.pdf")])
def test_without_the_extra_the_one_command_that_installs_it_is_named(
    kind: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    fault = refusal(saved([blank()], kind), name)
    assert fault.code == ("SCANNED_PDF" if kind == "PDF" else "NO_OCR")
    assert WITHOUT_EXTRA in fault.hint


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG"])
def test_a_picture_is_known_by_its_bytes(kind: str) -> None:
    buffer = BytesIO()
    blank().save(buffer, kind)
    assert format_of(SourceFile("report.txt", buffer.getvalue())).id == "picture"


def png(wide: int, high: int) -> bytes:
    """A PNG that claims any size and holds almost nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc32(name + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", compress(b"\0" * 100)) + chunk(b"IEND", b"")


@needs_ocr
@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(lambda: saved([blank()], "PNG"), "EMPTY_FILE", id="nothing on it"),
        pytest.param(lambda: saved([blank()], "PDF"), "EMPTY_FILE", id="scan of nothing"),
        pytest.param(lambda: saved([blank(1, 1)], "PNG"), "EMPTY_FILE", id="one pixel"),
        pytest.param(lambda: png(60_000, 60_000), "FILE_TOO_LARGE", id="claims 3,600 million pixels"),
        pytest.param(lambda: png(9_000, 9_000), "FILE_TOO_LARGE", id="claims 81 million pixels"),
        pytest.param(lambda: saved([blank()], "TIFF")[:-120], "DAMAGED_FILE", id="TIFF cut short"),
        pytest.param(lambda: b"II*\x00" + b"\xff" * 60, "DAMAGED_FILE", id="TIFF of nonsense"),
        pytest.param(lambda: saved([blank()], "PNG")[:60], "DAMAGED_FILE", id="PNG cut short"),
        pytest.param(lambda: b"GIF89a" + b"\0" * 60, "DAMAGED_FILE", id="another kind"),
    ],
)
def test_what_holds_no_text_or_too_much_is_refused_in_one_line(data: Callable[[], bytes], code: str) -> None:
    content = data()
    fault = refusal(content, "a.pdf" if content.startswith(b"%PDF") else "a.png")
    assert (fault.code, bool(fault.hint)) == (code, True)


@needs_ocr
@pytest.mark.parametrize(("kind", "name"), [("TIFF", "a.tif"), ("PDF", "a.pdf")])
def test_more_pages_than_the_bound_are_refused_before_any_is_recognised(
    kind: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_OCR_PAGES", "2")
    fault = refusal(saved([blank()] * 3, kind), name)
    assert (fault.code, "GONGKAI_OCR_PAGES" in fault.hint) == ("FILE_TOO_LARGE", True)


@needs_ocr
def test_the_time_of_one_file_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_OCR_SECONDS", "0")
    fault = refusal(saved([blank()] * 2, "TIFF"), "a.tif")
    assert (fault.code, "GONGKAI_OCR_SECONDS" in fault.hint) == ("FILE_TOO_LARGE", True)


def test_bounds_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (bounds().dpi, bounds().pages, bounds().seconds) == (144, 40, 900)
    monkeypatch.setenv("GONGKAI_OCR_DPI", "200")
    assert bounds().dpi == 200


@needs_ocr
def test_long_runs_of_ink_are_lines_and_what_is_left_are_marks() -> None:
    numpy = pytest.importorskip("numpy")
    sheet = blank(400, 300)
    pen = ImageDraw.Draw(sheet)
    for y in (50, 100, 150):
        pen.line((50, y, 350, y), "black", 1)
    for x in (50, 200, 350):
        pen.line((x, 50, x, 150), "black", 2)
    pen.rectangle((110, 65, 118, 82), "black")  # a figure
    pen.point((300, 75), "black")  # a speck

    drawn = drawn_in(numpy.asarray(sheet), line_height=20)
    assert [round(line.top / 10) for line in drawn.across] == [5, 10, 15]
    assert sorted(round(line.x0 / 10) for line in drawn.down) == [5, 20, 35]
    assert [(mark.x0, mark.top) for mark in drawn.marks] == [(110, 65)]
