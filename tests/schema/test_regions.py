"""Regions as nodes: one id wherever they are met, whole subtrees below them, and places that nobody knows."""

from typing import Any

import pytest

from loaders.document import Document
from loaders.store import reports as store
from loaders.store.database import Database
from loaders.store.derived_rows import SUMMARIES
from schema.engine import Engine, GraphQLRequest
from tests.documents import report_document
from tests.recording import RecordingDatabase

NAMES = ("province", "prefecture", "county", "township")
BOTH = pytest.mark.parametrize("compile_plans", [True, False])


async def asked(engine: Engine, query: str, **variables: Any) -> Any:
    answer = await engine.execute(GraphQLRequest(query, variables))
    assert answer.errors == []
    return answer.data


def placed(seed: int, code: str | None, *names: str | None, year: int = 2022) -> Document:
    """A report of an agency of its own in a place."""
    document = report_document(seed, year=year, agency=f"第{seed}局")
    region = {"code": code, **dict(zip(NAMES, (*names, *[None] * 4), strict=False))}
    return {**document, "agency": {**document["agency"], "region": region}}


async def stored(database: Database, *documents: Document) -> Database:
    await store.prepare(database)
    for document in documents:
        await store.store(database, document)
    return database


SUBTREES = """{ regions(first: 100) { nodes {
  id province prefecture county agencies(first: 100) { nodes { name } } reports(first: 100) { totalCount nodes { id } }
} } }"""


@BOTH
async def test_a_region_has_the_reports_and_agencies_of_its_whole_subtree(
    *, compile_plans: bool, stocked: RecordingDatabase, reports: list[Document]
) -> None:
    found = (await asked(Engine(stocked, compile_plans=compile_plans), SUBTREES))["regions"]["nodes"]

    assert len(found) == len({tuple(report["agency"]["region"][name] for name in NAMES) for report in reports}) + 5
    for region in found:
        known = [name for name in NAMES[:3] if region[name] is not None]
        inside = [
            report for report in reports if all(report["agency"]["region"][name] == region[name] for name in known)
        ]
        assert region["reports"]["totalCount"] == len(region["reports"]["nodes"]) == len(inside)
        assert {agency["name"] for agency in region["agencies"]["nodes"]} == {
            report["agency"]["name"] for report in inside
        }


@BOTH
async def test_the_region_of_a_report_is_the_region_of_the_list(
    *, compile_plans: bool, stocked: RecordingDatabase
) -> None:
    engine = Engine(stocked, compile_plans=compile_plans)
    of_report = await asked(engine, "{ reports(first: 1) { nodes { agency { region { id name level } } } } }")
    region = of_report["reports"]["nodes"][0]["agency"]["region"]

    found = await asked(
        engine,
        """query($id: ID!, $name: String!) {
          node(id: $id) { id ... on Region { name level parent { name children(first: 1) { totalCount } } } }
          nodes(ids: [$id]) { id ... on Region { reports { totalCount } } }
          region(id: $id) { name level parent { name children(first: 1) { totalCount } } }
          regions(where: { name: { eq: $name } }) { nodes { id name level } }
        }""",
        id=region["id"],
        name=region["name"],
    )

    assert found["regions"]["nodes"] == [region]
    assert found["node"] == {"id": region["id"], **found["region"]}
    assert {key: found["region"][key] for key in ("name", "level")} == {"name": region["name"], "level": "COUNTY"}
    assert found["nodes"][0]["reports"]["totalCount"] > 0


async def test_parents_are_read_once_and_equal_regions_share_their_pages(stocked: RecordingDatabase) -> None:
    query = "{ reports(first: 40) { nodes { agency { region { id parent { id } reports { totalCount } } } } } }"

    found = (await asked(Engine(stocked), query))["reports"]["nodes"]

    assert len(stocked.sent) == 1 + 1 + len({report["agency"]["region"]["id"] for report in found})


UNKNOWN = """{ reports(first: 1) { nodes { agency { region {
  id name level code parent { id } children { totalCount nodes { id } } agencies { totalCount } reports { totalCount }
} } } } }"""


@BOTH
async def test_of_an_unknown_region_nothing_is_said_but_that(*, compile_plans: bool, database: Database) -> None:
    engine = Engine(await stored(database, placed(1, None)), compile_plans=compile_plans)

    region = (await asked(engine, UNKNOWN))["reports"]["nodes"][0]["agency"]["region"]
    again = await asked(
        engine,
        """query($id: ID!) {
          node(id: $id) { id ... on Region { name reports { totalCount } } }
          region(id: $id) { id }
          regions { totalCount }
        }""",
        id=region["id"],
    )

    nothing = {"totalCount": 0}
    assert region == {
        "id": region["id"], "name": None, "level": None, "code": None, "parent": None,
        "children": {**nothing, "nodes": []}, "agencies": nothing, "reports": nothing,
    }  # fmt: skip
    assert again["node"] == {"id": region["id"], "name": None, "reports": nothing}
    assert again["region"] == {"id": region["id"]}
    assert again["regions"] == nothing


@BOTH
async def test_a_place_without_a_province_is_not_one_of_the_same_name_elsewhere(
    *, compile_plans: bool, database: Database
) -> None:
    documents = [placed(1, None, None, None, "白石县"), placed(2, None, "霁南省", None, "白石县")]
    documents.append(placed(3, None, "霁南省", "青禾市", "白石县", "南溪镇"))
    engine = Engine(await stored(database, *documents), compile_plans=compile_plans)
    query = """{ regions(where: { name: { eq: "白石县" } }) {
      nodes { province prefecture parent { name } children { nodes { name } } reports { nodes { agency { name } } } }
    } }"""

    found = (await asked(engine, query))["regions"]["nodes"]

    assert sorted(
        (
            region["province"] or "",
            (region["parent"] or {}).get("name"),
            [child["name"] for child in region["children"]["nodes"]],
            [report["agency"]["name"] for report in region["reports"]["nodes"]],
        )
        for region in found
    ) == [
        ("", None, [], ["第1局"]),
        ("霁南省", "霁南省", [], ["第2局"]),
        ("霁南省", "青禾市", ["南溪镇"], ["第3局"]),
    ]


async def test_a_code_that_two_names_had_is_the_name_of_the_newest_report(database: Database) -> None:
    renamed = [placed(1, "990601", "霁南省", "旧城市", "东区", year=2015)]
    renamed.append(placed(2, "990601", "霁南省", "新城市", "东区", "南溪镇", year=2021))
    engine = Engine(await stored(database, *renamed))

    found = await asked(
        engine, '{ city: region(code: "990600") { name } district: region(code: "990601") { name level } }'
    )

    assert found == {"city": {"name": "新城市"}, "district": {"name": "东区", "level": "COUNTY"}}


async def test_a_township_is_within_the_code_of_its_county(database: Database) -> None:
    engine = Engine(await stored(database, placed(1, "990601", "霁南省", "新城市", "东区", "南溪镇")))

    found = await asked(engine, '{ regions(where: { code: { within: "990000" } }) { nodes { name code } } }')

    assert [tuple(region.values()) for region in found["regions"]["nodes"]] == [
        ("霁南省", "990000"),
        ("新城市", "990600"),
        ("东区", "990601"),
        ("南溪镇", "990601"),
    ]


PROVINCE = """query($name: String!) {
  reports(where: { agency: { region: { province: { eq: $name } } } }) { nodes { id } }
}"""


@BOTH
async def test_a_short_name_is_hinted_in_full_however_long_that_is(*, compile_plans: bool, database: Database) -> None:
    engine = Engine(await stored(database, placed(1, None, "云霁山水民族自治区")), compile_plans=compile_plans)

    answer = await engine.execute(GraphQLRequest(PROVINCE, {"name": "云霁"}))

    assert answer.extensions["hints"] == [{"path": ["reports"], "hint": "Did you mean 云霁山水民族自治区?"}]


async def test_nothing_is_hinted_where_a_list_merely_ends(stocked: RecordingDatabase) -> None:
    engine = Engine(stocked)
    where = {"agency": {"region": {"province": {"in": ["云岭", "云岭省"]}}}}
    query = "query($where: ReportWhere, $after: String) { reports(where: $where, after: $after, first: 100) {%s} }"
    first: Any = await engine.execute(GraphQLRequest(query % "pageInfo { endCursor }", {"where": where}))
    after = first.data["reports"]["pageInfo"]["endCursor"]

    beyond: Any = await engine.execute(GraphQLRequest(query % "nodes { id }", {"where": where, "after": after}))

    assert beyond.data["reports"]["nodes"] == []
    assert "hints" not in beyond.extensions
    assert {command.get("find") for command in stocked.sent} == {SUMMARIES}
