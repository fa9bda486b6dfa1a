from io import BytesIO
from zipfile import ZipFile

import pytest

from loaders.errors import SourceError
from loaders.file_formats import read
from loaders.file_formats.sources import SourceFile
from tests.rendering import Cell, render, report, table

REPORT = report("青石县2021年报告", "一、总体情况", table([Cell("规章", rowspan=2), "3"], [""]))
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def flat(data: bytes) -> str:
    """A Word file in one piece, as Word saves it as XML."""
    with ZipFile(BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist() if name != "[Content_Types].xml"}
    parts = [_part(name, content) for name, content in members.items()]
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    return f'{head}<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{"".join(parts)}</pkg:package>'


def _part(name: str, content: bytes) -> str:
    kind = TYPE if name == "word/document.xml" else "application/xml"
    inside = "<pkg:binaryData>AAAA</pkg:binaryData>"
    if name.endswith((".xml", ".rels")):
        inside = f"<pkg:xmlData>{content.decode().partition('?>')[2]}</pkg:xmlData>"
    return f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">{inside}</pkg:part>'


def test_a_word_file_in_one_piece_is_read_as_the_packed_one() -> None:
    packed = render(REPORT, "docx")
    found = read(SourceFile("a.doc", flat(packed).encode()))
    assert found.text == read(SourceFile("a.docx", packed)).text
    assert found.warnings == ("the name ends in .doc, but the content is flat docx",)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(flat(render(REPORT, "docx"))[:-400], id="cut"),
        pytest.param("<pkg:package xmlns:pkg='urn:x'/>", id="empty"),
        pytest.param("<!DOCTYPE x [<!ENTITY a 'aa'>]><pkg:package xmlns:pkg='urn:x'>&a;</pkg:package>", id="entities"),
    ],
)
def test_a_hostile_file_is_refused_in_one_line(data: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(SourceFile("a.doc", data.encode()))
    assert (caught.value.code, caught.value.where) == ("DAMAGED_FILE", "a.doc")
    assert caught.value.hint
