from pathlib import Path
from zipfile import ZipFile

import pytest

from loaders.errors import SourceError
from loaders.file_formats.manifest import Manifest
from loaders.file_formats.sources import Origin, inventory
from tests.corpora import jsonl

SUFFIXES = frozenset({".txt"})
CSV = (
    "File,URL,title,date\n"
    "2020/a.txt,http://a.cn/1,题,2021-01-29\nall.zip/x.txt,http://a.cn/2,,\ngone.txt,http://a.cn/3,,\n"
)
JSONL = jsonl(
    {"file": "2020/a.txt", "url": "http://a.cn/1", "title": "题", "date": "2021-01-29"},
    {"file": "all.zip/x.txt", "url": "http://a.cn/2"},
    "",
    {"file": "gone.txt", "url": "http://a.cn/3"},
)
CONTENTS = {
    "list.csv": CSV.encode(),
    "gbk.csv": CSV.encode("gbk"),
    "mark.csv": CSV.encode("utf-8-sig"),
    "tabs.csv": CSV.replace(",", "\t").encode(),
    "list.jsonl": JSONL,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / "a.txt").write_text("a")
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("x.txt", "x")
    return tmp_path


@pytest.mark.parametrize("name", CONTENTS)
def test_files_and_members_get_what_it_says_of_them(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(CONTENTS[name])

    manifest = Manifest.of(path)
    found, in_vain = manifest.told(inventory([folder], suffixes=SUFFIXES))

    assert [entry.origin for entry in found.entries] == [
        Origin("http://a.cn/2"),
        Origin("http://a.cn/1", "题", "2021-01-29"),
    ]
    assert (in_vain, manifest.faults) == (1, [])


@pytest.mark.parametrize(
    ("name", "content", "lines"),
    [
        ("a.csv", b"file,url\na.txt,http://a.cn\n,http://b.cn\nb.txt,none\n", [3, 4]),
        ("a.jsonl", b'{"file": "a.txt", "url": "http://a.cn"}\n{no json\n[]\n{"url": "http://a.cn"}\n', [2, 3, 4]),
    ],
)
def test_a_line_that_says_nothing_usable_is_a_fault_of_its_own(
    tmp_path: Path, name: str, content: bytes, lines: list[int]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    manifest = Manifest.of(path)
    assert [fault.where for fault in manifest.faults] == [f"{path}, line {number}" for number in lines]
    assert len(manifest.origins) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"name,address\n", "BAD_MANIFEST"), (b"", "BAD_MANIFEST"), (b"\xff\xff", "BAD_MANIFEST"), (None, "NO_SUCH_FILE")],
)
def test_one_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        Manifest.of(path)
    assert (caught.value.code, caught.value.where) == (code, str(path))
