import json
from pathlib import Path

import pytest

from loaders.file_formats import read
from loaders.file_formats.sources import Entry, Origin, fetch, inventory
from loaders.file_formats.sources.sidecars import beside, is_sidecar

ADDRESS = "https://www.example.gov.cn/art/1.html"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "2020.html"
    path.write_text("<html><body><p>正文很短。</p></body></html>", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "content", [ADDRESS, f"\ufeff{ADDRESS}\n", f"[InternetShortcut]\r\nURL={ADDRESS}\r\nIconIndex=0\r\n"]
)
def test_a_url_file_has_the_address_bare_or_as_a_shortcut(path: Path, content: str) -> None:
    path.with_name("2020.html.url").write_text(content, encoding="utf-8")
    source = fetch(Entry(str(path), path, path.name))
    assert source.origin == Origin(ADDRESS)
    assert read(source).furniture["url"] == ADDRESS


def test_a_json_file_has_address_title_and_day_and_the_page_goes_before_the_last_two(path: Path) -> None:
    path.with_name("2020.html.json").write_text(
        f'{{"url": "{ADDRESS}", "title": "题", "date": "2021-01-29", "more": 1}}'
    )
    assert beside(path) == (Origin(ADDRESS, "题", "2021-01-29"), ())
    assert read(fetch(Entry("a", path, "a"))).furniture["title"] == "题"
    path.write_text("<html><head><meta name='ArticleTitle' content='页上的题'></head><body><p>正文。</p></body></html>")
    assert read(fetch(Entry("a", path, "a"))).furniture["title"] == "页上的题"


@pytest.mark.parametrize(
    ("ending", "content"), [(".json", b"{"), (".json", b"[]"), (".url", b"none"), (".url", b"\xff")]
)
def test_one_that_cannot_be_read_is_a_warning_of_its_file(path: Path, ending: str, content: bytes) -> None:
    path.with_name(f"2020.html{ending}").write_bytes(content)
    (warning,) = read(fetch(Entry("a", path, "a"))).warnings
    assert warning.startswith(f"the {ending} file beside it cannot be read")


@pytest.mark.parametrize("url", ["no address", "javascript", 5, None, f"http://a.cn/{'x' * 3_000}"])
def test_what_is_no_address_is_left_out(url: object, path: Path) -> None:
    path.with_name("2020.html.json").write_text(json.dumps({"url": url}))
    assert beside(path) == (Origin(), ())


def test_they_are_not_read_as_files(path: Path) -> None:
    sidecar = path.with_name("2020.html.json")
    sidecar.write_text("{}")
    (path.parent / "alone.json").write_text("{}")
    found = inventory([path.parent], suffixes=frozenset({".html", ".json"}))
    assert [Path(entry.name).name for entry in found.entries] == ["2020.html", "alone.json"]
    assert found.skipped == ((str(sidecar), "what is known of the file beside it"),)
    assert is_sidecar(sidecar)
