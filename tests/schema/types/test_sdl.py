"""The committed SDL is what the forms give, and says in words what everything in it is."""

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    graphql_sync,
)

from loaders.forms import FORMS, cells_of
from schema.read import schema as built
from schema.types.sdl import SDL_FILE

SCHEMA = build_schema(SDL_FILE.read_text(encoding="utf-8"))


def test_the_committed_schema_is_what_the_forms_give() -> None:
    assert built.build_schema().sdl() == SDL_FILE.read_text(encoding="utf-8"), (
        "run `gongkai schema --write` and review the difference"
    )


def test_everything_in_the_schema_is_described() -> None:
    assert [name for name, description in described(SCHEMA) if not description] == []


def test_the_schema_says_what_it_is_in_both_languages_in_the_text_and_when_asked() -> None:
    told = graphql_sync(built.build_schema(FORMS).graphql, "{ __schema { description } }")
    assert told.data == {"__schema": {"description": SCHEMA.description}}
    description = SCHEMA.description or ""
    wanted = {"政府信息公开工作年度报告", "绝不作 0", "open government information", "never 0", "`unit`", "`cells`"}
    assert {words for words in wanted if words not in description} == set()


def described(schema: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    for type_ in schema.type_map.values():
        if type_.name.startswith("__") or type_.name in {"Int", "Float", "String", "Boolean", "ID"}:
            continue
        yield type_.name, type_.description
        if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)):
            for name, field in type_.fields.items():
                yield f"{type_.name}.{name}", field.description
                yield from ((f"{type_.name}.{name}({arg})", given.description) for arg, given in field.args.items())
        elif isinstance(type_, GraphQLInputObjectType):
            yield from ((f"{type_.name}.{name}", given.description) for name, given in type_.fields.items())
        elif isinstance(type_, GraphQLEnumType):
            yield from ((f"{type_.name}.{name}", value.description) for name, value in type_.values.items())


def test_every_cell_can_be_selected_under_its_chinese_label() -> None:
    for cell in cells_of(FORMS):
        words = ""
        type_ = SCHEMA.type_map["Report"]
        for step in cell.path.split("."):
            assert isinstance(type_, GraphQLObjectType)
            field = type_.fields[step]
            words += field.description or ""
            type_ = SCHEMA.type_map.get(str(field.type), type_)
        assert cell.row.label.zh in words, cell.path
        assert cell.column.label.zh in words, cell.path


def test_missing_figures_can_be_null() -> None:
    for type_ in SCHEMA.type_map.values():
        if isinstance(type_, GraphQLObjectType) and type_.name.startswith(("Requests", "ReviewAnd", "Proactive")):
            assert not [name for name, field in type_.fields.items() if str(field.type).endswith("!")]


def test_the_schema_is_built_once() -> None:
    assert built.build_schema(FORMS) is built.build_schema(FORMS)
