"""Random stocks of reports for oracles: the shapes that real reports have and tidy ones lack, made by a seed.

A world differs from `tests.documents.corpus` in what is missing, tied, negative, huge or odd; every document passes
the validators. What the texts say is left as it is: only what lists compare is changed.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from loaders.document import (
    AgencyLevel,
    AgencyType,
    CellStatus,
    Change,
    CheckStatus,
    Document,
    EventKind,
    EventOutcome,
    EventStepKind,
    MentionKind,
    Precision,
    Qualifier,
    ReportKind,
    Scope,
    SectionRole,
    SubjectStatus,
    get,
    put,
    report_id,
)
from loaders.forms import FORMS, Kind, cells_of
from loaders.forms.editions import edition_words
from tests.documents import corpus

CELLS = cells_of(FORMS)
EDITIONS = tuple(edition_words(FORMS))
ODD_FIGURES = (0, 0, 1, -1, 7, 7, -40, 2**31 - 1, 2**31, 2**40, 3.5)
ODD_TEXTS = ("", "(a+)+$", "$gt", "a.b", "[甲]", "^白石县", "行\n二", "\\d", "白石县", "𠮷村")
ODD_VALUES = (0, 0.5, -3, 12, 12, 2_600_000_000.25, [3, 9], [-2, 0], [12, 12], None)
UNITS = ("件", "条", "元", None)
DAYS = 4_000


def world(seed: int) -> list[Document]:
    """The reports of one world: their number, how much they lack and how often they tie depend on the seed."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    reports = corpus(
        (40, 7, 30, 18, 60, 3)[seed % 6],
        seed=seed + 100,
        broken_every=random.choice((2, 5, 10)),
        blank=random.choice((0.0, 0.1, 0.5)),
        paragraphs=(1, 2, 1, 0)[seed % 4],
    )
    oddity = random.choice((0.1, 0.3, 0.6))
    for report in reports:
        for change in CHANGES:
            if random.random() < oddity:
                change(random, report)
    return _without_twins(reports)


def _without_twins(reports: list[Document]) -> list[Document]:
    """Reports under the ids that their natural keys make; of two with one key the first."""
    found: dict[str, Document] = {}
    for report in reports:
        found.setdefault(report_id(report), report)
    return [{**report, "_id": key} for key, report in found.items()]


def _figures(random: Random, report: Document) -> None:
    known = [cell for cell in CELLS if isinstance(get(report, cell.path.rpartition(".")[0]), dict)]
    for cell in random.sample(known, k=min(len(known), random.choice((1, 20, 200)))):
        figure = random.choice((*ODD_FIGURES, None))
        money = cell.kind is Kind.MONEY and figure is not None
        amount = {"value": figure, "unit": random.choice(("万元", None)), "yuan": random.choice((figure, None))}
        put(report, cell.path, amount if money else figure)


def _forms(random: Random, report: Document) -> None:
    """A form that the report lacks, as null or as nothing at all, or of which groups are missing."""
    form = random.choice(FORMS).id
    if random.random() < 0.3:
        del report[form]
    elif random.random() < 0.5 or not report[form]:
        report[form] = None
    else:
        group = random.choice(sorted(report[form]))
        report[form][group] = None if random.random() < 0.5 else {}


def _identity(random: Random, report: Document) -> None:
    report["kind"] = random.choice(list(ReportKind)).value
    report["template"] = random.choice(EDITIONS)
    report["templateExpected"] = random.choice((*EDITIONS, None))
    report["scope"] = random.choice(list(Scope)).value
    report["title"] = random.choice((*ODD_TEXTS, None))


def _year(random: Random, report: Document) -> None:
    report["year"] = random.choice((None, 2021, 2021, 2022, 1999))


def _dates(random: Random, report: Document) -> None:
    for path in ("periodStart", "periodEnd", "publishedOn"):
        day = date(2015, 1, 1) + timedelta(days=random.randrange(DAYS))
        put(report, path, random.choice((day.isoformat(), None)))
    put(report, "source.loadedAt", f"{2020 + random.randrange(3)}-05-06T07:08:09Z")


def _agency(random: Random, report: Document) -> None:
    agency = report["agency"]
    agency["name"] = random.choice((agency["name"], agency["name"], f"{random.choice(ODD_TEXTS)}局", None))
    agency["level"] = random.choice((*(level.value for level in AgencyLevel), None))
    agency["type"] = random.choice((*(type_.value for type_ in AgencyType), None))
    agency["candidates"] = random.sample(("甲县水利局", "乙县水利局", "a.b"), k=random.randint(0, 2))


def _region(random: Random, report: Document) -> None:
    region = report["agency"]["region"]
    for part in random.sample(sorted(region), k=random.randint(1, len(region))):
        region[part] = random.choice((None, None, "三溪镇", "临溪市"))
    region["code"] = random.choice((None, "110000", "350881", "350881"))


def _told(random: Random, report: Document) -> None:
    """How to reach the agency, what the report cites, what its file was like."""
    report["contact"] = {name: random.choice((*ODD_TEXTS, None)) for name in report["contact"]}
    report["citedDocuments"] = [
        {"title": random.choice(ODD_TEXTS), "number": random.choice(("国令第711号", None)), "start": 0, "end": 1}
        for _ in range(random.randint(0, 2))
    ]
    report["source"]["url"] = random.choice((None, "https://example.org/a?b=1"))
    report["source"]["encoding"] = random.choice((None, "gb18030"))
    report["source"]["warnings"] = random.sample(("NO_TEXT", "BAD_BYTES"), k=random.randint(0, 2))
    report["source"]["sample"] = random.choice((True, False))
    report["source"]["ocr"] = random.choice((True, False, None))


def _indicators(random: Random, report: Document) -> None:
    """Rows of local tables, where the report has an annex."""
    if not isinstance(report.get("annexStatistics"), dict):
        return
    report["annexStatistics"]["indicators"] = [
        {
            "label": random.choice(ODD_TEXTS),
            "parent": random.choice(("一、主动公开", None)),
            "unit": random.choice(UNITS),
            "value": random.choice((None, 0, 7, 0.5)),
            "cumulative": random.choice((None, 7, 2**40)),
            "text": random.choice(("7", None)),
            "start": 0,
            "end": 1,
            "status": random.choice(list(CellStatus)).value,
            "cumulativeStatus": random.choice(list(CellStatus)).value,
        }
        for _ in range(random.randint(0, 3))
    ]


def _lists(random: Random, report: Document) -> None:
    """Lists that are empty or, where the validator allows it, not there."""
    for name in random.sample(("sections", "cells", "checks", "failedRules", "flags", "citedDocuments", "events"), k=3):
        report[name] = []
    if random.random() < 0.5:
        report.pop(random.choice(("checks", "failedRules", "flags", "contact", "spans")), None)


def _words(random: Random, report: Document) -> None:
    report["failedRules"] = random.sample(("R1", "R2", "R10", "C1", "J1"), k=random.randint(0, 3))
    report["flags"] = random.sample(("SUSPECT_MIRROR", "YEAR_ASSUMED", "NO_TABLES"), k=random.randint(0, 2))


def _findings(random: Random, report: Document) -> None:
    for check in report.get("checks") or ():
        check["status"] = random.choice(list(CheckStatus)).value
        check["severity"] = random.choice(("ERROR", "WARNING", "INFO"))
        check["difference"] = random.choice((None, 0, -1, 5, 0.5))
        check["otherYear"] = random.choice((None, 2020))
        check["otherPaths"] = random.sample(check["paths"], k=random.randint(0, 1))
    for cell in report["cells"]:
        cell["rules"] = random.sample(("R1", "R2"), k=random.randint(0, 2))
        cell["note"] = random.choice((None, "glued"))
        cell["confidence"] = random.choice((None, 0.5, 1.0))
    for section in report["sections"]:
        section["ordinal"] = random.choice(("一、", None))
        section["role"] = random.choice((*(role.value for role in SectionRole), None))
        section["level"] = random.choice((None, 1, 2, 6))
        section["inferred"] = random.random() < 0.5


def _statistics(random: Random, report: Document) -> None:
    for statistic in report["statistics"]:
        statistic["value"] = random.choice(ODD_VALUES)
        statistic["label"] = random.choice((*ODD_TEXTS, None))
        statistic["unit"] = random.choice(UNITS)
        statistic["qualifier"] = random.choice(list(Qualifier)).value
        statistic["change"] = random.choice((*(change.value for change in Change), None))
        statistic["period"] = random.choice(("上半年", "历年累计", None))
        statistic["context"] = random.choice((*ODD_TEXTS, None))
        statistic["implied"] = random.random() < 0.5
        statistic["cell"] = random.choice((None, "requests.received.total"))
        statistic["partOf"] = random.choice((None, 0, 1, 10**6))
        statistic["breakdown"] = random.choice((None, 1, 2))
        statistic["subject"] = random.choice((*ODD_TEXTS, None))
        statistic["subjectStatus"] = random.choice((*(status.value for status in SubjectStatus), None))
        statistic["previousValue"] = random.choice((None, 0, 7.5))
        statistic["clauseStart"], statistic["clauseEnd"] = random.choice(((0, 9), (5, 90), (None, None)))


def _mentions(random: Random, report: Document) -> None:
    for mention in report["mentions"]:
        mention["kind"] = random.choice(list(MentionKind)).value
        mention["value"] = random.choice((*ODD_TEXTS, "2020-04-23", "2020", None))
        mention["precision"] = random.choice((*(precision.value for precision in Precision), None))
        mention["title"] = random.choice((*ODD_TEXTS, None))
        mention["repeated"] = random.random() < 0.5
        mention["passage"] = random.choice((mention["passage"], None))
    for event in report["events"]:
        event["kind"] = random.choice(list(EventKind)).value
        event["outcome"] = random.choice((*(outcome.value for outcome in EventOutcome), None))
        for step in event["steps"]:
            step["step"] = random.choice(list(EventStepKind)).value
            step["date"] = random.choice(("2020-04-23", "2020-04", None))
            step["documentNumber"] = random.choice((*ODD_TEXTS, None))


CHANGES: tuple[Callable[[Random, Document], Any], ...] = (
    _figures,
    _forms,
    _identity,
    _year,
    _dates,
    _agency,
    _region,
    _told,
    _findings,
    _indicators,
    _lists,
    _words,
    _statistics,
    _mentions,
)
"""What can become of a tidy report."""
