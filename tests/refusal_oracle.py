"""Which aggregations must be refused, and by which code, in plain Python over the rows of each group."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from loaders.document import Document, get
from tests.oracle import told

LEVELS = ("province", "prefecture", "county", "township")
STOCK = re.compile(
    r"proactiveDisclosure\.\w+\.(inForce|publishedTotal|previousYearItems)|requests\.(carriedOver|pending)\.\w+"
    r"|reviewAndLitigation\.\w+\.pending|concept\.(carriedOver|pending)"
    r"|annexStatistics\.organization\.(bodies|readingPoints|staff\.\w+)"
)
"""What is there at one moment: written here anew, so that a declaration that goes is missed."""

Rows = Sequence[Document]
Known = Callable[[Document], bool]
"""Whether a row has what a metric is made of."""


def says_kind(where: Mapping[str, Any]) -> bool:
    """Whether a filter on reports has a condition on their kind."""
    parts = (part for key in ("and", "or") for part in where.get(key) or ())
    return "kind" in where or any(map(says_kind, (*parts, *([where["not"]] if "not" in where else ()))))


def refused_reports(
    groups: Iterable[Rows], measures: Sequence[Any], paths: Mapping[str, Sequence[str]], figures: str, waived: set[str]
) -> str | None:
    """The code that groups of reports are refused with; `paths` are those that a figure or ratio is made of."""
    made = [(paths[_name(one)], one) for one in measures if _combines(one)]

    def known(path: Sequence[str]) -> Known:
        return lambda row: all(_is_number(told(row, one, figures)[0]) for one in path)

    stocks = [known(path) for path, one in made if _function(one) == "SUM" and STOCK.fullmatch(path[0])]
    tests: list[tuple[str, str, Callable[[Rows], bool]]] = [
        ("mixScopes", "SCOPES_MIXED", lambda rows: bool(made) and _nested(rows)),
        ("mixKinds", "KINDS_MIXED", lambda rows: _differ(rows, "kind", *(known(path) for path, _ in made))),
        ("mixYears", "STOCKS_SUMMED", lambda rows: any(_differ(rows, "year", stock) for stock in stocks)),
    ]
    return _first(groups, tests, waived)


def refused_statistics(groups: Iterable[Rows], functions: Sequence[str], every: Rows, waived: set[str]) -> str | None:
    """The code that groups of narrative figures are refused with; `every` row tells what is part of what."""
    combined, added = set(functions) - {"COUNT"}, set(functions) & {"SUM", "AVG"}
    part_of = {row["_id"]: (row["partOf"], row.get("breakdown")) for row in every}

    def is_number(row: Document) -> bool:
        return _is_number(row["value"])

    def numbers(rows: Rows) -> Rows:
        return list(filter(is_number, rows))

    tests: list[tuple[str, str, Callable[[Rows], bool]]] = [
        ("mixScopes", "SCOPES_MIXED", lambda rows: bool(combined) and _nested(rows)),
        ("mixKinds", "KINDS_MIXED", lambda rows: bool(combined) and _differ(rows, "kind", is_number)),
        ("mixUnits", "UNITS_MIXED", lambda rows: bool(combined) and _differ(rows, "unit", is_number)),
        ("mixParts", "PARTS_MIXED", lambda rows: bool(added) and _differ(rows, "cumulative", is_number)),
        ("mixParts", "PARTS_MIXED", lambda rows: bool(added) and _twice(numbers(rows), part_of)),
    ]
    return _first(groups, tests, waived)


def _first(
    groups: Iterable[Rows], tests: Sequence[tuple[str, str, Callable[[Rows], bool]]], waived: set[str]
) -> str | None:
    asked = list(groups)
    codes = (code for waiver, code, test in tests if waiver not in waived and any(map(test, asked)))
    return next(codes, None)


def _name(measure: Any) -> str:
    name: str = measure["ratio"] if "ratio" in measure else measure["figure"]["figure"]
    return name


def _function(measure: Any) -> str | None:
    return measure["figure"]["function"] if "figure" in measure else None


def _combines(measure: Any) -> bool:
    """Whether one number is made of several figures: counts of reports, of values and of checks are not."""
    return "ratio" in measure or ("figure" in measure and _function(measure) != "COUNT")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def _differ(rows: Rows, path: str, *known: Known) -> bool:
    """Whether rows that have something that is measured differ in something."""
    return len({get(row, path) for row in rows if any(test(row) for test in known)}) > 1


def _nested(rows: Rows) -> bool:
    """Whether an aggregate stands beside another report of its year from inside its region."""
    if len({(row["scope"], get(row, "agency.level")) for row in rows}) < 2:
        return False
    return any(
        _report(one) != _report(other) and one["year"] == other["year"] and _own(one) in _places(other)
        for one in rows
        for other in rows
        if one["scope"] == "SYSTEM_AGGREGATE" or (one["scope"] == "REGION_AGGREGATE" and other["scope"] != "VERTICAL")
    )


def _report(row: Document) -> str:
    found: str = row.get("report") or row["_id"]
    return found


def _places(row: Document) -> list[tuple[str | None, ...]]:
    names = tuple(get(row, f"agency.region.{level}") for level in LEVELS)
    return [names[: depth + 1] for depth, name in enumerate(names) if name is not None]


def _own(row: Document) -> tuple[str | None, ...] | None:
    return next(reversed(_places(row)), None)


def _twice(rows: Rows, part_of: Mapping[str, tuple[int | None, int | None]]) -> bool:
    """Whether a figure stands beside a part of it, or parts of one whole by two breakdowns."""
    ids = {row["_id"] for row in rows}
    ways: dict[str, set[int | None]] = defaultdict(set)
    for row in rows:
        report, step, seen = row["report"], row["_id"], {row["_id"]}
        while (link := part_of[step])[0] is not None:
            whole = f"{report}/{link[0]}"
            if whole not in part_of or whole in seen:
                break
            ways[whole].add(link[1])
            seen.add(whole)
            step = whole
    return bool(ids & ways.keys()) or any(len(found) > 1 for found in ways.values())
