"""Damaged files through the real command: `python -m tests.damaged_files 10000`; of a number the same files always.

Texts with the damages of crawlers (`tests.loaders.tables.damages`), which change no figure; files of every format with
bytes changed, cut off, in another encoding or under another suffix; and files made to stop a program. What must come
of it: each file is loaded or named with a code, no traceback, no end that does not come, and no figure invented.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import normalize

from pymongo import MongoClient

from api.mongo.driver import make_primary
from api.mongo.private_mongod import Lease
from tests.documents import report_document
from tests.loaders.tables.damage import damaged
from tests.loaders.test_cross_format import YEARS, printed_report
from tests.rendering import LAYOUTS, render

_SELF_REFERRING = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n2 0 R\nendobj\n3 0 obj\n3 0 R\nendobj\n"
)
_ENCODINGS = ("gb18030", "utf-16", "utf-8-sig", "big5", "shift_jis", "utf-32")
_SUFFIXES = sorted({layout.suffix for layout in LAYOUTS.values()})
Damage = Callable[[bytes, Random], bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of so many damaged files."""

    seconds: float
    exit_code: int
    outcomes: Mapping[str, int]
    faults: Mapping[str, int]
    errors: str
    unaccounted: int
    invented: tuple[str, ...] = field(default=())

    def lines(self) -> Iterator[str]:
        """The outcome as lines of text."""
        yield f"{self.seconds:.0f} s, exit code {self.exit_code}; {dict(self.outcomes)}"
        yield f"faults: {dict(sorted(self.faults.items()))}; without outcome: {self.unaccounted}"
        yield f"tracebacks: {self.errors.count('Traceback')}; figures invented: {len(self.invented)}"
        yield from self.invented[:20]


def write_files(folder: Path, number: int) -> dict[str, Mapping[str, Any] | None]:
    """Put so many damaged files into a folder; of each the figures that were printed in it, where these are known."""
    folder.mkdir(parents=True, exist_ok=True)
    printed: dict[str, Mapping[str, Any] | None] = {}
    for seed in range(number):
        suffix, data, figures = _file(seed)
        name = f"{seed:06}{suffix}"
        (folder / name).write_bytes(data)
        printed[name] = figures
    return printed


def run(folder: Path, uri: str, database: str, *, number: int, seconds: float) -> Outcome:
    """Load so many damaged files; a command that takes longer than these seconds is one that hangs."""
    printed = write_files(folder / "files", number)
    environment = {"MONGODB_URI": uri, "GONGKAI_DATABASE": database, "GONGKAI_DATA": str(folder / "data")}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "load", folder / "files", "--json"],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )
    told = json.loads(done.stdout)
    faults = Counter(fault["code"] for fault in told["failures"])
    return Outcome(
        time.monotonic() - began,
        done.returncode,
        told["outcomes"],
        faults,
        done.stderr,
        number - faults.total() - sum(told["outcomes"].values()) - sum(told["passedOver"].values()),
        tuple(_invented(uri, database, printed)),
    )


def _invented(uri: str, database: str, printed: Mapping[str, Mapping[str, Any] | None]) -> Iterator[str]:
    """Figures that are not printed where they say they are, or not in the file that was damaged."""
    with MongoClient[dict[str, Any]](uri) as client:
        for collection in ("reports", "revisions"):
            for document in client[database][collection].find():
                name = document["source"]["name"]
                figures = printed[name.rpartition("/")[2]]
                for cell in filter(_has_figure, document["cells"]):
                    text = document["rawText"][cell["start"] : cell["end"]]
                    value = cell["value"]["value"] if isinstance(cell["value"], dict) else cell["value"]
                    if _plain(text) != _plain(cell["text"]):
                        yield f"{name}: {cell['path']} quotes {cell['text']!r}, printed is {text!r}"
                    elif figures is not None and value != figures.get(cell["path"]):
                        yield f"{name}: {cell['path']} is {value}, printed is {figures.get(cell['path'])}"


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def _has_figure(cell: Mapping[str, Any]) -> bool:
    return cell["value"] is not None and cell["start"] is not None


def _file(seed: int) -> tuple[str, bytes, Mapping[str, Any] | None]:
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    kind = random.random()
    if kind < 0.5:
        report, _, _, text = damaged(seed)
        return ".txt", text.encode(), report.figures
    if kind < 0.55:
        return random.choice(_MADE_TO_STOP)()
    layout = random.choice(list(LAYOUTS.values()))
    edition = random.choice(list(YEARS))
    data = render(printed_report(report_document(seed % 50, year=YEARS[edition]), edition), layout.id)
    suffix = random.choice(_SUFFIXES) if random.random() < 0.2 else layout.suffix
    return suffix, random.choice(_DAMAGES)(data, random), None


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def _torn(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data))
    return data[:start] + data[start + random.randrange(2_000) :]


def _changed(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 3, 30, 300))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _repeated(data: bytes, random: Random) -> bytes:
    start, length = random.randrange(len(data)), random.randrange(5_000)
    return data[: start + length] + data[start:]


def _encoded(data: bytes, random: Random) -> bytes:
    return data.decode(errors="replace").encode(random.choice(_ENCODINGS), errors="ignore") or b"?"


_DAMAGES: tuple[Damage, ...] = (_cut, _torn, _changed, _repeated, _encoded)


def _of_text(text: str) -> tuple[str, bytes, None]:
    return ".txt", text.encode(), None


_TITLE = "青岚县水务局2021年政府信息公开工作年度报告\n"
_MADE_TO_STOP: tuple[Callable[[], tuple[str, bytes, None]], ...] = (
    lambda: _of_text(_TITLE + "规章 | 本年制发件数\n行政规范性文件 | " + "9" * 4_301),
    lambda: _of_text(_TITLE + "收到申请" + "1，" * 8_000),
    lambda: _of_text(_TITLE + '\\"' * 8_000),
    lambda: _of_text(""),
    lambda: _of_text("\0" * 5_000),
    lambda: (".pdf", _SELF_REFERRING + b"trailer<</Root 1 0 R/Info 3 0 R>>", None),
    lambda: (".html", _TITLE.encode() + b"<table><tr><td>" * 3_000, None),
    lambda: (".html", _TITLE.encode() + b'<table><tr><td colspan="99999999" rowspan="99999999">1</table>', None),
)


def main() -> None:
    """Load as many damaged files as the argument says, and tell what became of them."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        lease = Lease(Path(folder) / "mongod", make_primary=make_primary)
        try:
            outcome = run(Path(folder), lease.join(), "damaged", number=number, seconds=86_400)
        finally:
            lease.leave()
    print("\n".join(outcome.lines()))  # noqa: T201 - what it was asked for
    sys.exit(1 if outcome.unaccounted or outcome.invented or "Traceback" in outcome.errors else 0)


if __name__ == "__main__":
    main()
