"""The questions people ask, one runnable query each: the answers are worked out from the kept figures of the samples.

Nothing of the server is used to expect: figures come from `tests/golden/samples`, formulas are written here anew.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
import orjson
import pytest

from tests.documented import QUESTIONS

GOLDEN = Path(__file__).parents[1] / "golden" / "samples"
README = Path(__file__).parents[2] / "README.md"
FEW = 30  # a rate over fewer cases is marked
FEWEST_PEERS = 5
# This town leaves cells blank, and prints a total that its other figures make up: nothing is left for these.
IMPLIED = {("青岚县栖云镇人民政府", 2021): {"requests.outcomes.partiallyGranted.total": 0}}
LEVELS = {"镇人民政府": "TOWNSHIP", "县": "COUNTY", "区人民政府": "COUNTY"}


@dataclass(frozen=True)
class Sample:
    """What is kept of one sample: who it is by, and its figures."""

    agency: str
    year: int
    scope: str
    edition: str
    cells: dict[str, float]

    @property
    def level(self) -> str | None:
        return next((level for word, level in LEVELS.items() if word in self.agency), None)

    @property
    def county(self) -> str | None:
        return next((county for county in ("青岚县", "望舒区") if county in self.agency), None)


def kept() -> list[Sample]:
    """The annual reports among the samples."""
    files = [orjson.loads(path.read_bytes()) for path in sorted(GOLDEN.glob("*.json"))]
    return [
        Sample(one["agency"], one["year"], one["scope"], one["edition"], one["cells"] | _implied(one))
        for one in files
        if one["kind"] == "ANNUAL_REPORT"
    ]


def _implied(one: dict[str, Any]) -> dict[str, float]:
    return {**IMPLIED.get((one["agency"], one["year"]), {})}


REPORTS = kept()
RECENT = [report for report in REPORTS if report.year >= 2019]
AGGREGATES = [report for report in RECENT if report.scope == "REGION_AGGREGATE"]
Metric = Callable[[Sequence[Sample]], dict[str, Any]]


def measured(value: float | None, n: int, above: float | None = None, below: float | None = None) -> dict[str, Any]:
    few = below is not None and below < FEW
    return {"value": value, "n": n, "numerator": above, "denominator": below, "belowMinimum": few}


def figures(reports: Iterable[Sample], path: str) -> list[float]:
    return [report.cells[path] for report in reports if report.cells.get(path) is not None]


def total(path: str, of: Callable[[Sequence[float]], float] = sum) -> Metric:
    def metric(reports: Sequence[Sample]) -> dict[str, Any]:
        known = figures(reports, path)
        return measured(of(known) if known else None, len(known))

    return metric


def rate(above: Sequence[str], below: Sequence[str]) -> Metric:
    def metric(reports: Sequence[Sample]) -> dict[str, Any]:
        whole = [one for one in reports if all(one.cells.get(path) is not None for path in (*above, *below))]
        a, b = (sum(one.cells[path] for one in whole for path in paths) for paths in (above, below))
        return measured(a / b if b else None, len(whole), a, b) if whole else measured(None, 0) | {"belowMinimum": True}

    return metric


def grouped(reports: Iterable[Sample], by: Sequence[str], metrics: Sequence[Metric]) -> list[dict[str, Any]]:
    """Groups in the order of their keys, missing keys last."""
    groups: dict[tuple[Any, ...], list[Sample]] = {}
    for report in reports:
        groups.setdefault(tuple(getattr(report, key) for key in by), []).append(report)
    ordered = sorted(groups, key=lambda keys: [(key is None, key) if key is not None else (True, "") for key in keys])
    return [
        {
            "keys": [
                {"dimension": name.upper(), "value": None if key is None else str(key)}
                for name, key in zip(by, keys, strict=True)
            ],
            "count": len(groups[keys]),
            "values": [metric(groups[keys]) for metric in metrics],
        }
        for keys in ordered
    ]


def rows(parent: str, names: str) -> list[str]:
    return [f"requests.outcomes.{parent}.{name}.total" for name in names.split()]


def review(ways: str, results: str) -> list[str]:
    return [f"reviewAndLitigation.{way}.{result}" for way in ways.split() for result in results.split()]


RECEIVED, CARRIED, PENDING = (f"requests.{row}.total" for row in ("received", "carriedOver", "pending"))
OUTCOMES = ["requests.outcomes.total.total"]
GRANTED, PARTLY = (f"requests.outcomes.{row}.total" for row in ("granted", "partiallyGranted"))
DENIED = rows(
    "denied",
    "stateSecret prohibitedByLaw publicSecurity thirdPartyRights internalAffairs processInformation enforcementFile "
    "administrativeInquiry",
)
NOT_PROCESSED = rows("notProcessed", "petitionOrComplaint repeated publicPublication excessive confirmation")
APPLICANTS = [
    f"requests.received.{column}"
    for column in (
        "naturalPerson",
        "commercialEnterprise",
        "researchInstitution",
        "socialOrganization",
        "legalServiceOrganization",
        "otherOrganization",
    )
]
COURTS = "directLitigation litigationAfterReconsideration"
DOCUMENTS = "proactiveDisclosure.normativeDocuments"
IN_FORCE = f"{DOCUMENTS}.inForce"


def lost(ways: str) -> Metric:
    return rate(review(ways, "corrected"), review(ways, "upheld corrected other"))


def by_rate_of_not_held() -> list[dict[str, Any]]:
    groups = grouped(RECENT, ["agency"], [rate(rows("unavailable", "notHeld"), OUTCOMES)])
    return sorted(groups, key=lambda group: -group["values"][0]["value"])[:5]


def year_on_year() -> dict[str, Any]:
    mine = sorted((one for one in RECENT if one.agency == "青岚县人民政府"), key=lambda one: one.year)
    points: list[dict[str, Any]] = []
    for before, one in zip([None, *mine], mine, strict=False):
        value, last = one.cells[RECEIVED], before.cells[RECEIVED] if before else None
        points.append(
            {
                "year": one.year,
                "value": value,
                "change": None if last is None else value - last,
                "changeRate": None if last is None else (value - last) / last,
                "breaks": before is not None and before.edition != one.edition,
            }
        )
    by_year = {one.year: received(one) for one in mine}
    around = {"previousYear": {"year": 2020, **by_year[2020]}, "nextYear": {"year": 2022, **by_year[2022]}}
    compared = {
        "received": beside(mine, [RECEIVED]),
        "documents": {
            **beside(mine, [IN_FORCE]),
            "status": "PREVIOUS_NOT_ASKED",
        },  # the form of 2020 has no such figure
        "rate": beside(mine, [GRANTED, PARTLY], OUTCOMES),
    }
    return {"series": points, "report": {**by_year[2021], **around, **compared}}


def beside(mine: Sequence[Sample], above: Sequence[str], below: Sequence[str] = ()) -> dict[str, Any]:
    """The report on 2021 beside that on 2020, in which the form had changed."""
    now, then = (reading(one, above, below) for year in (2021, 2020) for one in mine if one.year == year)
    both = None not in (now["value"], then["value"])
    change = now["value"] - then["value"] if both else None
    return {
        "status": "BELOW_MINIMUM" if few_cases(now) or few_cases(then) else "COMPARED",
        **now,
        "previous": then["value"],
        "previousNumerator": then["numerator"],
        "previousDenominator": then["denominator"],
        "change": change,
        "changeRate": change / then["value"] if both else None,
        "breaks": True,
    }


def reading(report: Sample, above: Sequence[str], below: Sequence[str] = ()) -> dict[str, Any]:
    """What one report says: a figure, or a ratio with both of its sides."""
    if any(report.cells.get(path) is None for path in (*above, *below)):
        return {"value": None, "numerator": None, "denominator": None}
    top, bottom = (sum(report.cells[path] for path in side) for side in (above, below))
    if not below:
        return {"value": top, "numerator": None, "denominator": None}
    return {"value": top / bottom if bottom else None, "numerator": top, "denominator": bottom}


def received(report: Sample) -> dict[str, Any]:
    return {"requests": {"received": {"total": report.cells[RECEIVED]}}}


def rank() -> dict[str, Any]:
    county = [one for one in RECENT if one.level == "COUNTY"]
    ranked = sorted(county, key=lambda one: -one.cells[RECEIVED])
    nodes = [
        {
            "year": one.year,
            "agency": {"name": one.agency},
            "requests": {"received": {"total": one.cells[RECEIVED]}},
            "rank": among_peers(one, county, [RECEIVED]),
            "rate": among_peers(one, county, [GRANTED, PARTLY], OUTCOMES),
        }
        for one in ranked
    ]
    spread = grouped(county, ["scope"], [total(RECEIVED, median), total(RECEIVED, ninetieth)])
    return {"ranking": {"totalCount": len(ranked), "nodes": nodes}, "spread": spread}


def among_peers(
    report: Sample, county: Sequence[Sample], above: Sequence[str], below: Sequence[str] = ()
) -> dict[str, Any]:
    """Where a county-level report of a year stands among those of its scope."""
    own = reading(report, above, below)
    same = [one for one in county if (one.year, one.scope) == (report.year, report.scope)]
    peers = [reading(one, above, below) for one in same]
    values = [one["value"] for one in peers if one["value"] is not None and not few_cases(one)]
    few = few_cases(own)
    more, equal = (
        len([value for value in values if test(value)]) for test in (own["value"].__lt__, own["value"].__eq__)
    )
    less = len(values) - more - equal
    return {
        "status": "BELOW_MINIMUM" if few else "FEW_PEERS" if len(values) < FEWEST_PEERS else "RANKED",
        **own,
        "rank": None if few else more + 1,
        "of": len(values),
        "ties": equal - 1,
        "percentile": 100 * (less + equal / 2) / len(values) if len(values) > 1 else None,
        "median": median(values) if values else None,
        "fewPeers": len(values) < FEWEST_PEERS,
    }


def few_cases(said: dict[str, Any]) -> bool:
    return said["denominator"] is not None and said["denominator"] < FEW


def ninetieth(known: Sequence[float]) -> float:
    return quantiles(known, n=10, method="inclusive")[-1] if len(known) > 1 else known[0]


def aggregate(reports: Iterable[Sample], by: str, *metrics: Metric) -> dict[str, Any]:
    return {"aggregate": grouped(reports, by.split(), metrics)}


FORM_OF_2021 = [report for report in REPORTS if report.edition == "E3"]
EXPECTED: dict[str, Callable[[], dict[str, Any]]] = {
    "01-volume": lambda: aggregate(RECENT, "scope county level year", total(RECEIVED)),
    "02-load-and-backlog": lambda: aggregate(
        AGGREGATES, "year", total(RECEIVED), total(CARRIED), total(PENDING), rate([PENDING], [RECEIVED, CARRIED])
    ),
    "03-disclosure-rate": lambda: aggregate(
        RECENT, "scope year", rate([GRANTED, PARTLY], OUTCOMES), rate([GRANTED], OUTCOMES)
    ),
    "04-denial-grounds": lambda: aggregate(AGGREGATES, "year", *map(total, DENIED), rate(DENIED, OUTCOMES)),
    "05-not-held": lambda: {"aggregate": by_rate_of_not_held()},
    "06-not-processed": lambda: aggregate(
        AGGREGATES, "year", rate(NOT_PROCESSED, OUTCOMES), rate(NOT_PROCESSED[3:4], OUTCOMES), total(NOT_PROCESSED[3])
    ),
    "07-who-asks": lambda: aggregate(AGGREGATES, "year", *map(total, APPLICANTS), rate(APPLICANTS[:1], [RECEIVED])),
    "08-reconsideration": lambda: aggregate(
        RECENT, "scope year", lost("reconsideration"), total(review("reconsideration", "pending")[0])
    ),
    "09-litigation": lambda: aggregate(RECENT, "scope year", lost(COURTS), *map(lost, COURTS.split())),
    "10-rules-in-force": lambda: aggregate(
        FORM_OF_2021,
        "scope level year",
        *(total(f"{DOCUMENTS}.{column}") for column in ("issuedThisYear", "repealedThisYear", "inForce")),
    ),
    "11-year-on-year": year_on_year,
    "12-rank": rank,
}


def asked_for(found: Any, expected: Any) -> Any:
    """The expected answer with only the fields that the query asked for, numbers rounded as far as they are sure."""
    if isinstance(found, dict):
        return {key: asked_for(value, expected[key]) for key, value in found.items()}
    if isinstance(found, list):
        assert len(found) == len(expected)
        return [asked_for(*pair) for pair in zip(found, expected, strict=True)]
    return pytest.approx(expected) if isinstance(expected, float) else expected


@pytest.mark.parametrize("name", EXPECTED)
def test_a_question_is_answered_as_the_samples_say(name: str, address: str) -> None:
    query = (QUESTIONS / f"{name}.graphql").read_text(encoding="utf-8")

    answer = httpx.post(address, json={"query": query}, timeout=30).json()

    assert "errors" not in answer, answer["errors"]
    assert answer["data"] == asked_for(answer["data"], EXPECTED[name]())


def test_every_question_has_an_expected_answer() -> None:
    assert {path.stem for path in QUESTIONS.iterdir()} == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_question_is_asked_in_english_and_chinese(name: str) -> None:
    english, chinese, *_ = (QUESTIONS / f"{name}.graphql").read_text(encoding="utf-8").splitlines()

    assert re.fullmatch(r"# [A-Z][\x20-\x7e]+", english)
    assert re.search(r"[\u4e00-\u9fff]", chinese)


def test_the_readme_links_to_every_question() -> None:
    linked = re.findall(r"\(api/pages/questions/([\w-]+)\.graphql\)", README.read_text(encoding="utf-8"))

    assert linked == list(EXPECTED)
