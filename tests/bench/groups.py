"""What groups and rankings over all reports cost: ours against the plainest pipeline on `reports`.

Both ask the same database in turn, in one process and without HTTP; every figure is a median in milliseconds.
"""

import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.store.collections import REPORTS
from schema.engine import Engine, GraphQLRequest

FIGURE = "requests.received.total"
SUM = "metrics: [{figure: {figure: REQUESTS_RECEIVED_TOTAL, function: SUM}}], mixScopes: true"
RANKED = "reports(%s orderBy: [{figure: REQUESTS_RECEIVED_TOTAL, direction: DESC}], first: 20) { nodes { %s } }"
OF_A_YEAR = "where: {year: {eq: 2020}},"
FIRST = 20

Plain = Callable[[Any], Awaitable[Any]]


def sums(*stages: Mapping[str, Any], key: str = "$year") -> Plain:
    """Sums of a figure in groups of what the stages leave."""
    group = {"$group": {"_id": key, "sum": {"$sum": f"${FIGURE}"}, "n": {"$sum": 1}}}
    return lambda reports: reports.aggregate([*stages, group, {"$sort": {"_id": 1}}]).to_list(None)


def page(where: Mapping[str, Any], *paths: str) -> Plain:
    """The first reports by a figure, with these paths."""
    projection = dict.fromkeys(paths, 1)
    return lambda reports: reports.find(where, projection).sort(FIGURE, -1).limit(FIRST).to_list(FIRST)


COMPARED: Mapping[str, tuple[str, Plain]] = {
    "sum by year": (f"aggregate(groupBy: [YEAR], {SUM}) {{ values {{ value }} }}", sums()),
    "sum by year, of a year": (
        f"aggregate({OF_A_YEAR} groupBy: [YEAR], {SUM}) {{ values {{ value }} }}",
        sums({"$match": {"year": 2020}}),
    ),
    "sum by province": (
        f"aggregate(groupBy: [PROVINCE], {SUM}) {{ values {{ value }} }}",
        sums(key="$agency.region.province"),
    ),
    "ranked, figures": (RANKED % ("", "title requests { received { total } }"), page({}, "title", FIGURE)),
    "ranked, passages": (RANKED % ("", "title passages { text }"), page({}, "title", "passages")),
    "ranked of a year, figures": (
        RANKED % (OF_A_YEAR, "title requests { received { total } }"),
        page({"year": 2020}, "title", FIGURE),
    ),
    "ranked of a year, passages": (
        RANKED % (OF_A_YEAR, "title passages { text }"),
        page({"year": 2020}, "title", "passages"),
    ),
}


async def table(settings: Settings, rounds: int) -> str:
    """The figures as Markdown, over a database that has its reports."""
    lines = ["\n| over all reports | ours, ms | plain pipeline, ms | ours against it |", "|---|---|---|---|"]
    client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(settings.mongodb_uri)
    try:
        async with connect(settings) as database:
            engine, reports = Engine(database), client[settings.database][REPORTS]
            for name, (query, plain) in COMPARED.items():
                ours, theirs = await _measured(engine, query, lambda plain=plain: plain(reports), rounds)  # type: ignore[misc]
                lines.append(f"| {name} | {ours:,.1f} | {theirs:,.1f} | {theirs / ours:.2f} x |")
    finally:
        client.close()
    return "\n".join(lines)


async def _measured(
    engine: Engine, query: str, plain: Callable[[], Awaitable[Any]], rounds: int
) -> tuple[float, float]:
    async def ours() -> None:
        answer = await engine.execute(GraphQLRequest(f"{{ {query} }}"))
        if answer.errors:
            raise SystemExit(f"a query failed: {answer.errors}")

    times: list[tuple[float, float]] = [(await _timed(ours), await _timed(plain)) for _ in range(rounds + 1)]
    one, other = zip(*times[1:], strict=True)  # the first fills caches
    return statistics.median(one), statistics.median(other)


async def _timed(asked: Callable[[], Awaitable[Any]]) -> float:
    began = time.perf_counter()
    await asked()
    return (time.perf_counter() - began) * 1_000
