"""What the command line shows: for a person on a terminal, for a pipe, and as JSON.

Results go to standard output, everything else (progress, faults, notes) to standard error. Progress is drawn on a
terminal only.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from loaders.document import CheckStatus, Document
from loaders.errors import GongkaiError

ERROR_STYLE, HINT_STYLE = "bold red", "dim"

MOST_NAMED = 20
"""Files passed over that are named to a person."""


@dataclass(slots=True)
class Tally:
    """What a batch came to: how many documents met each fate, what failed, what was passed over and why.

    `not_read` names each file of a folder or an archive that was passed over, with the reason; `doubtful` are the files
    that were taken although nothing in them tells a report, `samples_removed` the samples that made room for real
    reports.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[GongkaiError] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    not_read: Sequence[tuple[str, str]] = ()
    samples_removed: int = 0

    def pass_over(self, reasons: Mapping[str, int]) -> None:
        """So many more were passed over for each reason."""
        for reason, count in reasons.items():
            self.skipped[reason] = self.skipped.get(reason, 0) + count

    def as_json(self) -> dict[str, Any]:
        """The tally as one JSON object."""
        return {
            "outcomes": {name.lower(): count for name, count in sorted(self.outcomes.items())},
            "failures": [fault_as_json(fault) for fault in self.failures],
            "doubtful": self.doubtful,
            "passedOver": self.skipped,
            "notRead": [{"file": name, "reason": reason} for name, reason in self.not_read],
            "samplesRemoved": self.samples_removed,
        }

    def as_text(self) -> str:
        """The tally as one line."""
        parts = [f"{count} {name.lower()}" for name, count in sorted(self.outcomes.items())] or ["nothing loaded"]
        if self.failures:
            parts.append(f"{len(self.failures)} failed")
        if self.doubtful:
            parts.append(f"{len(self.doubtful)} doubtful")
        if self.samples_removed:
            parts.append(f"{counted(self.samples_removed, 'sample')} removed")
        parts += [f"{count} passed over ({reason})" for reason, count in sorted(self.skipped.items())]
        return ", ".join(parts)

    def lines_not_read(self) -> Iterator[str]:
        """The files that were passed over, a line each, and how many more there are where they are many."""
        for name, reason in self.not_read[:MOST_NAMED]:
            yield f"{name}: not read ({reason})"
        if len(self.not_read) > MOST_NAMED:
            yield f"and {counted(len(self.not_read) - MOST_NAMED, 'more file')} not read; --json names all"


def counted(count: int, noun: str) -> str:
    """A number with its noun, such as "1 report" and "2 reports"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def visible(text: str, keep: str = "") -> str:
    r"""The text without what a terminal obeys in place of showing it, or cannot show: escapes stand for that.

    >>> visible("a\x1b[31m.txt\n"), visible("two\nlines", keep="\n")
    ('a\\x1b[31m.txt\\x0a', 'two\nlines')
    """
    return _NOT_SHOWN.sub(lambda match: match[0] if match[0] in keep else _escape(match[0]), text)


# Controls, marks that turn the direction of what follows, and halves of characters.
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]")


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - one byte


def fault_as_json(fault: GongkaiError) -> dict[str, str]:
    """A fault with its code, the place, and what to do."""
    words = {"code": fault.code, "where": fault.where, "message": fault.message, "hint": fault.hint}
    return {name: _SURROGATES.sub(lambda match: _escape(match[0]), word) for name, word in words.items()}


_SURROGATES = re.compile("[\ud800-\udfff]")


class Output:
    """Both streams of a command."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        self._out = Console(soft_wrap=True, highlight=False)
        self._notes = Console(stderr=True, soft_wrap=True, highlight=False)

    def result(self, value: object, text: str) -> None:
        """The command's result: `value` as JSON where JSON is wanted, else `text`."""
        if self.as_json:
            write_json(value)
        else:
            self._out.print(visible(text, keep="\n\t"), markup=False)

    def note(self, text: str) -> None:
        """A line for the person who waits; silent where JSON is wanted."""
        if not self.as_json:
            self._notes.print(visible(text), markup=False, style=HINT_STYLE)

    def fault(self, fault: GongkaiError) -> None:
        """A fault as a line, and what to do about it as another."""
        place = f"{fault.where}: " if fault.where else ""
        self._notes.print(visible(f"{place}{fault.message} [{fault.code}]"), markup=False, style=ERROR_STYLE)
        if fault.hint:
            self._notes.print(f"  {visible(fault.hint)}", markup=False, style=HINT_STYLE)

    @contextmanager
    def progress(self, label: str, total: int, *, in_bytes: bool = False) -> Iterator["Bar"]:
        """A progress bar over `total` steps, or so many bytes, drawn on a terminal only."""
        count = DownloadColumn() if in_bytes else MofNCompleteColumn()
        columns = (TextColumn("{task.description}"), BarColumn(), count, TimeRemainingColumn())
        shown = self._notes.is_terminal and not self.as_json
        with Progress(*columns, console=self._notes, disable=not shown, transient=True) as progress:
            yield Bar(progress, progress.add_task(label, total=total))

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads the results, not a program."""
        return self._out.is_terminal

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table on a terminal, tab-separated lines in a pipe."""
        if not self._out.is_terminal:
            for row in (headings, *rows):
                click.echo("\t".join(map(visible, row)))
            return
        # Folded, for Chinese has no spaces to break at and would be cut off.
        columns = (Column(heading, overflow="fold") for heading in headings)
        table = Table(*columns, header_style="bold", box=None, pad_edge=False)
        for row in rows:
            table.add_row(*(visible(cell, keep="\n") for cell in row))
        Console(highlight=False).print(table, markup=False)

    def group(self, heading: str, rows: Iterable[Sequence[str]]) -> None:
        """A heading, and indented under it rows whose last cell has the rest of the line; nothing without rows."""
        table = Table(box=None, show_header=False, padding=(0, 0, 0, 2))
        for row in rows:
            table.add_row(*map(visible, row))
        if table.columns:
            for column in table.columns[:-1]:
                column.no_wrap = True
            table.columns[-1].overflow = "fold"
            self._out.print(visible(heading), markup=False, style="bold")
            Console(highlight=False).print(table, markup=False)


@dataclass(frozen=True, slots=True)
class Bar:
    """A running progress bar."""

    progress: Progress
    task: Any

    def step(self, count: int = 1) -> None:
        """So many more are done."""
        self.progress.advance(self.task, count)


def write_json(value: object) -> None:
    """Write JSON to standard output, Chinese unescaped; indented on a terminal."""
    option = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if sys.stdout.isatty() else 0)
    sys.stdout.buffer.write(orjson.dumps(value, option=option))
    sys.stdout.buffer.flush()


def finding_rows(documents: Iterable[Document]) -> Iterator[tuple[str, ...]]:
    """The checks of documents as rows of text."""
    for document in documents:
        for check in document["checks"]:
            yield (
                *_whose(document),
                check["rule"],
                check["status"],
                check["severity"],
                check["subject"] or "",
                _shown(check, "left"),
                _shown(check, "right"),
                check["messageZh"],
            )


def finding_group(document: Document) -> tuple[str, list[tuple[str, ...]]]:
    """The checks of a document for a person: whose they are, and of each what its columns and figures say in words.

    A check that fails is shown by how much that weighs, any other by its status.
    """
    rows: list[tuple[str, ...]] = [
        (f"{check['rule']:<3}", f"{_verdict(check):<7}", _worded(check["subject"], check["messageZh"]))
        for check in document["checks"]
    ]
    return "  ".join(_whose(document)), rows


def _whose(document: Document) -> tuple[str, str]:
    source = document["source"]["name"]
    return str(document["agency"]["name"] or document["title"] or source), str(document["year"] or "")


def _verdict(check: Mapping[str, Any]) -> str:
    return str(check["severity"] if check["status"] == CheckStatus.FAIL else check["status"])


def _worded(subject: str | None, message: str) -> str:
    return f"{message} [{subject}]" if subject else message


FINDING_HEADINGS = ("agency", "year", "rule", "status", "severity", "subject", "left", "right", "message")


def _shown(check: Mapping[str, Any], side: str) -> str:
    return "" if check[side] is None else f"{check[side]:,}"
