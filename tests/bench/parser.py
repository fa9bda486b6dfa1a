"""How fast reports are read: reports and megabytes a second on one core, and the time of each stage."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from loaders.document import Span
from loaders.file_formats import SUFFIXES, SourceText, read
from loaders.file_formats.sources import fetch, inventory
from loaders.forms import FORMS
from loaders.identity import identity_of
from loaders.pipeline import parse
from loaders.statistics.report import statistics_of
from loaders.structure import passages_of, sections_of
from loaders.tables.indicators import read_indicators
from loaders.tables.read import read_tables
from loaders.text.folding import fold
from tests.shared import IS_THERE, REPORTS

ROOT = Path(__file__).parents[2]
ROUNDS = 5


def table() -> str:
    """The parser's figures as Markdown, over the owner's reports where they are, else over the samples."""
    folder = REPORTS if IS_THERE else ROOT / "loaders" / "samples"
    entries = inventory([folder], suffixes=SUFFIXES).entries
    sources = [fetch(entry) for entry in entries]
    texts = [(source.name, read(source)) for source in sources if source.suffix in {".txt", ".md"}]
    rows = [_row("whole parse", texts, lambda name, text: parse(text, name=name))]
    rows += [_row(f"· {stage}", texts, run) for stage, run in _stages().items()]
    others = [source for source in sources if source.suffix not in {".txt", ".md"}]
    rows += [f"| reading {Path(item.name).name} | {_best(partial(read, item)) * 1000:.1f} | | |" for item in others]
    head = f"Parser over {len(texts)} text reports in {folder.parent.name}/{folder.name}, one core, best of {ROUNDS}\n"
    return "\n".join([head, "| stage | ms a report | reports/s | MB/s |", "|---|---|---|---|", *rows, ""])


def _stages() -> dict[str, Callable[[str, SourceText], Any]]:
    """Each stage alone, on what the stages before it give."""

    def narrative(text: SourceText) -> tuple[Any, ...]:
        folded, body = fold(text.text), Span(*text.body)
        spans = [found.span for found in read_tables(folded, FORMS)]
        sections = sections_of(text.text, folded, tables=spans, body=body)
        passages = passages_of(text.text, folded, sections, tables=spans, body=body)
        return folded, body, spans, sections, passages

    cache: dict[str, tuple[Any, ...]] = {}

    def before(text: SourceText) -> tuple[Any, ...]:
        if text.sha256 not in cache:
            cache[text.sha256] = narrative(text)
        return cache[text.sha256]

    def sections(_name: str, text: SourceText) -> Any:
        folded, body, spans, *_ = before(text)
        return sections_of(text.text, folded, tables=spans, body=body)

    def passages(_name: str, text: SourceText) -> Any:
        folded, body, spans, found, _ = before(text)
        return passages_of(text.text, folded, found, tables=spans, body=body)

    def figures(_name: str, text: SourceText) -> Any:
        folded, _, _, found, parts = before(text)
        return statistics_of(text.text, folded, passages=parts, sections=found)

    def identity(name: str, text: SourceText) -> Any:
        folded, body, _, found, _ = before(text)
        return identity_of(
            text.text,
            folded,
            furniture=text.furniture,
            name=name,
            url=None,
            sections=found,
            edition="E2",
            body=body,
        )

    return {
        "fold": lambda _name, text: fold(text.text),
        "tables": lambda _name, text: read_tables(before(text)[0], FORMS),
        "indicators": lambda _name, text: read_indicators(before(text)[0], FORMS),
        "sections": sections,
        "passages": passages,
        "statistics": figures,
        "identity": identity,
    }


def _row(stage: str, texts: Sequence[tuple[str, SourceText]], run: Callable[[str, SourceText], Any]) -> str:
    def every() -> None:
        for name, text in texts:
            run(name, text)

    every()
    seconds = _best(every)
    megabytes = sum(text.bytes for _, text in texts) / 1e6
    return f"| {stage} | {seconds * 1000 / len(texts):.2f} | {len(texts) / seconds:,.0f} | {megabytes / seconds:.2f} |"


def _best(run: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)
