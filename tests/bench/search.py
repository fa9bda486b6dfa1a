"""Full-text search over many passages: what the index costs, how fast the first 20 come, and what a scan would take.

Passages are put together from clauses of real reports (the owner's where they are, else the samples), so that pairs
of characters are about as frequent as in reports. A term is frequent if one passage in a hundred has it; a seam is
what no pair betrays, the end of one frequent term and the start of another.
"""

import re
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from pymongo import MongoClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.document import Document
from loaders.file_formats import SUFFIXES, read
from loaders.file_formats.sources import fetch, inventory
from loaders.forms import FORMS
from loaders.pipeline import parse
from loaders.store.collections import indexes_for
from loaders.store.database import Index
from loaders.store.derived_rows import PASSAGES, passage_rows
from loaders.text.search_folding import searchable
from schema.engine import Engine, GraphQLRequest
from tests.shared import IS_THERE, REPORTS

ROOT = Path(__file__).parents[2]
TERMS, SCANNED, PAGE = 100, 10, 20
OF_A_REPORT, BATCH, TOLD = 50, 5_000, 50_000
FREQUENT = 0.01
ROLES = ("OVERVIEW", "PROACTIVE_DISCLOSURE", "REQUESTS", "PROBLEMS_AND_IMPROVEMENTS")
FIRST = "query($s: String, $w: PassageWhere) { passages(search: $s, where: $w, first: 20) { nodes { text score } } }"
COUNT = "query($s: String) { passages(search: $s) { totalCount } }"


async def table(settings: Settings, count: int) -> str:
    """The figures of the search as Markdown, over so many passages in a database that has none yet."""
    with MongoClient[Document](settings.mongodb_uri) as client:
        collection = client[settings.database][PASSAGES]
        sample = _fill(collection, count)
        every = indexes_for(PASSAGES, FORMS)
        built = await _build(settings, [index for index in every if index.name == "grams"])
        await _build(settings, every)
        sizes = client[settings.database].command("collStats", PASSAGES, scale=10**6)
        cache = client.admin.command("serverStatus")["wiredTiger"]["cache"]["maximum bytes configured"]
        head = (
            f"Search over {count:,} passages: {sizes['storageSize']:,} MB, index of pairs "
            f"{sizes['indexSizes']['gongkai_grams']:,} MB, built in {built:.0f} s; cache of the server "
            f"{cache / 2**30:.1f} GB; p50 / p95 in ms\n"
        )
        rows = [await _row(settings, collection, kind, terms) for kind, terms in _terms(sample).items()]
    columns = ("terms", "first 20", "asked again", "of a role and year", "count", "regex scan, first 20")
    return "\n".join([head, _line(columns), _line(["---"] * len(columns)), *rows, ""])


def _fill(collection: Any, count: int) -> list[str]:
    """Store passages; the folded texts of the first of them."""
    random = Random(1)  # noqa: S311 - repeatable, not secret
    clauses, batch, sample = _clauses(), list[Document](), list[str]()
    for number in range(-(-count // OF_A_REPORT)):
        batch += passage_rows(_report(random, number, clauses))
        if len(batch) >= BATCH:
            sample = sample or [row["folded"] for row in batch]
            collection.insert_many(batch, ordered=False)
            batch = []
            if (number + 1) * OF_A_REPORT % TOLD == 0:
                _tell(f"{(number + 1) * OF_A_REPORT:,} of {count:,} passages stored")
    if batch:
        collection.insert_many(batch, ordered=False)
    return sample or [row["folded"] for row in batch]


def _clauses() -> list[str]:
    folder = REPORTS if IS_THERE else ROOT / "loaders" / "samples"
    sources = [fetch(entry) for entry in inventory([folder], suffixes=SUFFIXES).entries]
    texts = (passage["text"] for source in sources for passage in parse(read(source), name=source.name)["passages"])
    return [clause for text in texts for clause in re.findall(r"[^，。；]+[，。；]", text)]


def _report(random: Random, number: int, clauses: Sequence[str]) -> Document:
    """What rows of passages are made of: one section a role, passages of one to eight clauses."""
    texts = ["".join(random.choices(clauses, k=random.randint(1, 8))) for _ in range(OF_A_REPORT)]
    passages = [
        {"id": f"p{index}", "section": f"s{index % len(ROLES)}", "text": text, "start": 0, "end": len(text)}
        for index, text in enumerate(texts)
    ]
    return {
        "_id": f"r{random.getrandbits(80):020x}",
        "year": 2008 + number % 17,
        "kind": "ANNUAL_REPORT",
        "scope": "DEPARTMENT",
        "template": "E3",
        "agency": {"name": f"第{number}号机关", "region": {"province": f"第{number % 31}省", "code": f"{number:06d}"}},
        "sections": [{"id": f"s{index}", "parent": None, "role": role} for index, role in enumerate(ROLES)],
        "passages": passages,
    }


async def _build(settings: Settings, indexes: Sequence[Index]) -> float:
    began = time.perf_counter()
    _tell(f"building {', '.join(index.name for index in indexes)}")
    async with connect(settings) as database:
        await database.ensure(PASSAGES, validator={}, indexes=indexes)
    return time.perf_counter() - began


def _terms(sample: Sequence[str]) -> Mapping[str, list[str]]:
    random = Random(2)  # noqa: S311 - repeatable, not secret
    found: dict[str, list[str]] = {"frequent": [], "rare": []}
    while min(map(len, found.values())) < TERMS:
        text, length = random.choice(sample), random.randint(2, 8)
        start = random.randrange(len(text))
        term = text[start : start + length]
        if len(term) < length or not term.isalnum():
            continue
        kind = "frequent" if sum(term in other for other in sample) >= FREQUENT * len(sample) else "rare"
        if term not in found[kind] and len(found[kind]) < TERMS:
            found[kind].append(term)
    pairs = [random.sample(found["frequent"], 2) for _ in range(TERMS)]
    return {**found, "two": [" ".join(pair) for pair in pairs], "seam": [one[-2:] + two[:2] for one, two in pairs]}


async def _row(settings: Settings, collection: Any, kind: str, terms: Sequence[str]) -> str:
    _tell(f"asking for {len(terms)} terms: {kind}")
    narrow = {"role": {"eq": "REQUESTS"}, "year": {"eq": 2020}}
    async with connect(settings) as database:
        engine = Engine(database)
        await engine.execute(GraphQLRequest(FIRST, {"s": "预热"}))
        shown = [
            [await _asked(engine, query, s=term, **more) for term in terms]
            for query, more in ((FIRST, {}), (FIRST, {}), (FIRST, {"w": narrow}), (COUNT, {}))
        ]
    shown.append(list(_scans(collection, terms[:SCANNED])))
    return _line([kind, *(f"{statistics.median(times):,.1f} / {_tail(times):,.1f}" for times in shown)])


async def _asked(engine: Engine, query: str, **variables: object) -> float:
    began = time.perf_counter()
    answer = await engine.execute(GraphQLRequest(query, variables))
    if answer.errors:
        raise SystemExit(f"a search for {variables['s']} failed: {answer.errors}")
    return (time.perf_counter() - began) * 1_000


def _scans(collection: Any, terms: Sequence[str]) -> Iterator[float]:
    for term in terms:
        having = [{"folded": {"$regex": re.escape(searchable(word))}} for word in term.split()]
        began = time.perf_counter()
        list(collection.find({"$and": having}, {"text": 1}).limit(PAGE))
        yield (time.perf_counter() - began) * 1_000


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _tail(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
