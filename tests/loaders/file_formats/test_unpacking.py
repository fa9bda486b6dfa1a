import gzip

import pytest

from loaders.errors import SourceError
from loaders.file_formats import read
from loaders.file_formats.sources import SourceFile
from loaders.file_formats.sources.refusals import LARGEST_FILE

PAGE = "<html><body><p>一、总体情况</p></body></html>".encode()


@pytest.mark.parametrize("name", ["a.html", "a.html.gz", "a"])
def test_a_compressed_page_is_read_and_measured_as_it_lies_on_disk(name: str) -> None:
    data = gzip.compress(PAGE)
    found = read(SourceFile(name, data))
    assert (found.text, found.media_type, found.bytes, found.warnings) == ("一、总体情况\n", "text/html", len(data), ())


def test_the_name_within_is_held_against_the_content() -> None:
    assert read(SourceFile("a.txt.gz", gzip.compress(PAGE))).warnings == (
        "the name ends in .txt, but the content is html",
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(gzip.compress(PAGE)[:-20], "DAMAGED_FILE", id="cut"),
        pytest.param(gzip.compress(PAGE)[:12] + b"\xff" * 40, "DAMAGED_FILE", id="spoiled"),
        pytest.param(gzip.compress(gzip.compress(PAGE)), "DAMAGED_FILE", id="twice"),
        pytest.param(gzip.compress(b""), "EMPTY_FILE", id="nothing"),
        pytest.param(gzip.compress(bytes(LARGEST_FILE + 1), 1), "FILE_TOO_LARGE", id="bomb"),
        pytest.param(gzip.compress(bytes(range(256)) * 99), "BINARY_FILE", id="bytes"),
    ],
)
def test_a_hostile_file_is_refused_in_one_line(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(SourceFile("a.html.gz", data))
    assert (caught.value.code, caught.value.where) == (code, "a.html.gz")
    assert caught.value.hint
