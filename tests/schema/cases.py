"""Random questions about a stock of reports, and what a plain-Python oracle answers: lists by pages, and groups.

A case is drawn from a seed; it says what to send next, takes what comes back, and in the end whether the whole answer
is the oracle's. Several cases travel in one request as aliases.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.document import Document, ReportKind
from loaders.forms.ratios import RATIOS
from loaders.store import reports as store
from loaders.store.database import Database
from loaders.store.derived_rows import mention_rows, passage_rows, statistic_rows
from schema.engine import Engine, GraphQLRequest
from schema.queryable.dimensions import MENTION_GROUPS, PASSAGE_GROUPS, REPORT_GROUPS, STATISTIC_GROUPS, Grouped
from schema.queryable.metrics import AggregateFunction
from schema.queryable.sort_keys import DOWN
from schema.read.schema import build_schema
from schema.types.global_ids import global_id
from tests.filters import Where, a_filter
from tests.group_oracle import expected, figures_measured, groups
from tests.oracle import SortKey, in_order, meets
from tests.orders import Order, an_order, sort_keys
from tests.refusal_oracle import refused_reports, refused_statistics, says_kind
from tests.schema.conftest import fill, shared_rows
from tests.schema.plan.test_groups import RULES, measured

BUILT = build_schema()
LISTINGS = BUILT.listings
EXACT = ("SUM", "MIN", "MAX", "COUNT")
"""Functions whose result does not depend on how it was worked out, so that an order by it can be foretold."""

Rows = Sequence[Document]


def rows_of(reports: Rows) -> dict[str, Rows]:
    """The rows of each list over these reports; each agency has its own at hand, as its filter asks about them."""
    shared, of_agency = shared_rows(reports), defaultdict(list)
    for report in reports:
        of_agency[report["agency"]["name"]].append(report)
    return {
        "reports": reports,
        "passages": [row for report in reports for row in passage_rows(report)],
        "statistics": [row for report in reports for row in statistic_rows(report)],
        **shared,
        "agencies": [{**row, "reports": of_agency[row["name"]]} for row in shared["agencies"]],
        "mentions": [row for report in reports for row in mention_rows(report)],
    }


SELECTED = {  # braces doubled, for it becomes part of a format
    "reports": "id",
    "passages": "id",
    "agencies": "id",
    "regions": "id",
    "statistics": "id",
    "mentions": "start report {{ id }}",
}
KEY_OF: Mapping[str, Callable[[Document], tuple[Any, ...]]] = {
    "reports": lambda row: (global_id("Report", row["_id"]),),
    "passages": lambda row: (global_id("Passage", row["report"], row["id"]),),
    "agencies": lambda row: (global_id("Agency", row["_id"]),),
    "regions": lambda row: (global_id("Region", row["_id"]),),
    "statistics": lambda row: (global_id("Statistic", row["report"], row["_id"].rpartition("/")[2]),),
    "mentions": lambda row: (row["start"], {"id": global_id("Report", row["report"])}),
}


@dataclass(slots=True)
class ListCase:
    """A walk through one list, page by page, forwards or backwards."""

    name: str
    where: Where
    order: Order
    size: int
    backwards: bool
    wanted: list[tuple[Any, ...]] = field(repr=False)
    found: list[tuple[Any, ...]] = field(default_factory=list, repr=False)
    cursor: str | None = None
    done: bool = False

    @classmethod
    def drawn(cls, random: Random, name: str, rows: Rows) -> "ListCase":
        """One walk; most take a few pages."""
        listing = LISTINGS[name]
        where = a_filter(random, listing.where, rows) if random.random() < 0.8 else {}
        order = an_order(random, listing) if listing.sortable and random.random() < 0.8 else []
        return cls.asking(name, rows, where, order, pages=random.randint(1, 5), backwards=random.random() < 0.5)

    @classmethod
    def asking(  # noqa: PLR0913 - what a walk can differ in
        cls, name: str, rows: Rows, where: Where, order: Order, *, pages: int = 1, backwards: bool = False
    ) -> "ListCase":
        """The walk that a filter and an order make, in about so many pages."""
        listing = LISTINGS[name]
        keys: list[tuple[SortKey, str]] = sort_keys(listing, order) or [
            (path, "DESC" if direction == DOWN else "ASC") for path, direction in listing.own_order
        ]
        met = [row for row in rows if meets(listing.where, where, row)]
        size = min(100, max(1, -(-len(met) // pages)))
        wanted = [KEY_OF[name](row) for row in in_order(met, keys)]
        return cls(name, where, order, size, backwards, wanted)

    @staticmethod
    def query(name: str, count: int) -> str:
        """A request for one page of each of some walks through one list."""
        listing, sorts = LISTINGS[name], bool(LISTINGS[name].sortable)
        order = f"$o{{0}}: [{listing.noun}Order!], " if sorts else ""
        declared = (
            f"$w{{0}}: {listing.where.type_name}, {order}$f{{0}}: Int, $a{{0}}: String, $l{{0}}: Int, $b{{0}}: String, "
        )
        given = f"where: $w{{0}}, {'orderBy: $o{0}, ' if sorts else ''}first: $f{{0}}, after: $a{{0}}"
        page = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
        asked = f"c{{0}}: {name}({given}, last: $l{{0}}, before: $b{{0}}) {{{{ totalCount nodes {{{{ "
        asked += SELECTED[name] + f" }}}} {page.replace('{', '{{').replace('}', '}}')} }}}}\n"
        every = range(count)
        return f"query({''.join(map(declared.format, every))}) {{\n{''.join(map(asked.format, every))}}}"

    def variables(self) -> dict[str, Any]:
        """What to ask for next."""
        given = {"w": self.where, "o": self.order} if LISTINGS[self.name].sortable else {"w": self.where}
        return {
            **given,
            **({"l": self.size, "b": self.cursor} if self.backwards else {"f": self.size, "a": self.cursor}),
        }

    def take(self, page: Document) -> None:
        """Note one page."""
        keys = [tuple(node.values()) for node in page["nodes"]]
        info = page["pageInfo"]
        self.found = keys + self.found if self.backwards else self.found + keys
        more, come_from = ("hasPreviousPage", "hasNextPage") if self.backwards else ("hasNextPage", "hasPreviousPage")
        assert page["totalCount"] == len(self.wanted), self
        assert info[come_from] is (self.cursor is not None), self
        self.cursor = info["startCursor" if self.backwards else "endCursor"]
        self.done = not info[more]
        assert len(self.found) <= len(self.wanted), self
        assert len(keys) == self.size or self.done, self

    def check(self) -> None:
        """Hold the pages together against the oracle's list."""
        assert self.found == self.wanted, self


GROUPED: Mapping[str, Grouped] = {
    "aggregate": REPORT_GROUPS,
    "aggregateStatistics": STATISTIC_GROUPS,
    "aggregatePassages": PASSAGE_GROUPS,
    "aggregateMentions": MENTION_GROUPS,
}
"""What the fields that group things group."""

_DECLARED = {
    "aggregate": "$w{0}: ReportWhere, $g{0}: [Dimension!], $m{0}: [MetricInput!], $p{0}: Figures!, "
    "$k{0}: ReportKind, $ms{0}: Boolean!, $mk{0}: Boolean!, $my{0}: Boolean!, ",
    "aggregateStatistics": "$w{0}: StatisticWhere, $g{0}: [StatisticDimension!], $m{0}: [AggregateFunction!], "
    "$ms{0}: Boolean!, $mk{0}: Boolean!, $mu{0}: Boolean!, $mp{0}: Boolean!, ",
    "aggregatePassages": "$w{0}: PassageWhere, $g{0}: [PassageDimension!], ",
    "aggregateMentions": "$w{0}: MentionWhere, $g{0}: [MentionDimension!], ",
}
_MEASURED = {
    "aggregate": "metrics: $m{0}, figures: $p{0}, kind: $k{0}, mixScopes: $ms{0}, mixKinds: $mk{0}, mixYears: $my{0}",
    "aggregateStatistics": "functions: $m{0}, mixScopes: $ms{0}, mixKinds: $mk{0}, mixUnits: $mu{0}, mixParts: $mp{0}",
    "aggregatePassages": "",
    "aggregateMentions": "",
}
_WAIVERS = {
    "aggregate": {"ms": "mixScopes", "mk": "mixKinds", "my": "mixYears"},
    "aggregateStatistics": {"ms": "mixScopes", "mk": "mixKinds", "mu": "mixUnits", "mp": "mixParts"},
    "aggregatePassages": {},
    "aggregateMentions": {},
}
"""The variables of what may be mixed, with the arguments that they are given to."""
_MOST = 60  # groups asked for at once, so that ten cases in one request stay below the price that one may have


@dataclass(slots=True)
class GroupCase:
    """One aggregation."""

    name: str
    where: Where
    group_by: list[str]
    measures: list[Any]
    order: list[dict[str, Any]]
    size: int
    figures: str
    kind: dict[str, str | None]
    waived: set[str]
    refused: str | None
    wanted: list[tuple[tuple[str | None, ...], dict[str, Any]]] = field(repr=False)
    found: list[Document] = field(default_factory=list, repr=False)
    done: bool = False

    @classmethod
    def drawn(cls, random: Random, name: str, rows: Rows) -> "GroupCase":
        """One aggregation."""
        grouped = GROUPED[name]
        tree = LISTINGS[grouped.collection].where
        where = a_filter(random, tree, rows, levels=1) if random.random() < 0.7 else {}
        group_by = random.sample([dimension.name for dimension in grouped.dimensions], k=random.randint(0, 3))
        measures = _measures(random, name)
        order = _group_order(random, group_by, measures)
        kind: dict[str, str | None] = _kind(random) if name == "aggregate" else {"k": None}
        met = [row for row in rows if meets(tree, where, row) and _of_kind(row, kind, where, group_by)]
        figures = random.choice(("IMPLIED", "IMPLIED", "PRINTED"))
        of_reports = partial(measured, figures=figures)
        found = expected(met, group_by, measures, of_reports if name == "aggregate" else figures_measured)
        size = random.randint(1, max(1, min(len(found), _MOST)))
        wanted = _sorted(found, order)[:size]
        waived = _waived(random, name)
        kept = groups(met, group_by)
        asked = [kept[key] for key, _ in wanted]
        refused = _refused(name, asked, measures, figures=figures, every=rows, waived=waived)
        return cls(name, where, group_by, measures, order, size, figures, kind, waived, refused, wanted)

    @staticmethod
    def query(name: str, count: int) -> str:
        """A request for some aggregations."""
        declared = _DECLARED[name] + "$o{0}: [BucketOrder!], $f{0}: Int, "
        asked = "c{0}: " + name + "(where: $w{0}, groupBy: $g{0}, orderBy: $o{0}, first: $f{0}, " + _MEASURED[name]
        asked += (
            ") {{ keys {{ value }} count breaks values {{ value n printed implied numerator denominator breaks }} }}\n"
        )
        every = range(count)
        return f"query({''.join(map(declared.format, every))}) {{\n{''.join(map(asked.format, every))}}}"

    def variables(self) -> dict[str, Any]:
        """What to ask for."""
        asked = {"w": self.where, "g": self.group_by, "o": self.order, "f": self.size}
        if self.name == "aggregate":
            asked |= {"p": self.figures, **self.kind}
        asked |= {variable: waiver in self.waived for variable, waiver in _WAIVERS[self.name].items()}
        return {**asked, "m": self.measures} if self.measures else asked

    def take(self, buckets: list[Document]) -> None:
        """Note the groups."""
        self.found, self.done = buckets, True

    def check(self) -> None:
        """Hold the groups, in their order, against the oracle's."""
        if self.refused:
            return
        assert [tuple(key["value"] for key in bucket["keys"]) for bucket in self.found] == [
            key for key, _ in self.wanted
        ], self
        for bucket, (_, group) in zip(self.found, self.wanted, strict=True):
            assert (bucket["count"], bucket["breaks"]) == (group["count"], group["breaks"]), self
            assert bucket["values"] == [pytest.approx(value) for value in group["values"]], self


def _kind(random: Random) -> dict[str, str | None]:
    """The variable of a kind, most often none."""
    drawn = random.random()
    return {} if drawn < 0.5 else {"k": None if drawn < 0.8 else random.choice(list(ReportKind)).value}


def _of_kind(row: Document, kind: Mapping[str, str | None], where: Where, group_by: list[str]) -> bool:
    """Whether a row is of the kind asked for: of an annual report where none is."""
    if not kind and not says_kind(where) and "KIND" not in group_by:
        return bool(row["kind"] == "ANNUAL_REPORT")
    return kind.get("k") in {None, row["kind"]}


def _waived(random: Random, name: str) -> set[str]:
    """What may be mixed: mostly anything, else anything but one, for most random groups are mixed in every way."""
    every = set(_WAIVERS[name].values())
    return every - {random.choice(sorted(every))} if every and random.random() < 0.25 else every


def _refused(  # noqa: PLR0913 - what an aggregation can be refused for
    name: str, found: list[list[Document]], measures: list[Any], *, figures: str, every: Rows, waived: set[str]
) -> str | None:
    if name == "aggregateStatistics":
        return refused_statistics(found, measures, every, waived)
    return refused_reports(found, measures, PATHS, figures, waived) if name == "aggregate" else None


PATHS = {
    **{name: (path,) for name, path in BUILT.groups.figures.items()},
    **{ratio.name: ratio.paths for ratio in RATIOS},
}
"""The stored paths that figures and ratios are made of, by the names of their enums."""


def _measures(random: Random, name: str) -> list[Any]:
    if name in {"aggregatePassages", "aggregateMentions"}:
        return []
    drawn = _metric if name == "aggregate" else _function
    return [drawn(random) for _ in range(random.randint(0, 4))]


def _metric(random: Random) -> dict[str, Any]:
    kind = random.random()
    if kind < 0.3:
        return {"ratio": random.choice(RATIOS).name}
    if kind < 0.4:
        return {"distinct": random.choice(REPORT_GROUPS.dimensions).name}
    if kind < 0.5:
        return {"passRate": {"rule": random.choice((*RULES, None))}}
    if kind < 0.6:
        return {"figure": {"figure": random.choice(STATES), "function": "SUM"}}
    return {"figure": {"figure": random.choice(sorted(BUILT.groups.figures)), "function": _function(random)}}


STATES = ("REQUESTS_PENDING_TOTAL", "CONCEPT_PENDING", "PROACTIVE_DISCLOSURE_NORMATIVE_DOCUMENTS_IN_FORCE")
"""Figures that must not be added up over years."""


def _function(random: Random) -> str:
    return random.choice([function.value for function in AggregateFunction])


def _group_order(random: Random, group_by: list[str], measures: list[Any]) -> list[dict[str, Any]]:
    exact = [i for i, measure in enumerate(measures) if _is_exact(measure)]
    keys = [("COUNT", 0), *(("KEY", i) for i in range(len(group_by))), *(("METRIC", i) for i in exact)]
    chosen = random.sample(keys, k=random.randint(0, min(2, len(keys))))
    return [{"by": by, "index": index, "direction": random.choice(("ASC", "DESC"))} for by, index in chosen]


def _is_exact(measure: Any) -> bool:
    if isinstance(measure, str):
        return measure in EXACT
    return "figure" not in measure or measure["figure"]["function"] in EXACT


def _sorted(groups: Mapping[tuple[str | None, ...], dict[str, Any]], order: list[dict[str, Any]]) -> list[Any]:
    """The groups by each key of an order, missing values last, then by their own keys upwards."""
    dimensions = len(next(iter(groups), ()))
    final = [{"by": "KEY", "index": index, "direction": "ASC"} for index in range(dimensions)]
    found = list(groups.items())
    for key in reversed([*order, *final]):
        known = [item for item in found if _sort_value(item, key) is not None]
        missing = [item for item in found if _sort_value(item, key) is None]
        known.sort(key=lambda item: _sort_value(item, key), reverse=key["direction"] == "DESC")
        found = known + missing
    return found


def _sort_value(item: tuple[tuple[str | None, ...], dict[str, Any]], key: dict[str, Any]) -> Any:
    keys, group = item
    if key["by"] == "COUNT":
        return group["count"]
    return keys[key["index"]] if key["by"] == "KEY" else group["values"][key["index"]]["value"]


Case = ListCase | GroupCase


@asynccontextmanager
async def stocked(uri: str, reports: list[Document], folder: Path) -> AsyncIterator[Database]:
    """A database of its own that holds these reports, with its validators and indexes."""
    settings = Settings(mongodb_uri=uri, database=f"world_{uuid4().hex}", data=folder)
    with MongoClient[Document](uri) as client:
        try:
            async with connect(settings) as opened:
                await store.prepare(opened)
                fill(client, settings.database, reports)
                yield opened
        finally:
            client.drop_database(settings.database)


async def answer(engine: Engine, batch: Sequence[Case]) -> None:
    """Ask until every case of a batch has its whole answer, and hold the answers against the oracle's.

    What must be refused is asked by itself: an error leaves no other answer.
    """
    for case in batch:
        if isinstance(case, GroupCase) and case.refused:
            variables = {f"{name}0": value for name, value in case.variables().items()}
            refusal = await engine.execute(GraphQLRequest(case.query(case.name, 1), variables))
            refused: list[Any] = refusal.errors
            assert [error["extensions"]["code"] for error in refused] == [case.refused], case
            case.done = True
    while left := [case for case in batch if not case.done]:
        variables = {f"{name}{n}": value for n, case in enumerate(left) for name, value in case.variables().items()}
        answered = await engine.execute(GraphQLRequest(left[0].query(left[0].name, len(left)), variables))
        assert answered.errors == [], left
        data: Any = answered.data
        for number, case in enumerate(left):
            case.take(data[f"c{number}"])
    for case in batch:
        case.check()
