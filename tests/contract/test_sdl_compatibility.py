"""A client written against the last release still works: nothing it may use is gone, unless that was announced in time.

What may go is deprecated first, with the day from which it may be missing in its reason.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    REMOVE,
    DirectiveNode,
    DocumentNode,
    Node,
    StringValueNode,
    Visitor,
    build_ast_schema,
    find_breaking_changes,
    parse,
    visit,
)

from schema.types.sdl import RELEASED_FILE, SDL_FILE

ROOT = Path(__file__).parents[2]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TODAY = date(2027, 3, 1)


def reasons(node: Node) -> Iterator[str]:
    """Why what stands here is deprecated, empty where no reason is given; nothing where it is not."""
    directives: tuple[DirectiveNode, ...] | None = getattr(node, "directives", None)
    for directive in directives or ():
        if directive.name.value == "deprecated":
            values = [argument.value for argument in directive.arguments or ()]
            yield "".join(value.value for value in values if isinstance(value, StringValueNode))


class Deprecated(Visitor):
    """Notes the reason of every deprecation, and leaves out what may be missing by a day."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.reasons: list[str] = []

    def enter(self, node: Node, *_: Any) -> Any:
        """Leave out what was announced for this day or an earlier one."""
        for reason in reasons(node):
            self.reasons.append(reason)
            day = DAY.search(reason)
            if day and date.fromisoformat(day[0]) <= self.today:
                return REMOVE
        return None


def breaking(older: str, newer: str, *, today: date) -> list[str]:
    """What breaks clients of the older schema and was not announced, or not for so early a day."""
    if not older:
        return []
    kept: DocumentNode = visit(parse(older), Deprecated(today))
    changes = find_breaking_changes(build_ast_schema(kept), build_ast_schema(parse(newer)))
    return [f"{change.type.name}: {change.description}" for change in changes]


def promised(released: str) -> str:
    """The schema that a file of a release promises; one of nothing but comments promises none."""
    return "" if all(line.startswith("#") for line in released.splitlines()) else released


def test_no_client_of_the_last_release_is_broken() -> None:
    released = promised(RELEASED_FILE.read_text(encoding="utf-8"))

    current = SDL_FILE.read_text(encoding="utf-8")
    assert breaking(released, current, today=date.today()) == []  # noqa: DTZ011 - a day will do


def test_the_schema_of_every_release_from_0_2_0_on_is_kept() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    released = promised(RELEASED_FILE.read_text(encoding="utf-8"))

    assert bool(released) == (tuple(map(int, version.split("."))) >= (0, 2, 0))


def test_every_deprecation_names_the_day_from_which_it_may_be_missing() -> None:
    noted = Deprecated(date.min)
    visit(parse(SDL_FILE.read_text(encoding="utf-8")), noted)

    assert [reason for reason in noted.reasons if not DAY.search(reason)] == []


OLDER = "type Query { kept(by: Int MARK): Int gone: Int MARK kind: Kind } enum Kind { ONE TWO MARK }"
NEWER = "type Query { kept: Int kind: Kind } enum Kind { ONE }"
GONE = ["ARG_REMOVED", "FIELD_REMOVED", "VALUE_REMOVED_FROM_ENUM"]


def kinds(changes: list[str]) -> list[str]:
    return sorted(change.partition(":")[0] for change in changes)


@pytest.mark.parametrize(
    ("mark", "left"),
    [
        pytest.param("", GONE, id="not deprecated"),
        pytest.param("@deprecated", GONE, id="no reason"),
        pytest.param('@deprecated(reason: "use kept; may be missing from 2027-06-01")', GONE, id="too early"),
        pytest.param('@deprecated(reason: "use kept; may be missing from 2027-03-01")', [], id="announced"),
    ],
)
def test_a_removal_must_have_been_announced_for_that_day(mark: str, left: list[str]) -> None:
    assert kinds(breaking(OLDER.replace("MARK", mark), NEWER, today=TODAY)) == left


def test_an_addition_breaks_nobody() -> None:
    assert breaking(NEWER, OLDER.replace("MARK", ""), today=TODAY) == []


def test_a_changed_type_breaks_clients() -> None:
    assert kinds(breaking(NEWER, NEWER.replace("kept: Int", "kept: [Int]"), today=TODAY)) == ["FIELD_CHANGED_KIND"]
