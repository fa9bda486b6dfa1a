"""The servers we are measured against: no GraphQL at all, and Strawberry as its documentation suggests it.

Both read the same documents through Motor. `create_rest` answers each query at an address of its own with the best
projection there is; `create_plain` turns whole documents into objects and lets Strawberry's own view answer.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
import strawberry
from motor.motor_asyncio import AsyncIOMotorClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from strawberry.asgi import GraphQL

from loaders.forms import FORMS
from loaders.forms.model import Form
from tests.bench.queries import FIGURES, SCALARS

Document = dict[str, Any]


def _collection() -> Any:
    client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(os.environ["MONGODB_URI"])
    return client[os.environ["GONGKAI_DATABASE"]]["reports"]


def create_rest() -> Starlette:
    """Starlette, Motor, a projection and orjson: what the same answer costs without GraphQL."""
    state: dict[str, Any] = {}

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        state["reports"] = _collection()
        yield

    def answer(value: object) -> Response:
        return Response(orjson.dumps({"data": value}), media_type="application/json")

    async def one(request: Request) -> Response:
        return answer(await state["reports"].find_one({"_id": request.query_params["id"]}, dict.fromkeys(SCALARS, 1)))

    async def page(request: Request) -> Response:
        found = state["reports"].find({"year": int(request.query_params["year"])}, dict.fromkeys(FIGURES, 1))
        return answer(await found.sort([("publishedOn", -1), ("_id", 1)]).limit(50).to_list(50))

    async def whole(request: Request) -> Response:
        projection = dict.fromkeys((*SCALARS, "sections", "passages", "statistics", *(form.id for form in FORMS)), 1)
        return answer(await state["reports"].find_one({"_id": request.query_params["id"]}, projection))

    async def tables(request: Request) -> Response:
        found = state["reports"].find({"year": int(request.query_params["year"])}, {"requests": 1})
        return answer(await found.sort([("year", 1), ("_id", 1)]).limit(100).to_list(100))

    routes = [
        Route(f"/{name}", handler)
        for name, handler in zip(("q1", "q2", "q3", "q4"), (one, page, whole, tables), strict=True)
    ]
    return Starlette(routes=routes, lifespan=lifespan)


def _object_type(name: str, fields: dict[str, Any]) -> type:
    return strawberry.type(type(name, (), {"__annotations__": fields, **dict.fromkeys(fields, None)}))


def _form_type(form: Form) -> tuple[type, dict[str, Any]]:
    """The types of a form, and the tree by which its documents become objects."""
    tree: dict[str, Any] = {}
    for cell in form.cells:
        node = tree
        *groups, leaf = cell.path.split(".")[1:]
        for group in groups:
            node = node.setdefault(group, {})
        node[leaf] = None

    def made(name: str, node: dict[str, Any]) -> tuple[type, dict[str, Any]]:
        children = {key: made(f"{name}{key[0].upper()}{key[1:]}", child) for key, child in node.items() if child}
        fields = {key: children[key][0] | None if child else float | None for key, child in node.items()}
        return (kind := _object_type(name, fields)), {"": kind, **{key: child for key, (_, child) in children.items()}}

    return made(f"Plain{form.id[0].upper()}{form.id[1:]}", tree)


def _as_object(makers: dict[str, Any], value: Document | None) -> Any:
    if value is None:
        return None
    known = {
        key: _as_object(makers[key], child) if key in makers else _number(child)
        for key, child in value.items()
        if key in makers[""].__annotations__
    }
    return makers[""](**known)


def _number(value: Any) -> float | None:
    return value.get("yuan") if isinstance(value, dict) else value


def _objects(kind: Any, rows: list[Document]) -> list[Any]:
    return [kind(**{name: row[name] for name in kind.__annotations__}) for row in rows]


@strawberry.type
class PlainAgency:
    """The agency of a report."""

    name: str | None
    level: str | None
    type: str | None


@strawberry.type
class PlainSection:
    """A section of a report."""

    id: str
    title: str
    level: int | None
    start: int
    end: int


@strawberry.type
class PlainPassage:
    """A passage of a report."""

    id: str
    text: str
    start: int
    end: int


@strawberry.type
class PlainStatistic:
    """A narrative figure of a report."""

    label: str | None
    value: float | None
    unit: str | None
    start: int
    end: int


def create_plain() -> Starlette:
    """Strawberry with its own view, whole documents copied into objects."""
    made = {form.id: _form_type(form) for form in FORMS[:3]}
    scalars = dict.fromkeys(
        ("id", "kind", "template", "title", "periodStart", "periodEnd", "publishedOn", "scope"), str | None
    )
    report_type = _object_type(
        "PlainReport",
        {
            **scalars,
            "year": int | None,
            "revision": int | None,
            "agency": PlainAgency | None,
            "sections": list[PlainSection],
            "passages": list[PlainPassage],
            "statistics": list[PlainStatistic],
            **{form_id: kind | None for form_id, (kind, _) in made.items()},
        },
    )

    def as_report(document: Document) -> Any:
        return report_type(
            **{name: document.get(name) for name in scalars if name != "id"},
            id=document["_id"],
            year=document["year"],
            revision=document["revision"],
            agency=_objects(PlainAgency, [document["agency"]])[0],
            sections=_objects(PlainSection, document["sections"]),
            passages=_objects(PlainPassage, document["passages"]),
            statistics=_objects(PlainStatistic, document["statistics"]),
            **{form_id: _as_object(makers, document.get(form_id)) for form_id, (_, makers) in made.items()},
        )

    state: dict[str, Any] = {}

    async def report(id: strawberry.ID) -> report_type | None:  # type: ignore[valid-type]  # noqa: A002
        document = await state["reports"].find_one({"_id": id})
        return as_report(document) if document else None

    async def reports(year: int, first: int) -> list[report_type]:  # type: ignore[valid-type]
        found = state["reports"].find({"year": year}).sort([("publishedOn", -1), ("_id", 1)]).limit(first)
        return [as_report(document) async for document in found]

    query = strawberry.type(
        type("Query", (), {"report": strawberry.field(resolver=report), "reports": strawberry.field(resolver=reports)})
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        state["reports"] = _collection()
        yield

    return Starlette(routes=[Mount("/graphql", GraphQL(strawberry.Schema(query)))], lifespan=lifespan)
