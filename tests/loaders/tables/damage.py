"""Reports damaged at random and read again: what is still found, and whether any figure is false.

A figure is false if the damaged text gives it and the undamaged one gives another or none. Run as a script it prints
the curve of recovery over the amount of damage: `python -m tests.loaders.tables.damage 10000`.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from loaders.document import Number
from loaders.file_formats import read
from loaders.file_formats.sources import SourceFile
from loaders.forms import FORMS
from loaders.tables.read import read_tables
from loaders.text.folding import fold
from tests.loaders.tables.damages import DAMAGES, truncate
from tests.loaders.tables.toy import figures
from tests.shared import GOLD, REPORTS

ROOT = Path(__file__).parents[3]
SAMPLES, GOLDEN = ROOT / "loaders" / "samples", ROOT / "tests" / "golden" / "samples"
AMOUNTS = (1, 2, 4, 8, 16, 32, 64)
_MARGIN = 100
_MOST_KINDS = 4
_ALL_KINDS = 0.2


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its figures, and the stretch of it that holds the tables."""

    name: str
    text: str
    figures: dict[str, Number | None]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a damaged report gives: how many of its figures are found again, and the false ones."""

    seed: int
    name: str
    amount: int
    damages: tuple[str, ...]
    found: int
    total: int
    false: tuple[tuple[str, Number, Number | None], ...]


def text_of(path: Path) -> str:
    """The canonical text of a file."""
    return read(SourceFile(path.name, path.read_bytes())).text


@cache
def reports() -> tuple[Report, ...]:
    """Every sample, and where the owner's reports are at hand every one of them that has gold, if it has tables."""
    names = [SAMPLES / json.loads(gold.read_text(encoding="utf-8"))["file"] for gold in sorted(GOLDEN.glob("*.json"))]
    names += [
        REPORTS / json.loads(gold.read_text(encoding="utf-8"))["file"] for gold in sorted(GOLD.glob("tables-*.json"))
    ]
    return tuple(found for path in names if (found := _report(path)))


def _report(path: Path) -> Report | None:
    text = text_of(path)
    spans = [form.span for form in read_tables(fold(text), FORMS)]
    if not spans:
        return None
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return Report(path.name, text, figures(text), max(0, start - _MARGIN), min(len(text), end + _MARGIN))


def damaged(seed: int) -> tuple[Report, int, tuple[str, ...], str]:
    """The damaged text of a case, with its report, the amount of damage and its kinds."""
    rng = Random(seed)  # noqa: S311  (no secret)
    report = rng.choice(reports())
    amount = rng.choice(AMOUNTS)
    kinds = DAMAGES if rng.random() < _ALL_KINDS else rng.sample(DAMAGES, rng.randint(1, _MOST_KINDS))
    body, tail = report.text[report.start : report.end], report.text[report.end :]
    done: list[str] = []
    for _ in range(amount):
        damage = rng.choice(kinds)
        if damage is truncate:
            if truncate.__name__ in done or not body:
                continue
            tail = ""
        body = damage(body, rng) if body else body
        done.append(damage.__name__)
    return report, amount, tuple(sorted(set(done))), report.text[: report.start] + body + tail


def outcome(seed: int) -> Outcome:
    """What reading the case gives."""
    report, amount, kinds, text = damaged(seed)
    found = figures(text)
    true = {path: value for path, value in report.figures.items() if value is not None}
    return Outcome(
        seed,
        report.name,
        amount,
        kinds,
        sum(found.get(path) == value for path, value in true.items()),
        len(true),
        tuple((path, value, true.get(path)) for path, value in found.items() if value not in {None, true.get(path)}),
    )


def curve(outcomes: Iterable[Outcome]) -> dict[int, tuple[int, float, int]]:
    """For each amount of damage: the cases, the share of figures still found, the false figures."""
    by_amount: dict[int, list[Outcome]] = {amount: [] for amount in AMOUNTS}
    for item in outcomes:
        by_amount[item.amount].append(item)
    return {
        amount: (
            len(items),
            sum(item.found for item in items) / max(1, sum(item.total for item in items)),
            sum(len(item.false) for item in items),
        )
        for amount, items in by_amount.items()
    }


def lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The curve as lines of text, then each case with a false figure."""
    known = list(outcomes)
    yield "damages  cases  figures found  false"
    for amount, (cases, share, false) in curve(known).items():
        yield f"{amount:7}  {cases:5}  {share:12.1%}  {false:5}"
    for item in known:
        if item.false:
            yield f"seed {item.seed}: {item.name}, {item.amount} x {', '.join(item.damages)}: {item.false[:3]}"


if __name__ == "__main__":
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    sys.stdout.writelines(f"{line}\n" for line in lines(map(outcome, range(first, first + cases))))
