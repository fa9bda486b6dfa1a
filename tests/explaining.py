"""What the server says about how it would run a command: by which index, between which bounds, sorting or not."""

from collections.abc import Iterator, Mapping
from typing import Any

from pymongo import MongoClient

from api.settings import Settings

Stage = dict[str, Any]
EVERYTHING = {"[MinKey, MaxKey]", "[MaxKey, MinKey]"}
_INNER = ("inputStage", "queryPlan", "queryPlanner", "winningPlan", "$cursor")
_SEVERAL = ("inputStages", "stages")


def explained(settings: Settings, command: Mapping[str, Any]) -> list[Stage]:
    """Every stage of the plan that wins for a command as MongoDB takes it."""
    with MongoClient[dict[str, Any]](settings.mongodb_uri) as client:
        answer = client[settings.database].command("explain", dict(command), verbosity="queryPlanner")
    return list(_stages(answer))


def names(stages: list[Stage]) -> set[str]:
    """The names of stages."""
    return {stage["stage"] for stage in stages}


def bounded(stages: list[Stage]) -> set[str]:
    """The paths of which an index is asked for a part only."""
    return {
        path
        for stage in stages
        for path, bounds in stage.get("indexBounds", {}).items()
        if not EVERYTHING.issuperset(bounds)
    }


def _stages(plan: Stage) -> Iterator[Stage]:
    if "stage" in plan:
        yield plan
    for inner in [plan[key] for key in _INNER if key in plan] + [one for key in _SEVERAL for one in plan.get(key, ())]:
        yield from _stages(inner)
