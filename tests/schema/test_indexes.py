"""Filters and sorts on the identity of reports are served by an index; the server itself says so."""

from typing import Any

import pytest
from pymongo import MongoClient

from api.settings import Settings
from loaders.document import Document
from schema.build import build_schema
from schema.cursor import CursorSeal
from schema.plan import Bounds, Wanted, plan_page
from schema.request import Limits
from schema.stages import Find, page_commands

BOUNDS = Bounds(Limits(), b"secret")
FILTERS: dict[str, dict[str, Any]] = {
    "agency": {"agency": {"name": {"eq": "x"}}},
    "names that begin alike": {"agency": {"name": {"startsWith": "x"}}},
    "year": {"year": {"gte": 2020}},
    "kind and year": {"kind": {"eq": "ANNUAL_REPORT"}, "year": {"eq": 2020}},
    "template": {"template": {"eq": "E3"}},
    "scope": {"scope": {"in": ["TOWNSHIP", "ZONE"]}},
    "level": {"agency": {"level": {"eq": "COUNTY"}}},
    "type": {"agency": {"type": {"eq": "GOVERNMENT"}}},
    "province": {"agency": {"region": {"province": {"eq": "x"}}}},
    "prefecture": {"agency": {"region": {"prefecture": {"eq": "x"}}}},
    "county": {"agency": {"region": {"county": {"eq": "x"}}}},
    "region subtree": {"agency": {"region": {"code": {"startsWith": "35"}}}},
    "division and all below it": {"agency": {"region": {"code": {"within": "350000"}}}},
    "title": {"title": {"eq": "x"}},
    "published": {"publishedOn": {"gte": "2020"}},
    "failed rule": {"failedRules": {"has": "R2"}},
    "file": {"source": {"sha256": {"eq": "x"}}},
}


def stages(plan: dict[str, Any]) -> set[str]:
    """The names of all stages of a plan."""
    inner = [plan[key] for key in ("inputStage", "queryPlan") if key in plan] + plan.get("inputStages", [])
    return {plan.get("stage", ""), *(name for stage in inner for name in stages(stage))}


def explained(settings: Settings, command: Find) -> set[str]:
    with MongoClient[Document](settings.mongodb_uri) as client:
        cursor = client[settings.database][command.collection].find(dict(command.where), dict(command.projection))
        if command.sort:
            cursor = cursor.sort(list(command.sort))
        return stages(cursor.limit(command.limit).explain()["queryPlanner"]["winningPlan"])


@pytest.mark.parametrize("where", FILTERS.values(), ids=FILTERS)
def test_a_filter_on_identity_uses_an_index(where: dict[str, Any], stocked_settings: Settings) -> None:
    plan = plan_page(build_schema().listings["reports"], {"where": where}, Wanted({"_id": 1}), BOUNDS)
    for command in page_commands(plan):
        assert isinstance(command, Find)
        assert "COLLSCAN" not in explained(stocked_settings, command)


@pytest.mark.parametrize("field", ["YEAR", "PUBLISHED_ON", "TITLE"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("page", [{"first": 5}, {"last": 5}])
def test_a_sort_by_a_fact_of_its_own_index_uses_it(
    field: str, direction: str, page: dict[str, int], stocked_settings: Settings
) -> None:
    listing = build_schema().listings["reports"]
    member = type("Member", (), {"value": field})()
    plan = plan_page(
        listing, {"orderBy": [{"field": member, "direction": direction}], **page}, Wanted({"_id": 1}), BOUNDS
    )
    for command in page_commands(plan):
        assert isinstance(command, Find)
        assert "COLLSCAN" not in explained(stocked_settings, command)


def test_cursors_of_equal_lists_are_equal() -> None:
    seals = [
        CursorSeal.of(b"s", "reports", {"year": 1, "kind": "x"}),
        CursorSeal.of(b"s", "reports", {"kind": "x", "year": 1}),
    ]

    assert seals[0].sealed([1, "r"]) == seals[1].sealed([1, "r"])
