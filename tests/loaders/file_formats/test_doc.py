import subprocess
from pathlib import Path

import pytest
from docx import Document

from loaders.errors import SourceError
from loaders.file_formats import doc, read
from loaders.file_formats.sources import SourceFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
needs_libreoffice = pytest.mark.skipif(doc.converter() is None, reason="LibreOffice is not installed")


def stream(name: str) -> bytes:
    """A compound file that claims to hold a stream of that name."""
    return OLE + bytes(504) + name.encode("utf-16-le") + bytes(600)


@pytest.fixture(scope="module")
def old_word_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A binary file of Word, written by LibreOffice."""
    folder = tmp_path_factory.mktemp("word")
    document = Document()
    document.add_paragraph("一、总体情况")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("规章", "3", "规范性文件", ""), strict=True):  # noqa: SLF001  all cells at once
        cell.text = text
    document.add_paragraph("二、主动公开")
    document.save(str(folder / "a.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for _ in range(2):  # a new profile asks for a second start
        command = [str(doc.converter()), profile, "--headless", "--convert-to", "doc:MS Word 97", "a.docx"]
        subprocess.run(command, cwd=folder, capture_output=True, timeout=100, check=False)
    return (folder / "a.doc").read_bytes()


@needs_libreoffice
def test_an_old_word_file_is_read_with_its_table(old_word_file: bytes) -> None:
    found = read(SourceFile("a.wps", old_word_file))
    assert found.text == "一、总体情况\n规章 | 3 |\n规范性文件 |  |\n二、主动公开\n"
    assert found.media_type == "application/msword"
    assert found.bytes == len(old_word_file)


@needs_libreoffice
def test_a_damaged_old_word_file_is_refused() -> None:
    with pytest.raises(SourceError, match=r"cannot convert|no text"):
        read(SourceFile("a.doc", stream("WordDocument")))


@needs_libreoffice
def test_what_takes_too_long_is_refused(old_word_file: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "SECONDS", 0.01)
    with pytest.raises(SourceError, match="has not converted it") as caught:
        doc.read(SourceFile("a.doc", old_word_file))
    assert caught.value.code == "FILE_TOO_LARGE"


def test_without_libreoffice_the_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    doc.converter.cache_clear()
    with pytest.raises(SourceError) as caught:
        read(SourceFile("a.wps", stream("WordDocument")))
    doc.converter.cache_clear()
    assert (caught.value.code, caught.value.where) == ("UNSUPPORTED_FORMAT", "a.wps")
    assert "apt install libreoffice" in caught.value.hint


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(OLE, "DAMAGED_FILE", id="only its mark"),
        pytest.param(stream("Contents"), "DAMAGED_FILE", id="another program's file"),
        pytest.param(stream("EncryptedPackage"), "ENCRYPTED_FILE", id="a password"),
    ],
)
def test_what_holds_no_document_is_refused_without_a_start_of_libreoffice(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(SourceFile("a.doc", data))
    assert (caught.value.code, caught.value.where) == (code, "a.doc")
    assert caught.value.hint
