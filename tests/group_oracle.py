"""What aggregations must answer, in plain Python over plain documents: no MongoDB, no GraphQL, none of their code."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import quantiles, stdev
from typing import Any

from loaders.document import Document, get

PATHS = {
    "YEAR": "year",
    "TEMPLATE": "template",
    "KIND": "kind",
    "SCOPE": "scope",
    "LEVEL": "agency.level",
    "AGENCY_TYPE": "agency.type",
    "PROVINCE": "agency.region.province",
    "PREFECTURE": "agency.region.prefecture",
    "COUNTY": "agency.region.county",
    "AGENCY": "agency.name",
    "ROLE": "role",
    "UNIT": "unit",
    "LABEL": "label",
    "QUALIFIER": "qualifier",
    "CHANGE": "change",
    "MENTION_KIND": "kind",
    "VALUE": "value",
    "TITLE": "title",
    "SUBJECT": "subject",
    "SUBJECT_STATUS": "subjectStatus",
    "CUMULATIVE": "cumulative",
}
MONTH = len("2021-03")
SHARES = {"MEDIAN": 50, "P10": 10, "P25": 25, "P75": 75, "P90": 90}

Key = tuple[str | None, ...]
Measured = Callable[[Any, Sequence[Document]], dict[str, Any]]


def check_status(report: Document) -> str:
    """One failed check fails the report, else one that passed passes it."""
    outcomes = [check["status"] for check in report.get("checks") or ()]
    return "FAIL" if "FAIL" in outcomes else "PASS" if "PASS" in outcomes else "NOT_ASSESSABLE"


def key_of(row: Document, group_by: Iterable[str]) -> Key:
    """The keys of the group that a row is in, as text."""
    values = (dimension(row, name) for name in group_by)
    return tuple(map(_text, values))


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def dimension(row: Document, name: str) -> Any:
    """What a row is grouped by."""
    if name == "PUBLISHED_MONTH":
        month = (row.get("publishedOn") or "")[:MONTH]
        return month if len(month) == MONTH else None
    return check_status(row) if name == "CHECK_STATUS" else get(row, _path(row, name))


def distinct(name: str, rows: Iterable[Document]) -> dict[str, Any]:
    """How many different values the rows have."""
    known = [value for row in rows if (value := dimension(row, name)) is not None]
    return {**counted(len(known)), "value": len(set(known)), "numerator": None, "denominator": None, "breaks": False}


def _path(row: Document, name: str) -> str:
    """Where the value of a dimension is; a mention has a kind of its own, and that of its report beside it."""
    return "reportKind" if name == "KIND" and "reportKind" in row else PATHS[name]


def groups(rows: Iterable[Document], group_by: Sequence[str]) -> dict[Key, list[Document]]:
    """The rows of each group."""
    found: dict[Key, list[Document]] = defaultdict(list)
    for row in rows:
        found[key_of(row, group_by)].append(row)
    return found


def expected(
    rows: Iterable[Document], group_by: Sequence[str], measures: Sequence[Any], measured: Measured
) -> dict[Key, dict[str, Any]]:
    """Each group as an aggregation must show it, by its keys."""
    return {
        key: {
            "count": len(found),
            "breaks": len({row["template"] for row in found}) > 1,
            "values": [measured(measure, found) for measure in measures],
        }
        for key, found in groups(rows, group_by).items()
    }


def of_figures(function: str, figures: Iterable[tuple[Any, bool]]) -> dict[str, Any]:
    """A function of figures, each with whether it is implied; what is missing and ranges are left out."""
    told = [(figure, is_implied) for figure, is_implied in figures if isinstance(figure, int | float)]
    known = sorted(figure for figure, _ in told)
    rests = counted(len(told), sum(is_implied for _, is_implied in told))
    return {**rests, "numerator": None, "denominator": None, "value": value(function, known)}


def counted(n: int, implied: int = 0) -> dict[str, int]:
    """How many have what is measured, and how many of these print it and imply it."""
    return {"n": n, "printed": n - implied, "implied": implied}


def figures_measured(function: str, rows: Sequence[Document]) -> dict[str, Any]:
    """A function of the narrative figures of a group; no format asks for them, so none breaks them."""
    return {**of_figures(function, [(row["value"], False) for row in rows]), "breaks": False}


def value(function: str, known: Sequence[float]) -> float | None:
    """A function of sorted figures."""
    if function == "COUNT":
        return len(known)
    if not known:
        return None
    if function in SHARES:
        return known[0] if len(known) == 1 else quantiles(known, n=100, method="inclusive")[SHARES[function] - 1]
    if function == "STDDEV":
        return stdev(known) if len(known) > 1 else None
    return {"SUM": sum(known), "AVG": sum(known) / len(known), "MIN": known[0], "MAX": known[-1]}[function]


def pass_rate(rule: str | None, reports: Iterable[Document]) -> dict[str, Any]:
    """How many checks passed among those that passed or failed."""
    checks = [report.get("checks") or () for report in reports]
    outcomes = [[check["status"] for check in found if rule in (None, check["rule"])] for found in checks]
    judged = [[outcome for outcome in found if outcome in {"PASS", "FAIL"}] for found in outcomes]
    above, below = sum(found.count("PASS") for found in judged), sum(map(len, judged))
    return {**counted(sum(map(bool, judged))), **sides(above, below, bool(below))}


def sides(above: float, below: float, known: bool) -> dict[str, Any]:  # noqa: FBT001 - what is known, not a switch
    """Both sides of a rate and its value: nothing where no report knows it, never 0 of 0."""
    return {
        "numerator": above if known else None,
        "denominator": below if known else None,
        "value": above / below if below > 0 else None,
    }


def shown(buckets: Iterable[Mapping[str, Any]]) -> dict[Key, dict[str, Any]]:
    """Answered groups by their keys, in the order of the answer."""
    return {
        tuple(key["value"] for key in bucket["keys"]): {name: part for name, part in bucket.items() if name != "keys"}
        for bucket in buckets
    }
