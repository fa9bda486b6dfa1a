"""A stored report as checks read it: typed, and silent about whatever is missing or of another type than expected.

What is not there is None, an empty text or an empty list, so that no odd document can stop a check.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from loaders.document import CellStatus, Document, Number, ReportKind
from loaders.forms import Cell, Edition, Form
from loaders.forms.messages import Message
from loaders.forms.roles import Role
from loaders.text.folding import bare, fold
from loaders.text.simplified import plain

# Beyond 9999 there is no date, and no division of what no float can hold: either would stop every check of a report
# (test: test_a_document_of_anything_at_all_is_checked)
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_LARGEST = 10**15
_BLANK = frozenset({CellStatus.BLANK, CellStatus.NOT_APPLICABLE})
R = TypeVar("R", bound=Role)
T = TypeVar("T")


@dataclass(frozen=True)
class Report:
    """The facts of one stored document, read with the declared forms."""

    document: Document
    forms: Sequence[Form]

    @property
    def year(self) -> int | None:
        """The year reported on."""
        year = number(self.document.get("year"))
        return year if isinstance(year, int) and _FIRST_YEAR <= year <= _LAST_YEAR else None

    @property
    def is_annual(self) -> bool:
        """Whether it is an annual report, which the rules on edition, period and dates are about."""
        return self.document.get("kind") == ReportKind.ANNUAL_REPORT

    def word(self, key: str) -> str | None:
        """A text or code of the document, by its key."""
        value = self.document.get(key)
        return value if isinstance(value, str) else None

    def day(self, key: str) -> date | None:
        """A date of the document, by its key; None where it is no whole date."""
        try:
            return date.fromisoformat(self.word(key) or "")
        except ValueError:
            return None

    @property
    def agency(self) -> Mapping[str, Any]:
        """The agency, empty where there is none."""
        return _mapping(self.document.get("agency"))

    def items(self, key: str) -> list[Mapping[str, Any]]:
        """The objects in a list of the document, by its key."""
        found = self.document.get(key)
        return [item for item in found if isinstance(item, dict)] if isinstance(found, (list, tuple)) else []

    @cached_property
    def statistics(self) -> list[Mapping[str, Any]]:
        """The figures of the narrative."""
        return self.items("statistics")

    @cached_property
    def editions(self) -> tuple[tuple[Form, Edition], ...]:
        """The forms found and the edition each follows, in declared order."""
        found = {str(table.get("form")): str(table.get("edition")) for table in self.items("tables")}
        pairs = ((form, form.edition(found[form.id])) for form in self.forms if form.id in found)
        return tuple((form, edition) for form, edition in pairs if edition is not None)

    def roles(self, kind: type[R]) -> list[R]:
        """The figures that play a role, over all forms in declared order."""
        return [role for form in self.forms for role in form.placed_roles if isinstance(role, kind)]

    @cached_property
    def declared(self) -> Mapping[str, Cell]:
        """Every declared cell by its path."""
        return _declared(tuple(self.forms))

    def under(self, prefix: str) -> Sequence[Cell]:
        """The declared cells under a path (form and row, or group of rows)."""
        return _families(tuple(self.forms)).get(prefix, ())

    @cached_property
    def cells(self) -> Mapping[str, Mapping[str, Any]]:
        """Every cell that the report lists, with its evidence, by its path."""
        return {str(cell.get("path")): cell for cell in self.items("cells")}

    def listed(self, prefix: str) -> list[str]:
        """The paths of the cells that the report lists under a path (form, row or group of rows)."""
        start = prefix + "."
        return [path for path in self.cells if path.startswith(start)]

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """What the report keeps under its forms, by every path there: each is asked for by many rules."""
        found: dict[str, Any] = {}
        for form in self.forms:
            _flatten(form.id, self.document.get(form.id), found)
        return found

    def printed(self, path: str) -> bool:
        """Whether the report's tables have that cell, with a figure or without."""
        return path in self.values

    def figure(self, path: str) -> Number | None:
        """The figure of a cell as printed, None where there is none."""
        return self._figures.get(path)

    @cached_property
    def _figures(self) -> Mapping[str, Number | None]:
        return {
            path: number(value.get("value") if isinstance(value, dict) else value)
            for path, value in self.values.items()
        }

    def yuan(self, path: str) -> Number | None:
        """The amount of a cell in 元, None where the unit is not known."""
        value = self.values.get(path)
        return number(value.get("yuan")) if isinstance(value, dict) else None

    def status(self, path: str) -> str | None:
        """How a cell was read."""
        return self._statuses.get(path)

    @cached_property
    def _statuses(self) -> Mapping[str, str]:
        return {path: status for path, cell in self.cells.items() if isinstance(status := cell.get("status"), str)}

    def is_blank(self, path: str) -> bool:
        """Whether a cell is printed empty or with a stroke."""
        return self.status(path) in _BLANK

    @cached_property
    def raw(self) -> str:
        """The raw text."""
        return self.word("rawText") or ""

    @cached_property
    def plain(self) -> str:
        """The raw text as patterns meet it, exactly as long."""
        return plain(fold(self.raw))

    @cached_property
    def main_sections(self) -> list[Mapping[str, Any]]:
        """The sections at the top, in text order."""
        return [section for section in self.items("sections") if section.get("parent") is None]

    def main_section(self, role: str) -> Mapping[str, Any] | None:
        """The first main section of that role."""
        return next((section for section in self.main_sections if section.get("role") == role), None)

    def text_under(self, section: Mapping[str, Any]) -> str:
        """The folded text under a heading, blanks taken out."""
        start, end = (section.get(key) for key in ("headingEnd", "end"))
        if not isinstance(start, int) or not isinstance(end, int):
            return ""
        return bare(self.plain[max(0, start) : max(0, end)])

    def name_of(self, path: str) -> Message:
        """What a cell is called: its row and column, in English and in Chinese."""
        cell = self.declared.get(path)
        return Message(cell.en, cell.zh) if cell else Message(path, path)

    def row_name(self, prefix: str) -> Message:
        """What the row at a path (form and row) is called."""
        label = next((cell.row.label for cell in self.under(prefix)), None)
        return Message(label.en, label.zh) if label else Message(prefix, prefix)

    def once(self, work: Callable[["Report"], T]) -> T:
        """What a function makes of the report, worked out the first time that it is asked for."""
        if work not in self._done:
            self._done[work] = work(self)
        done: T = self._done[work]
        return done

    @cached_property
    def _done(self) -> dict[Callable[["Report"], Any], Any]:
        return {}


@lru_cache(maxsize=8)
def _declared(forms: tuple[Form, ...]) -> Mapping[str, Cell]:
    return {cell.path: cell for form in forms for cell in form.cells}


@lru_cache(maxsize=8)
def _families(forms: tuple[Form, ...]) -> Mapping[str, Sequence[Cell]]:
    """The declared cells under every path that has any."""
    found: dict[str, list[Cell]] = {}
    for path, cell in _declared(forms).items():
        steps = path.split(".")
        for depth in range(1, len(steps)):
            found.setdefault(".".join(steps[:depth]), []).append(cell)
    return found


def _flatten(path: str, node: Any, found: dict[str, Any]) -> None:
    """Add all that is kept under a path, each by its own."""
    if isinstance(node, dict):
        for key, value in node.items():
            found[f"{path}.{key}"] = value
            _flatten(f"{path}.{key}", value, found)


def columns_of(report: Report, row: str) -> list[str]:
    """The ids of the columns that the row at a path (form and row) is crossed with."""
    return [cell.path.rpartition(".")[2] for cell in report.under(row)]


def printed_cells(form: Form, edition: Edition) -> Iterator[Cell]:
    """The cells that an edition prints: not those of rows that it has only where a report prints them unasked."""
    return (cell for cell in form.cells_of(edition) if cell.row.printed)


def form_name(form: Form) -> Message:
    """What a form is called."""
    return Message(form.label.en, form.label.zh)


def number(value: Any) -> Number | None:
    """The value where it is a number that a report can hold, else None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if abs(value) <= _LARGEST else None


def total(values: Iterator[Number | None] | Sequence[Number | None]) -> Number:
    """The sum, without the dust that adding decimals leaves."""
    added = sum(filter(None, values))
    return added if isinstance(added, int) else round(added, 6)


def is_whole(value: Number) -> bool:
    """Whether a number is an integer, however it is stored."""
    return isinstance(value, int) or value.is_integer()


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
