"""Every documented query answers sensibly on whatever is loaded: the samples, real reports, both, or nothing at all."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.batch import parse_all
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory
from loaders.store import reports as store
from schema.engine import Engine, GraphQLRequest
from tests.documented import QUERIES, ROOT
from tests.shared import REPORTS

SAMPLES = ROOT / "loaders" / "samples"
STOCKS: dict[str, Sequence[Path]] = {
    "samples": [SAMPLES],
    "samples and real reports": [SAMPLES, REPORTS],
    "real reports": [REPORTS],
    "nothing": [],
}
SAID = re.compile(r"^# Empty where .*\n# .*[\u4e00-\u9fff].*空", re.MULTILINE)
"""How a query's comment says, in English and in Chinese, why it may find nothing."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(stock, marks=pytest.mark.shared if REPORTS in folders else (), id=stock.replace(" ", "-"))
        for stock, folders in STOCKS.items()
    ],
)
def stocked(
    request: pytest.FixtureRequest, mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Settings]]:
    """A stock by its name, and the settings of a database that has it."""
    name = f"test_stocks_{uuid4().hex[:12]}"
    settings = Settings(mongodb_uri=mongodb_uri, database=name, data=tmp_path_factory.mktemp("data"))
    asyncio.run(_load(settings, STOCKS[request.param]))
    yield request.param, settings
    with MongoClient[dict[str, object]](mongodb_uri) as client:
        client.drop_database(name)


async def _load(settings: Settings, folders: Sequence[Path]) -> None:
    async with connect(settings) as database:
        await store.prepare(database)
        for outcome in parse_all(inventory(folders, suffixes=SUFFIXES).entries, jobs=1):
            assert outcome.document, outcome.fault
            await store.store(database, outcome.document)


def is_empty(answer: Any) -> bool:
    """Whether a root field found nothing: null, an empty list, or a page of one."""
    if isinstance(answer, dict):
        return any(answer.get(key) in ([], 0) for key in ("nodes", "edges", "totalCount"))
    return answer in (None, [])


@pytest.mark.parametrize("name", QUERIES)
async def test_a_documented_query_answers_on_every_stock(name: str, stocked: tuple[str, Settings]) -> None:
    stock, settings = stocked
    async with connect(settings) as database:
        answer = await Engine(database).execute(GraphQLRequest(QUERIES[name]))

    assert answer.errors == []
    assert isinstance(answer.data, dict)
    empty = [field for field, found in answer.data.items() if is_empty(found)]
    if empty and stock != "nothing":
        assert SAID.search(QUERIES[name]), f"{empty} say nothing, and no comment says why"


@pytest.mark.parametrize(
    ("answer", "empty"),
    [
        (None, True),
        ([], True),
        ({"nodes": []}, True),
        ({"totalCount": 0}, True),
        ({"title": None}, False),
        ([1], False),
    ],
)
def test_an_empty_answer_would_be_seen(answer: object, *, empty: bool) -> None:
    assert is_empty(answer) == empty


real = pytest.mark.parametrize(
    "stocked", [pytest.param("real reports", marks=pytest.mark.shared, id="real-reports")], indirect=True
)


async def answered(stocked: tuple[str, Settings], query: str) -> Any:
    async with connect(stocked[1]) as database:
        answer = await Engine(database).execute(GraphQLRequest(query))
    assert answer.errors == []
    return answer.data


@real
async def test_a_figure_leads_to_its_sentence_and_to_what_is_said_beside_it(stocked: tuple[str, Settings]) -> None:
    query = """{ statistics(where: { value: { eq: 261952500 } }) { nodes {
      text clause passage { text statistics { label value unit } } section { title parent { title } } } } }"""
    (figure,) = (await answered(stocked, query))["statistics"]["nodes"]

    assert figure["text"] == "26195.25万元"
    assert figure["clause"].startswith("其中工程建设招投标70件")
    assert figure["text"] in figure["clause"]
    assert figure["clause"] in figure["passage"]["text"]
    assert {"label": "工程建设招投标", "value": 70, "unit": "件"} in figure["passage"]["statistics"]
    assert figure["section"]["title"].startswith("依法依规")


@real
async def test_a_whole_has_all_its_breakdowns_apart(stocked: tuple[str, Settings]) -> None:
    query = """{ statistics(search: "行政许可类信息", where: { value: { eq: 31 } }) { nodes { breakdown whole {
      value parts { value breakdown whole { value } } } } } }"""
    (figure,) = (await answered(stocked, query))["statistics"]["nodes"]
    whole = figure["whole"]
    told = {number: [part["value"] for part in whole["parts"] if part["breakdown"] == number] for number in (1, 2)}

    assert whole["value"] == 899
    assert told[1] == [120, 281, 498]
    assert (len(told[2]), sum(told[2])) == (11, 899)
    assert figure["breakdown"] == 2
    assert all(part["whole"] == {"value": 899} for part in whole["parts"])


@real
async def test_a_row_of_the_table_is_found_where_it_is_printed(stocked: tuple[str, Settings]) -> None:
    asked = "requests: { outcomes: { denied: { publicSecurity: { total: { isNull: false } } } } }"
    query = f"""{{ reports(where: {{ {asked} }}) {{
      nodes {{ rawText cells(label: "三安全一稳定") {{ path label text start end }} }} }} }}"""
    reports = (await answered(stocked, query))["reports"]["nodes"]

    assert len(reports) >= 5
    for report in reports:
        assert len(report["cells"]) == 7
        for cell in report["cells"]:
            assert cell["path"].startswith("requests.outcomes.denied.publicSecurity.")
            assert "三安全一稳定" in cell["label"]
            if cell["start"] is not None:
                assert report["rawText"][cell["start"] : cell["end"]].strip() == cell["text"]


@real
async def test_figures_of_one_label_are_told_apart_by_what_they_are_about(stocked: tuple[str, Settings]) -> None:
    where = '{ label: { eq: "交易额" }, subjectStatus: { eq: STATED } }'
    query = f"{{ statistics(where: {where}, orderBy: {{ field: VALUE }}) {{ nodes {{ text subject }} }} }}"
    figures = (await answered(stocked, query))["statistics"]["nodes"]

    assert [(figure["subject"], figure["text"]) for figure in figures] == [
        ("政府采购", "10183.05万元"),
        ("工程建设招投标", "26195.25万元"),
        ("矿业权、国有产权、国有土地出让", "27997.76万元"),
    ]
