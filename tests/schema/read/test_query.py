"""A field of Query is one declaration: its name, type, words, arguments, and what answers it."""

from typing import Any

import pytest
from strawberry.types.field import StrawberryField

from loaders.store.collections import REPORTS
from schema.engine import Engine, GraphQLRequest
from schema.fields.resolvers import Located
from schema.fields.selection import Selected
from schema.fields.source import argument, query_field
from schema.plan.pages import Wanted
from schema.read.context import ReadContext
from schema.read.joins import complete, wanted_of_document
from schema.read.query import QUERY_FIELDS
from schema.read.schema import build_schema
from schema.types.build import Types
from tests.recording import RecordingDatabase

WORDS = "The first report by title of a year."


def toy_field(types: Types) -> StrawberryField:
    async def answer(context: ReadContext, selected: Selected, arguments: Any, wanted: Wanted) -> Located | None:
        where = {"year": arguments["year"]}
        found = await context.reader.documents(REPORTS, where, wanted.projection, sort=[("title", 1)], limit=1)
        if not found:
            return None
        await complete(context, selected.fields(), [(found[0], found[0])])
        return Located(found[0], found[0])

    return query_field(
        WORDS,
        answer,
        name="firstByTitle",
        type_=types.report | None,
        wanted=wanted_of_document,
        arguments=(argument("year", int, "The year."),),
    )


QUERY = """
query($year: Int!) {
  it: firstByTitle(year: $year) { title year agency { years } }
  none: firstByTitle(year: 1) { year }
}
"""
WITH_TOY = (*QUERY_FIELDS, toy_field)


def test_a_declaration_is_in_the_schema_and_changes_nothing_else() -> None:
    before, after = build_schema().sdl(), build_schema(query_fields=WITH_TOY).sdl()

    added = [line.strip() for line in after.splitlines() if line not in before.splitlines()]
    assert f'"""{WORDS}"""' in added
    assert "firstByTitle(" in added
    assert len(after) - len(before) < 200


@pytest.mark.parametrize("compile_plans", [True, False])
async def test_a_declaration_is_answered_both_ways(*, compile_plans: bool, stocked: RecordingDatabase) -> None:
    engine = Engine(stocked, query_fields=WITH_TOY, compile_plans=compile_plans)
    answer = await engine.execute(GraphQLRequest(QUERY, {"year": 2021}))

    assert answer.errors == []
    data: Any = answer.data
    titles = sorted(
        report["title"]
        for report in await stocked.find(
            REPORTS, {"year": 2021}, projection={"title": 1}, sort=(), limit=0, deadline_ms=9_000
        )
    )
    assert data["it"]["title"] == titles[0]
    assert 2021 in data["it"]["agency"]["years"]
    assert data["none"] is None
