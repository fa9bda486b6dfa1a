"""One source text to one document: what holds for every report, whatever its layout, edition or damage."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.batch import parse_entry
from loaders.document import CellStatus, Document, get
from loaders.file_formats import SUFFIXES, SourceText
from loaders.file_formats.sources import inventory
from loaders.forms import FORMS, cells_of
from loaders.pipeline import parse
from loaders.text.folding import fold
from tests import shared

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path for path in (ROOT / "loaders" / "samples").iterdir() if path.stem != "README")
REAL = sorted(path for path in shared.REPORTS.glob("*") if path.suffix in SUFFIXES)
REPORTS = [
    *(pytest.param(path, id=path.name) for path in SAMPLES),
    *(pytest.param(path, id=path.name, marks=pytest.mark.shared) for path in REAL),
]
WITH_VALUE = {CellStatus.REPORTED, CellStatus.PLACED}


@pytest.mark.shared
def test_the_real_reports_are_there() -> None:
    assert len(REAL) >= 5


def parsed(path: Path) -> Document:
    (entry,) = inventory([path], suffixes=SUFFIXES).entries
    outcome = parse_entry(entry)
    assert outcome.document is not None, outcome.fault
    return outcome.document


def spans_of(document: Document) -> Iterator[tuple[str, int, int, str | None]]:
    """Every span of a document, and the text it must quote where the document repeats it."""
    for section in document["sections"]:
        yield "section", section["start"], section["end"], None
        yield "heading", section["start"], section["headingEnd"], None
    for passage in document["passages"]:
        yield "passage", passage["start"], passage["end"], None
    for statistic in document["statistics"]:
        yield "statistic", statistic["start"], statistic["end"], statistic["text"]
        if statistic["labelStart"] is not None:
            yield "label", statistic["labelStart"], statistic["labelEnd"], statistic["label"]
    for cell in document["cells"]:
        if cell["start"] is not None:
            yield cell["path"], cell["start"], cell["end"], cell["text"]
    for name, span in document["spans"].items():
        yield name, span["start"], span["end"], None
    for cited in document["citedDocuments"]:
        yield "cited", cited["start"], cited["end"], None


def same(printed: str, quoted: str) -> bool:
    """Whether two texts are the same but for width and for blanks, which clean text drops."""
    return "".join(fold(printed).split()) == "".join(fold(quoted).replace("\u200b", "").split())


@pytest.mark.parametrize("path", REPORTS)
def test_every_span_quotes_the_raw_text(path: Path) -> None:
    document = parsed(path)
    raw = document["rawText"]
    for what, start, end, text in spans_of(document):
        assert 0 <= start <= end <= len(raw), what
        assert text is None or same(text, raw[start:end]), (what, text, raw[start:end])


@pytest.mark.parametrize("path", REPORTS)
def test_figures_and_cells_tell_the_same(path: Path) -> None:
    document = parsed(path)
    for cell in document["cells"]:
        assert get(document, cell["path"]) == cell["value"], cell
        assert (cell["value"] is not None) == (cell["status"] in WITH_VALUE), cell


@pytest.mark.parametrize("path", REPORTS)
def test_each_declared_cell_of_a_form_found_is_listed_once(path: Path) -> None:
    document = parsed(path)
    paths = [cell["path"] for cell in document["cells"]]
    assert len(paths) == len(set(paths))
    declared = {cell.path for cell in cells_of(FORMS)}
    assert set(paths) <= declared
    for table in document["tables"]:
        form = next(form for form in FORMS if form.id == table["form"])
        edition = form.edition(table["edition"])
        assert edition is not None
        printed = {cell.path for cell in form.cells_of(edition) if cell.row.printed}
        assert printed <= set(paths)


@pytest.mark.parametrize("path", REPORTS)
def test_sections_passages_and_figures_refer_to_each_other(path: Path) -> None:
    document = parsed(path)
    sections = {section["id"]: section for section in document["sections"]}
    passages = {passage["id"]: passage for passage in document["passages"]}
    assert len(sections) == len(document["sections"])
    assert len(passages) == len(document["passages"])
    for section in document["sections"]:
        assert section["parent"] is None or section["parent"] in sections
    for passage in document["passages"]:
        assert passage["section"] is None or passage["section"] in sections
    for statistic in document["statistics"]:
        assert statistic["passage"] in passages
        assert statistic["partOf"] is None or 0 <= statistic["partOf"] < len(document["statistics"])


@pytest.mark.parametrize("path", REPORTS)
def test_parsing_twice_gives_the_same_document(path: Path) -> None:
    assert parsed(path) == parsed(path)


def source(text: str) -> SourceText:
    return SourceText(
        text=text,
        media_type="text/plain",
        encoding="utf-8",
        furniture={},
        sha256="0" * 64,
        bytes=len(text.encode("utf-8", "surrogatepass")),
        body=(0, len(text)),
    )


@given(text=st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_is_a_document(text: str) -> None:
    document: dict[str, Any] = parse(source(text), name="any.txt")

    assert document["rawText"] == text


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_report_cut_anywhere_is_still_a_document_whose_spans_quote(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([path for path in SAMPLES if path.suffix == ".txt"])).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    document = parse(source(text[start:end]), name="cut.txt")

    for what, begin, stop, quoted in spans_of(document):
        assert quoted is None or same(quoted, document["rawText"][begin:stop]), what
