"""What is stored is passed by unparsed: told by its bytes and its name, and never a sample."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from loaders import unread
from loaders.file_formats.sources import Entry, Origin
from loaders.unread import Known, Unread
from tests.corpora import SAMPLES


def entry(path: Path, name: str = "", url: str | None = None) -> Entry:
    return Entry(str(path), path, name or path.name, size=10, origin=Origin(url) if url else None)


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number}.txt" for number in range(5)]
    for path in paths:
        path.write_text(path.name)
    return paths


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_only_what_is_stored_under_its_name_is_passed_by_and_the_next_accounts_for_it(paths: list[Path]) -> None:
    first, second, third, *rest = paths
    known: Known = {(digest(first), first.name): True, (digest(second), "another.txt"): True}
    waiting = Unread(map(entry, [second, first, third, *rest]), lambda _: known)

    left = list(waiting)

    assert [(one.path, one.size) for one in left] == [(second, 10), (third, 20), *((path, 10) for path in rest)]
    assert waiting.count == 1


def test_what_has_got_an_address_since_is_read_again(paths: list[Path]) -> None:
    first, second, *_ = paths
    known: Known = {(digest(first), first.name): False, (digest(second), second.name): True}
    entries = [entry(first), entry(first, url="http://a.cn/"), entry(second, url="http://a.cn/")]

    assert [one.origin for one in Unread(entries, lambda _: known)] == [Origin("http://a.cn/")]


def test_samples_and_what_cannot_be_fetched_are_left_to_be_read(paths: list[Path]) -> None:
    paths[0].unlink()
    sample = SAMPLES / "county-government-2020.txt"
    asked: list[str] = []

    def ask(hashes: Sequence[str]) -> Known:
        asked.extend(hashes)
        return {(digest(sample), sample.name): True}

    assert [one.path for one in Unread(map(entry, [paths[0], sample]), ask)] == [paths[0], sample]
    assert asked == []


def test_it_asks_for_some_at_a_time(paths: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "_AT_ONCE", 2)
    asked: list[int] = []

    def ask(hashes: Sequence[str]) -> Known:
        asked.append(len(hashes))
        return {}

    assert len(list(Unread(map(entry, paths), ask))) == 5
    assert asked == [2, 2, 1]


def test_a_superseded_text_comes_last_and_not_beside_the_one_in_its_place(paths: list[Path]) -> None:
    first, second, third, fourth, fifth = paths
    known: Known = {(digest(second), second.name): True}
    older = {digest(first): digest(second), digest(third): "0" * 64}
    waiting = Unread(
        map(entry, paths), lambda _: known, lambda hashes: {one: older[one] for one in hashes if one in older}
    )

    assert [one.path for one in waiting] == [fourth, fifth, third]
    assert waiting.count == 2
    assert digest(first) in waiting.given
    assert "0" * 64 not in waiting.given


def test_what_is_read_again_in_any_case_is_asked_for_superseded_texts_only(paths: list[Path]) -> None:
    def ask(_hashes: Sequence[str]) -> Known:
        raise AssertionError

    waiting = Unread(map(entry, paths[:2]), ask, lambda _: {digest(paths[0]): "0" * 64}, passes_by=False)

    assert [one.path for one in waiting] == [paths[1], paths[0]]
