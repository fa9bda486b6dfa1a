import os
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from loaders.errors import SourceError
from loaders.file_formats.sources import Entry, Inventory, archives, fetch, inventory
from loaders.file_formats.sources.refusals import LARGEST_FILE

SUFFIXES = frozenset({".txt", ".pdf", ".doc"})
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.TXT",
        "deep/er/c.pdf",
        "deep/picture.png",
        ".hidden.txt",
        ".git/d.txt",
        "~$lock.txt",
        "README",
    ):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(name.encode())
    return tmp_path


def names(found: Inventory) -> list[str]:
    return [Path(entry.name).name for entry in found.entries]


def codes(found: Inventory) -> list[str]:
    return [fault.code for fault in found.failures]


def archive(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return path


def test_a_folder_is_searched_to_its_depth_in_the_order_of_names(folder: Path) -> None:
    found = inventory([folder], suffixes=SUFFIXES)
    assert names(found) == ["a.TXT", "b.txt", "c.pdf"]
    assert not found.failures


def test_what_is_passed_over_is_counted_by_reason(folder: Path) -> None:
    found = inventory([folder], suffixes=SUFFIXES)
    assert found.skipped_reasons() == {"hidden": 2, "no suffix": 1, "unknown suffix .png": 1}


def test_a_file_named_outright_is_taken_whatever_its_suffix(folder: Path) -> None:
    found = inventory([folder / "README"], suffixes=SUFFIXES)
    assert names(found) == ["README"]


@pytest.mark.parametrize(("pattern", "expected"), [("*.txt", ["b.txt"]), ("**/*.pdf", ["c.pdf"]), ("d??p", ["c.pdf"])])
def test_patterns_are_followed(folder: Path, pattern: str, expected: list[str]) -> None:
    assert names(inventory([f"{folder}/{pattern}"], suffixes=SUFFIXES)) == expected


def test_a_file_reached_by_two_paths_is_taken_once(folder: Path) -> None:
    found = inventory(
        [folder, folder / "b.txt", f"{folder}/*.txt", folder / "deep" / ".." / "b.txt"], suffixes=SUFFIXES
    )
    assert names(found).count("b.txt") == 1


def test_members_of_an_archive_are_entries_of_their_own(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "all.zip", {"2020/x.txt": b"one", "2021/y.txt": b"two", "z.png": b"", "__MACOSX/x.txt": b""}
    )
    found = inventory([tmp_path], suffixes=SUFFIXES)
    assert [entry.name for entry in found.entries] == [f"{path}/2020/x.txt", f"{path}/2021/y.txt"]
    assert [fetch(entry).data for entry in found.entries] == [b"one", b"two"]
    assert found.skipped_reasons() == {"unknown suffix .png": 1, "hidden": 1}


def test_what_is_kept_of_a_name_says_nothing_of_what_lies_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "secret" / "reports"
    (folder / "2020").mkdir(parents=True)
    (folder / "2020" / "a.txt").write_bytes(b"text")
    archive(folder / "2020" / "all.zip", {"inner/x.txt": b"one"})
    monkeypatch.chdir(folder)

    def kept(*paths: Path | str) -> list[str]:
        return [entry.kept_name for entry in inventory(paths, suffixes=SUFFIXES).entries]

    assert kept(folder) == kept(".") == ["2020/a.txt", "2020/all.zip/inner/x.txt"]
    assert kept(folder / "2020" / "a.txt") == kept(f"{folder}/2020/*.txt") == kept("../reports/2020/a.txt") == ["a.txt"]
    assert kept(folder / "2020" / "all.zip") == ["all.zip/inner/x.txt"]
    assert kept(f"{folder}/20*") == ["a.txt", "all.zip/inner/x.txt"]


def test_names_that_chinese_windows_wrote_into_an_archive_are_read_as_gbk(tmp_path: Path) -> None:
    path = archive(tmp_path / "w.zip", {"xxxx.txt": b"text"})
    raw = path.read_bytes().replace(b"xxxx.txt", "年报".encode("gbk") + b".txt")
    path.write_bytes(raw)
    found = inventory([path], suffixes=SUFFIXES)
    assert names(found) == ["年报.txt"]
    assert fetch(found.entries[0]).data == b"text"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_both_read_under_names_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as target:
        for data in (b"one", b"two", b"three"):
            target.writestr("x/a.txt", data)

    entries = inventory([path], suffixes=SUFFIXES).entries

    assert [(entry.kept_name, fetch(entry).data) for entry in entries] == [
        ("twice.zip/x/a.txt", b"one"),
        ("twice.zip/x/a (2).txt", b"two"),
        ("twice.zip/x/a (3).txt", b"three"),
    ]


def test_links_that_lead_out_of_a_folder_are_not_followed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("secret")
    (folder / "to-file.txt").symlink_to(outside / "secret.txt")
    (folder / "to-folder").symlink_to(outside)
    (folder / "deep" / "up").symlink_to(folder)
    (folder / "inside.txt").symlink_to(folder / "deep" / "er" / "c.pdf")
    (folder / "dangling.txt").symlink_to(folder / "nothing")

    found = inventory([folder], suffixes=SUFFIXES)

    assert names(found) == ["a.TXT", "b.txt", "dangling.txt", "inside.txt"]
    assert [name for name, reason in found.skipped if reason == "a link that leads out of the folder"] == [
        f"{folder}/to-folder",
        f"{folder}/to-file.txt",
    ]
    assert names(inventory([folder / "to-file.txt"], suffixes=SUFFIXES)) == ["to-file.txt"]


def test_a_name_that_is_no_utf8_is_shown_as_text_and_the_file_is_read(tmp_path: Path) -> None:
    for raw in ("年报".encode("gbk"), b"\xff"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw + b".txt")).write_bytes(b"text")

    found = inventory([tmp_path], suffixes=SUFFIXES)

    assert sorted(entry.kept_name for entry in found.entries) == ["\\xff.txt", "年报.txt"]
    assert [fetch(entry).data for entry in found.entries] == [b"text", b"text"]
    assert inventory([os.fsdecode(b"no-\xff")], suffixes=SUFFIXES).failures[0].where == "no-\\xff"
    assert codes(inventory(["no\0path"], suffixes=SUFFIXES)) == ["NO_SUCH_FILE"]


def test_files_of_many_records_are_found_but_not_inside_an_archive(tmp_path: Path) -> None:
    (tmp_path / "crawl.jsonl.gz").write_bytes(b"x")
    archive(tmp_path / "all.zip", {"crawl.warc": b"x", "a.txt": b"x"})
    found = inventory([tmp_path], suffixes=SUFFIXES)
    assert (names(found), codes(found)) == (["a.txt", "crawl.jsonl.gz"], ["UNSUPPORTED_FORMAT"])


def _protected(path: Path) -> Path:
    """The archive with the flag set that says its members are encrypted."""
    raw = bytearray(archive(path, {"a.txt": b"text"}).read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(signature) + place
        raw[at : at + 2] = struct.pack("<H", struct.unpack("<H", raw[at : at + 2])[0] | 1)
    path.write_bytes(raw)
    return path


def test_a_path_that_is_not_there_says_so(tmp_path: Path) -> None:
    found = inventory([tmp_path / "no.txt", f"{tmp_path}/*.nothing"], suffixes=SUFFIXES)
    assert codes(found) == ["NO_SUCH_FILE", "NO_SUCH_FILE"]


def test_a_folder_without_reports_says_what_it_holds_and_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (fault,) = inventory([tmp_path], suffixes=SUFFIXES).failures
    assert fault.code == "NO_REPORTS"
    assert "1 x unknown suffix .png" in fault.message
    assert "PDF" in fault.hint


def test_an_empty_folder_says_it_is_empty(tmp_path: Path) -> None:
    (fault,) = inventory([tmp_path], suffixes=SUFFIXES).failures
    assert (fault.code, "it is empty" in fault.message, fault.where) == ("NO_REPORTS", True, str(tmp_path))


def test_an_archive_in_an_archive_is_refused_and_the_rest_still_read(tmp_path: Path) -> None:
    inner = archive(tmp_path / "inner.zip", {"a.txt": b"text"}).read_bytes()
    path = archive(tmp_path / "outer.zip", {"inner.zip": inner, "b.txt": b"text"})
    found = inventory([path], suffixes=SUFFIXES)
    assert (names(found), codes(found)) == (["b.txt"], ["UNSUPPORTED_FORMAT"])


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 no more")
    assert codes(inventory([tmp_path], suffixes=SUFFIXES)) == ["DAMAGED_FILE"]


def test_an_archive_with_too_many_members_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    path = archive(tmp_path / "a.zip", {f"{n}.txt": b"text" for n in range(3)})
    assert codes(inventory([path], suffixes=SUFFIXES)) == ["FILE_TOO_LARGE"]


def test_an_archive_that_unpacks_beyond_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_ARCHIVE", 10)
    path = archive(tmp_path / "a.zip", {"a.txt": b"more than ten bytes"})
    assert codes(inventory([path], suffixes=SUFFIXES)) == ["FILE_TOO_LARGE"]


def _fault_of(entry: Entry) -> SourceError:
    with pytest.raises(SourceError) as caught:
        fetch(entry)
    return caught.value


def test_a_member_that_swells_when_unpacked_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.zip", {"a.txt": bytes(3_000_000)})
    (entry,) = inventory([path], suffixes=SUFFIXES).entries
    fault = _fault_of(entry)
    assert (fault.code, fault.where) == ("FILE_TOO_LARGE", f"{path}/a.txt")


def test_a_protected_member_is_refused(tmp_path: Path) -> None:
    (entry,) = inventory([_protected(tmp_path / "a.zip")], suffixes=SUFFIXES).entries
    assert _fault_of(entry).code == "ENCRYPTED_FILE"


def test_a_member_whose_bytes_are_damaged_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": os.urandom(500)})
    raw = bytearray(path.read_bytes())
    raw[60:90] = bytes(30)
    path.write_bytes(raw)
    (entry,) = inventory([path], suffixes=SUFFIXES).entries
    assert _fault_of(entry).code == "DAMAGED_FILE"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    assert _fault_of(Entry("a.txt", tmp_path / "a.txt", "a.txt")).code == "EMPTY_FILE"


def test_a_file_beyond_the_cap_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    fault = _fault_of(Entry("a.txt", path, "a.txt"))
    assert (fault.code, fault.where) == ("FILE_TOO_LARGE", "a.txt")


def test_a_file_that_vanished_is_named(tmp_path: Path) -> None:
    assert _fault_of(Entry("a.txt", tmp_path / "a.txt", "a.txt")).code == "NO_SUCH_FILE"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert _fault_of(Entry("a.txt", tmp_path / "a.txt", "a.txt")).code == "UNSUPPORTED_FORMAT"


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything: give the right away for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("text")
    path.chmod(0)
    with as_nobody():
        fault = _fault_of(Entry("a.txt", path, "a.txt"))
    assert (fault.code, "chmod" in fault.hint) == ("NO_PERMISSION", True)


def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    tmp_path.chmod(0o755)
    with as_nobody():
        found = inventory([closed], suffixes=SUFFIXES)
    closed.chmod(0o700)
    assert codes(found) == ["NO_PERMISSION"]
