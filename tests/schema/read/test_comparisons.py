"""Ranks and years beside each other against a plain-Python oracle: any figure or ratio, any peers."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from random import Random
from statistics import quantiles
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymongo import MongoClient

from api.mongo.driver import INDEX_PREFIX, connect
from api.settings import Settings
from loaders.checks import with_implied
from loaders.document import KNOWN, Document, report_id
from loaders.forms import FORMS, cell_path
from loaders.forms.concepts import CONCEPTS, sums_by_edition
from loaders.forms.ratios import RATIOS
from loaders.store import reports as store
from loaders.store.database import Database
from schema.engine import Engine, GraphQLRequest
from schema.errors import RequestError
from schema.plan.groups import MOST_VALUES
from schema.plan.peers import peer_groups
from schema.read.schema import build_schema
from schema.request import Limits
from schema.types.global_ids import global_id
from tests.documents import report_document, written
from tests.oracle import told
from tests.recording import RecordingDatabase

FIGURES = build_schema().groups.figures
RATIO = {ratio.name: ratio for ratio in RATIOS}
CITIES_WITHOUT_COUNTIES = ("441900", "442000", "460400", "620200")
UNKNOWN = object()
RANK = (
    "status value isImplied numerator denominator rank of printed implied ties percentile min p25 median p75 max "
    "fewPeers templates"
)
YEARS = (
    "status value isImplied numerator denominator previous previousIsImplied previousNumerator previousDenominator "
    "change changeRate breaks"
)
QUERY = f"""
query($of: MeasureInput!, $peers: [PeerBy!]!, $figures: Figures!, $after: String) {{
  reports(first: 100, after: $after, orderBy: [{{ path: TITLE }}]) {{
    nodes {{
      id
      rank(of: $of, peers: $peers, figures: $figures) {{ {RANK} }}
      yearOnYear(of: $of, figures: $figures) {{ {YEARS} }}
    }}
    pageInfo {{ endCursor hasNextPage }}
  }}
}}
"""
# level, code, province, prefecture, county: facts, gaps that are facts, and gaps that are not known
PLACES: tuple[tuple[str | None, ...], ...] = (
    ("CENTRAL", None, None, None, None),
    ("PROVINCE", "430000", "霁南省", None, None),
    ("PROVINCE", None, "云岭省", None, None),
    ("PREFECTURE", "430100", "霁南省", "青禾市", None),
    ("PREFECTURE", None, "霁南省", None, None),
    ("COUNTY", "430121", "霁南省", "青禾市", "白石县"),
    ("COUNTY", "430122", "霁南省", "青禾市", "柳塘区"),
    ("COUNTY", "530121", "云岭省", "望川市", "柳塘区"),
    ("COUNTY", "110101", "霁京市", None, "柳塘区"),
    ("COUNTY", None, "霁京市", None, "柳塘区"),
    ("COUNTY", None, None, None, "柳塘区"),
    ("TOWNSHIP", "430121", "霁南省", "青禾市", "白石县"),
    ("TOWNSHIP", "441900", "霁南省", "东栅市", None),
    ("TOWNSHIP", "430100", "霁南省", "青禾市", None),
    (None, "430121", "霁南省", "青禾市", "白石县"),
    (None, None, None, None, None),
)
_REGION = {"PROVINCE": "province", "PREFECTURE": "prefecture", "COUNTY": "county"}
_WITHIN = {"PREFECTURE": {"PROVINCE"}, "COUNTY": {"PROVINCE", "PREFECTURE"}}

thorough = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
measures = st.one_of(
    st.sampled_from(sorted(FIGURES)).map(lambda name: {"figure": name}),
    st.sampled_from(sorted(RATIO)).map(lambda name: {"ratio": name}),
)
peer_lists = st.lists(st.sampled_from(("LEVEL", "AGENCY_TYPE", *_REGION)), max_size=4)


def varied() -> list[Document]:
    """Reports of many agencies on four years, in all sorts of places, some of them without a name, type or year."""
    random = Random(11)  # noqa: S311 - repeatable, not secret
    made = []
    for number in range(56):
        level, code, province, prefecture, county = PLACES[number % len(PLACES)]
        agency = {
            "name": None if number % 14 == 13 else f"第{number}号机关",
            "level": level,
            "type": random.choice(("GOVERNMENT", "DEPARTMENT", "DEPARTMENT", None)),
            "region": {"code": code, "province": province, "prefecture": prefecture, "county": county},
        }
        scope = random.choice(("DEPARTMENT", "DEPARTMENT", "DEPARTMENT", "REGION_AGGREGATE", "UNKNOWN"))
        kind = "SUMMARY" if number % 11 == 10 else "ANNUAL_REPORT"
        for year in (2018, 2020, 2021, 2022):
            if random.random() < 0.8:
                document = report_document(number * 10_000 + year, year=year, blank=0.15)
                document |= {"agency": agency, "scope": scope, "kind": kind, "title": f"{number:02} {year}"}
                document["year"] = None if random.random() < 0.03 else year
                document["source"]["sample"] = number % 7 == 6
                made.append({**document, "_id": report_id(document)})
    return made


STOCK = varied()


@pytest.fixture(scope="module")
def varied_settings(mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a database that holds the varied stock."""
    name = f"varied_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{uuid4().hex[:8]}"
    with MongoClient[dict[str, Any]](mongodb_uri) as client:
        client[name]["reports"].insert_many(STOCK)
        given_settings = Settings(mongodb_uri=mongodb_uri, database=name, data=tmp_path_factory.mktemp("varied"))
        asyncio.run(_prepared(given_settings))
        yield given_settings
        client.drop_database(name)


async def _prepared(given_settings: Settings) -> None:
    async with connect(given_settings) as opened:
        await store.prepare(opened)


@pytest.fixture
async def varied_stock(varied_settings: Settings) -> AsyncIterator[RecordingDatabase]:
    """The varied stock, noting each command that is sent to it."""
    async with connect(varied_settings) as opened:
        yield RecordingDatabase(opened)


def printed_in(template: str) -> set[str] | None:
    """The cells that an edition prints, None where there is no such edition."""
    editions = [(form, edition) for form in FORMS for edition in form.editions if edition.id == template]
    return {
        cell_path(form.id, row, column)
        for form, edition in editions
        for block in edition.blocks
        for row in block.rows
        for column in block.columns
        if row.printed
    } or None


PRINTED = {template: printed_in(template) for template in ("E1", "E2", "E3")}
COUNTED = {concept.path: set(sums_by_edition(concept, FORMS)) for concept in CONCEPTS}


def read(document: Document, of: dict[str, str], figures: str) -> dict[str, Any]:
    """What one report says: a word for how far it is known, and the numbers."""
    ratio = RATIO[of["ratio"]] if "ratio" in of else None
    paths = list(ratio.paths) if ratio else [FIGURES[of["figure"]]]
    pairs = {path: told(document, path, figures) for path in paths}
    found = {path: figure for path, (figure, _) in pairs.items()}
    numbers: dict[str, Any] = {**dict.fromkeys(("value", "numerator", "denominator")), "isImplied": False}
    if None in found.values():
        printed = PRINTED[document["template"]]
        asked = printed is None or all(
            path.removesuffix(".yuan") in printed or document["template"] in COUNTED.get(path, ()) for path in paths
        )
        return {"known": "NOT_KNOWN" if asked else "NOT_ASKED", **numbers}
    numbers["isImplied"] = any(is_implied for _, is_implied in pairs.values())
    if ratio is None:
        return {"known": "KNOWN", **numbers, "value": found[paths[0]]}
    above, below = (sum(found[path] for path in side) for side in (ratio.numerator, ratio.denominator))
    known = "KNOWN" if below >= ratio.minimum else "BELOW_MINIMUM"
    value = above / below if below else None
    return {**numbers, "known": known, "value": value, "numerator": above, "denominator": below}


def shared(document: Document, name: str) -> Any:
    """What peers share of one kind: a value, None where there is none, or that it is not known."""
    agency, region = document["agency"], document["agency"]["region"]
    level = agency["level"]
    if name in {"LEVEL", "AGENCY_TYPE"}:
        value = level if name == "LEVEL" else agency["type"]
        return UNKNOWN if value is None else value
    if region[_REGION[name]] is not None:
        return region[_REGION[name]]
    listed = region["code"] is not None
    there_is_none = {
        "PROVINCE": level == "CENTRAL",
        "PREFECTURE": level in {"CENTRAL", "PROVINCE"}
        or (level in {"COUNTY", "TOWNSHIP"} and listed and region["county"] is not None),
        "COUNTY": level in {"CENTRAL", "PROVINCE", "PREFECTURE"}
        or (level == "TOWNSHIP" and region["code"] in CITIES_WITHOUT_COUNTIES),
    }
    return None if there_is_none[name] else UNKNOWN


def group_of(document: Document, peers: list[str]) -> tuple[Any, ...] | None:
    names = sorted({*peers, *(above for name in peers for above in _WITHIN.get(name, ()))})
    values = [shared(document, name) for name in names]
    same = [document["year"], document["kind"], document["scope"], document["source"]["sample"]]
    if UNKNOWN in values or None in [*same, document["agency"]["name"]] or document["scope"] == "UNKNOWN":
        return None
    return (*same, *values)


def ranks(of: dict[str, str], peers: list[str], figures: str = "IMPLIED") -> dict[str, dict[str, Any]]:
    """Where every report of the stock stands, by its id."""
    groups: dict[Any, list[dict[str, Any]]] = {}
    for document in STOCK:
        one = {"id": document["_id"], "template": document["template"], **read(document, of, figures)}
        groups.setdefault(group_of(document, peers), []).append(one)
    return {
        global_id("Report", one["id"]): rank(one, [] if key is None else group, has_peers=key is not None)
        for key, group in groups.items()
        for one in group
    }


def rank(one: dict[str, Any], group: list[dict[str, Any]], *, has_peers: bool) -> dict[str, Any]:
    known = [peer for peer in group if peer["known"] == "KNOWN"]
    values = sorted(peer["value"] for peer in known)
    mine = {name: one[name] for name in ("value", "isImplied", "numerator", "denominator")}
    status = one["known"]
    status = "PEERS_UNKNOWN" if not has_peers else "RANKED" if status == "KNOWN" else status
    place: dict[str, Any] = {"rank": None, "ties": 0, "percentile": None}
    if status == "RANKED":
        larger = len([value for value in values if value > mine["value"]])
        smaller = len([value for value in values if value < mine["value"]])
        equal = len(values) - larger - smaller
        middle = 100 * (smaller + 0.5 * equal) / len(values) if len(values) > 1 else None
        place = {"rank": larger + 1, "ties": equal - 1, "percentile": middle}
        status = "FEW_PEERS" if len(values) < 5 else status
    return {
        "status": status,
        **mine,
        "of": len(values),
        "printed": len([peer for peer in known if not peer["isImplied"]]),
        "implied": len([peer for peer in known if peer["isImplied"]]),
        "fewPeers": len(values) < 5,
        "templates": sorted({peer["template"] for peer in known}),
        **dict(zip(("min", "p25", "median", "p75", "max"), spread(values), strict=True)),
        **place,
    }


def spread(values: list[float]) -> list[float | None]:
    if len(values) < 2:
        return [*values, None][:1] * 5
    return [values[0], *quantiles(values, n=4, method="inclusive"), values[-1]]


def beside(document: Document, of: dict[str, str], figures: str = "IMPLIED") -> dict[str, Any]:
    """A report beside the one on the year before."""
    key = [document["agency"]["name"], document["year"], document["kind"], document["scope"]]
    before = [
        one
        for one in STOCK
        if None not in key
        and [one["agency"]["name"], one["year"], one["kind"], one["scope"]] == [key[0], key[1] - 1, *key[2:]]
    ]
    now, then = read(document, of, figures), read(before[0], of, figures) if before else None
    old = then or {**dict.fromkeys(("value", "numerator", "denominator")), "isImplied": False}
    both = now["value"] is not None and old["value"] is not None
    change = now["value"] - old["value"] if both else None
    words = [now["known"], then["known"] if then else "NO_PREVIOUS"]
    return {
        "status": words[0]
        if words[0].startswith("NOT")
        else f"PREVIOUS_{words[1]}"
        if words[1].startswith("NOT")
        else "NO_PREVIOUS"
        if not before
        else "BELOW_MINIMUM"
        if "BELOW_MINIMUM" in words
        else "COMPARED",
        **{name: now[name] for name in ("value", "isImplied", "numerator", "denominator")},
        "previous": old["value"],
        "previousIsImplied": old["isImplied"],
        "previousNumerator": old["numerator"],
        "previousDenominator": old["denominator"],
        "change": change,
        "changeRate": change / old["value"] if both and old["value"] else None,
        "breaks": bool(before) and before[0]["template"] != document["template"],
    }


async def everything(
    engine: Engine, of: dict[str, str], peers: list[str], figures: str = "IMPLIED"
) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = []
    after = None
    while True:
        asked: dict[str, Any] = {"of": of, "peers": peers, "figures": figures, "after": after}
        answer: Any = await engine.execute(GraphQLRequest(QUERY, asked))
        assert answer.errors == []
        page = answer.data["reports"]
        nodes += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return nodes
        after = page["pageInfo"]["endCursor"]


@thorough
@given(of=measures, peers=peer_lists, figures=st.sampled_from(["IMPLIED", "PRINTED"]))
async def test_every_report_stands_where_plain_counting_puts_it(
    *, of: dict[str, str], peers: list[str], figures: str, varied_stock: RecordingDatabase
) -> None:
    found = await everything(Engine(varied_stock), of, peers, figures)
    long = await everything(Engine(varied_stock, compile_plans=False), of, peers, figures)

    wanted = ranks(of, peers, figures)
    years = {global_id("Report", one["_id"]): beside(one, of, figures) for one in STOCK}
    assert {node["id"] for node in found} == wanted.keys()
    for node in found:
        templates, expected = wanted[node["id"]].pop("templates"), wanted[node["id"]]
        assert node["rank"].pop("templates") == templates
        assert node["rank"] == pytest.approx(expected)
        assert node["yearOnYear"] == pytest.approx(years[node["id"]])
    for node in long:
        node["rank"].pop("templates")
    assert long == found


def test_the_stock_has_every_status() -> None:
    of = {"ratio": "RECONSIDERATION_CORRECTION_RATE"}
    among = {one["status"] for peers in ([], ["COUNTY"]) for one in ranks(of, peers).values()}
    beside_each_other = {beside(one, measure)["status"] for one in STOCK for measure in (of, {"figure": FIGURE})}

    assert among == {"RANKED", "FEW_PEERS", "BELOW_MINIMUM", "NOT_KNOWN", "NOT_ASKED", "PEERS_UNKNOWN"}
    assert beside_each_other == {
        *("COMPARED", "BELOW_MINIMUM", "NOT_KNOWN", "NOT_ASKED", "NO_PREVIOUS"),
        *("PREVIOUS_NOT_KNOWN", "PREVIOUS_NOT_ASKED"),
    }


FIGURE = "PROACTIVE_DISCLOSURE_NORMATIVE_DOCUMENTS_IN_FORCE"
RECEIVED = "{ figure: REQUESTS_RECEIVED_TOTAL }"


@pytest.mark.parametrize(
    ("template", "status"), [("E0", "NOT_ASKED"), ("E1", "NOT_ASKED"), ("E3", "NOT_KNOWN"), ("NONE", "NOT_KNOWN")]
)
async def test_what_no_edition_of_a_report_asks_for_is_not_asked(
    template: str, status: str, database: Database
) -> None:
    """Local tables of the years before the first edition included; where no edition is known, nobody can tell."""
    report = {**report_document(1, year=2021), "template": template, "requests": None, KNOWN: {}, "implications": []}
    await database.transact(written([report]))

    of = "of: { figure: REQUESTS_OUTCOMES_DENIED_STATE_SECRET_TOTAL }"
    answer = await Engine(database).execute(
        GraphQLRequest(f"{{ reports {{ nodes {{ measure({of}) {{ status n }} rank({of}) {{ status }} }} }} }}")
    )

    data: Any = answer.data
    assert data["reports"]["nodes"] == [{"measure": {"status": status, "n": 0}, "rank": {"status": status}}]


async def test_ranks_of_a_page_are_one_command_each(varied_stock: RecordingDatabase) -> None:
    query = f"""{{ reports(first: 100) {{ nodes {{
      rank(of: {RECEIVED}) {{ rank }}
      other: rank(of: {{ ratio: BACKLOG_RATE }}, peers: []) {{ rank }}
      yearOnYear(of: {RECEIVED}) {{ change }}
    }} }} }}"""
    answer = await Engine(varied_stock, limits=Limits(deadline_ms=1_234)).execute(GraphQLRequest(query))

    assert answer.errors == []
    assert sorted(next(iter(command)) for command in varied_stock.sent) == ["aggregate", "aggregate", "find", "find"]
    assert varied_stock.deadlines == [1_234] * 4


@pytest.mark.parametrize("peers", [[], ["LEVEL"], ["LEVEL", "PROVINCE"], ["AGENCY_TYPE"], ["PREFECTURE"], ["COUNTY"]])
async def test_peers_are_found_by_an_index(
    peers: list[str], varied_stock: RecordingDatabase, varied_settings: Settings
) -> None:
    await everything(Engine(varied_stock), {"figure": "REQUESTS_RECEIVED_TOTAL"}, peers)

    sent = [command for command in varied_stock.sent if "aggregate" in command]
    assert sent
    with MongoClient[Document](varied_settings.mongodb_uri) as client:
        for one in sent:
            hint = f"{INDEX_PREFIX}{one['hint']}"
            command = {"aggregate": one["aggregate"], "pipeline": one["pipeline"], "cursor": {}, "hint": hint}
            plan = client[varied_settings.database].command("explain", command, verbosity="queryPlanner")
            assert f"'indexName': '{hint}'" in str(plan)
            assert "COLLSCAN" not in str(plan)


async def test_equal_values_share_a_rank_and_the_next_is_after_all_of_them(database: Any) -> None:
    await store.prepare(database)
    for number, received in enumerate((9, 7, 7, 4, None)):
        document = report_document(number, year=2022, agency=f"第{number}局")
        document |= {"scope": "DEPARTMENT"}
        document["agency"]["region"]["province"] = "霁南省"
        document["requests"]["received"] = {"total": received}
        await store.store(database, with_implied({**document, "_id": report_id(document)}))
    query = f"""{{ reports(orderBy: [{{ figure: REQUESTS_RECEIVED_TOTAL, direction: DESC }}]) {{
      nodes {{ rank(of: {RECEIVED}) {{ status rank of ties percentile min p25 median p75 max fewPeers }} }}
    }} }}"""
    answer: Any = await Engine(database).execute(GraphQLRequest(query))

    found = [node["rank"] for node in answer.data["reports"]["nodes"]]
    assert [one["rank"] for one in found] == [1, 2, 2, 4, None]
    assert [one["ties"] for one in found] == [0, 1, 1, 0, 0]
    assert [one["percentile"] for one in found] == [87.5, 50, 50, 12.5, None]
    assert [one["status"] for one in found] == ["FEW_PEERS"] * 4 + ["NOT_KNOWN"]
    alike = {name: {one[name] for one in found} for name in ("of", "min", "p25", "median", "p75", "max", "fewPeers")}
    assert alike == {"of": {4}, "min": {4}, "p25": {6.25}, "median": {7}, "p75": {7.5}, "max": {9}, "fewPeers": {True}}


@pytest.mark.parametrize("compile_plans", [True, False])
async def test_an_older_text_is_compared_with_the_year_before_but_not_ranked(
    *, compile_plans: bool, database: Any
) -> None:
    await store.prepare(database)
    for year, received, digest in ((2021, 5, "a"), (2022, 8, "b"), (2022, 9, "c")):
        document = report_document(1, year=year, agency="白石县水利局")
        document["requests"]["received"]["total"] = received
        document["source"]["sha256"] = digest * 64
        await store.store(database, with_implied(document))
    query = f"""{{ report(agency: "白石县水利局", year: 2022) {{
      rank(of: {RECEIVED}) {{ status value rank of }}
      revisions {{ report {{
        rank(of: {RECEIVED}) {{ status value rank of ties max }} yearOnYear(of: {RECEIVED}) {{ status change }}
      }} }}
    }} }}"""
    answer: Any = await Engine(database, compile_plans=compile_plans).execute(GraphQLRequest(query))

    assert answer.errors == []
    assert answer.data["report"]["rank"] == {"status": "FEW_PEERS", "value": 9, "rank": 1, "of": 1}
    assert answer.data["report"]["revisions"] == [
        {
            "report": {
                "rank": {"status": "SUPERSEDED", "value": 8, "rank": None, "of": 1, "ties": 0, "max": 9},
                "yearOnYear": {"status": "COMPARED", "change": 3},
            }
        }
    ]


async def test_an_amount_of_money_is_compared_in_yuan(varied_stock: RecordingDatabase) -> None:
    query = """{ reports(first: 100, where: { year: { eq: 2022 } }) { nodes {
      proactiveDisclosure { fees { amount { yuan } } }
      rank(of: { figure: PROACTIVE_DISCLOSURE_FEES_AMOUNT }) { value }
    } } }"""
    answer: Any = await Engine(varied_stock).execute(GraphQLRequest(query))

    pairs = [
        (((node["proactiveDisclosure"]["fees"] or {})["amount"] or {}).get("yuan"), node["rank"]["value"])
        for node in answer.data["reports"]["nodes"]
    ]
    assert [shown for shown, _ in pairs] == [ranked for _, ranked in pairs]
    assert any(shown for shown, _ in pairs)


async def test_more_groups_of_peers_than_allowed_are_refused(varied_stock: RecordingDatabase) -> None:
    engine = Engine(varied_stock, limits=Limits(peer_groups=3))
    answer = await engine.execute(
        GraphQLRequest(f"{{ reports(first: 100) {{ nodes {{ rank(of: {RECEIVED}) {{ rank }} }} }} }}")
    )

    assert [error["extensions"]["code"] for error in answer.errors] == ["TOO_MANY_GROUPS"]  # type: ignore[index]
    assert len(varied_stock.sent) == 1


def test_more_values_than_can_be_kept_in_order_are_refused() -> None:
    row = {"_id": {"k0": 2020, "value": 1}, "count": 1, "implied": 0, "templates": ["E2"]}
    with pytest.raises(RequestError, match="200,000"):
        peer_groups([row] * (MOST_VALUES + 1))


async def test_a_ranking_is_priced_once_for_a_page(engine: Engine) -> None:
    query = "query($n: Int) {{ reports(first: $n) {{ nodes {{ {} }} }} }}"
    rank_of_page = query.format(f"rank(of: {RECEIVED}) {{ rank }}")
    costs: list[Any] = [
        (await engine.execute(GraphQLRequest(rank_of_page, {"n": size}))).extensions["cost"] for size in (1, 100)
    ]

    assert [cost["requested"] for cost in costs] == [2_500 + 1 + 7, 2_500 + 1 + 700]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (" ".join(f"a{number}: rank(of: {RECEIVED}) {{ rank }}" for number in range(20)), "TOO_COSTLY"),
        ("rank(of: { figure: REQUESTS_RECEIVED_TOTAL, ratio: BACKLOG_RATE }) { rank }", "GRAPHQL_VALIDATION_FAILED"),
        ("rank(of: {}) { rank }", "GRAPHQL_VALIDATION_FAILED"),
        ("yearOnYear(of: { figure: NO_SUCH }) { change }", "GRAPHQL_VALIDATION_FAILED"),
        (f"rank(of: {RECEIVED}, peers: null) {{ rank }}", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_what_makes_no_sense_is_refused_before_anything_is_read(
    fields: str, code: str, engine: Engine, stocked: RecordingDatabase
) -> None:
    answer = await engine.execute(GraphQLRequest(f'{{ report(agency: "x", year: 1) {{ {fields} }} }}'))

    assert [error["extensions"]["code"] for error in answer.errors] == [code]  # type: ignore[index]
    assert stocked.sent == []
